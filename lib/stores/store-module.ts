import type { FlowId } from "../core/ids.ts";
import type { Records } from "../core/ports.ts";
import type { LoginRecord } from "../core/record.ts";
import type { SessionData } from "../core/session-data.ts";
import type { StoreName } from "../core/settings.ts";
import type { Clock, Duration, Instant } from "../core/time.ts";
import type { Lab } from "../lab/lab.ts";
import type { PlaceView, StoreView } from "../lab/store-view.ts";
import type { Database } from "./prisma/database.ts";

/** A store as the registry lists it: what a page says of it, and how a process opens it. */
export type StoreModule = StoreView & {
  /** The store that really keeps the records; this one remembers them. They are counted and listed there. */
  readonly over?: StoreName;
  /** Opened once a process. A sentence's end, as in "it needs …", where something is not configured. */
  open(process: StoreProcess): Promise<OpenStore | { readonly needs: string }>;
};

/** What the process offers to its stores. */
export type StoreProcess = {
  readonly client: Database["client"];
  readonly redisUrl: string | undefined;
  /** Where files are kept. It is made with the first one. */
  readonly folder: string;
  readonly systemClock: Clock;
};

/** The lab of some records. The salt is new with each reset, so records from before a reset are not found after it. */
export type StoreLab = Pick<Lab, "id" | "salt" | "clockOffset">;

export type OpenStore = {
  /** The store as one more node of the application has it. */
  node(): StoreNode;
  /** Where this record stands. Absent where another store keeps it. */
  place?(lab: StoreLab, flow: FlowId, record: Pick<LoginRecord, "id" | "key">): Promise<PlaceView>;
  /** Deletes everything of these flows of a lab. Absent where the database does so with the lab. */
  remove?(lab: StoreLab, flows: readonly FlowId[]): Promise<void>;
  /**
   * Deletes records past their end in all labs, and the labs that are gone; answers how many records. Absent: each lab
   * is swept by its records.
   */
  sweep?(find: (labId: string) => Promise<LabNow | null>): Promise<number>;
  /** Whether a server behind it answers. Absent where there is none. */
  isUp?(): Promise<boolean>;
  close?(): void;
};

/** A lab, and the time on its clock. */
export type LabNow = { readonly lab: StoreLab; readonly now: Instant };

export type StoreNode = {
  /** The records of one flow in one lab. `staleFor`: so old may an answer be, where a store remembers. */
  records(lab: StoreLab, flow: FlowId, staleFor: Duration): Records;
  /** What is kept with those records. */
  data(lab: StoreLab, flow: FlowId): SessionData;
  /** The records of the store below, whose changes this one has to learn of. Absent where there is none below. */
  hearing?(below: Records, lab: StoreLab, flow: FlowId): Records;
  /** Deletes what only this node holds of a lab, as a restart would. Absent in a store that holds nothing in memory. */
  forget?(labId: string): void;
};
