import type { FlowId } from "../core/ids.ts";
import type { Records } from "../core/ports.ts";
import type { LoginRecord } from "../core/record.ts";
import type { SessionData } from "../core/session-data.ts";
import type { StoreName } from "../core/settings.ts";
import type { Clock, Instant } from "../core/time.ts";
import type { Lab } from "../lab/lab.ts";
import type { PlaceView, StoreView } from "../lab/store-view.ts";
import type { Database } from "./prisma/database.ts";

/** A store in the registry: its description for pages, and how a process opens it. */
export type StoreModule = StoreView & {
  /** For a store with a read cache in front: the one behind it, where records are counted and listed. */
  readonly over?: StoreName;
  /** Opens the store, once a process. `needs`: the end of "it needs …", if something is not configured. */
  open(process: StoreProcess): Promise<OpenStore | { readonly needs: string }>;
};

/** The parts of the process that stores use. */
export type StoreProcess = {
  readonly client: Database["client"];
  /** Rows by SQL, in the way that this process reads them. */
  readonly read?: Database["read"];
  readonly redisUrl: string | undefined;
  /** The folder of files. It is created with the first file. */
  readonly folder: string;
  readonly systemClock: Clock;
  /** Called with a sentence on what a store has lost. */
  report(sentence: string): void;
};

/** The lab of some records. The salt is new with each reset, so records from before a reset are not found after it. */
export type StoreLab = Pick<Lab, "id" | "salt">;

export type OpenStore = {
  /** The store as seen by a second node of the application. */
  node(): StoreNode;
  /** Where this record is kept. Absent if another store keeps it. */
  place?(lab: StoreLab, flow: FlowId, record: Pick<LoginRecord, "id" | "key">): Promise<PlaceView>;
  /** The names of files that could not be read and were set aside, for pages. Absent if the store has no files. */
  setAside?(lab: StoreLab, flow: FlowId): Promise<readonly string[]>;
  /** Deletes all records of these flows of a lab. Absent if the database does so with the lab. */
  remove?(lab: StoreLab, flows: readonly FlowId[]): Promise<void>;
  /**
   * Deletes records past their absolute end in all labs, and what it holds of labs that are gone. Answers how many
   * records. Absent if another store keeps them.
   */
  sweep?(all: AllLabs): Promise<number>;
  /** Whether the server behind it answers. Absent without a server. */
  isUp?(): Promise<boolean>;
  close?(): void;
};

/** Every lab, for a clean-up: a store asks for those of which it holds something. */
export type AllLabs = {
  /** System clock. */
  readonly now: Instant;
  /** The flows, and the other scopes of records. */
  readonly places: readonly FlowId[];
  find(labId: string): Promise<LabNow | null>;
  /** The labs that accept a variant whose records are in this store. */
  keptIn(store: StoreName): Promise<readonly LabNow[]>;
};

/** A lab, and the time on its clock. */
export type LabNow = { readonly lab: StoreLab; readonly now: Instant };

export type StoreNode = {
  /** The records of one flow in one lab. */
  records(lab: StoreLab, flow: FlowId): Records;
  /** The session data of those records. */
  data(lab: StoreLab, flow: FlowId): SessionData;
  /** Deletes what only this node holds of a lab, as a restart would. Absent in a store that holds nothing in memory. */
  forget?(labId: string): void;
  /** How much that is. */
  remembers?(): number;
};
