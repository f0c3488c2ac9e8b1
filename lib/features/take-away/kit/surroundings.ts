import { systemClock } from "../../../adapters/system-clock.ts";
import type { FlowId } from "../../../core/ids.ts";
import type { AuthEvent, EventLog, Records } from "../../../core/ports.ts";
import type { SessionData } from "../../../core/session-data.ts";
import type { Clock } from "../../../core/time.ts";
import type { FlowManifest, Variant } from "../../../core/variant.ts";

/** What this program is told when it starts. */
export type Surroundings = {
  /** Scheme, host and port under which people reach this server. */
  readonly origin: string;
  /** At least 32 random characters: every key is derived from it. */
  readonly secret: string;
  /** A SQLite file, such as file:./data/logins.db. */
  readonly databaseUrl: string;
  readonly redisUrl: string;
};

/** What the ports of one variant are made from. */
export type Base = Surroundings & {
  /** Stands where Loginscope has the name of a lab. It is part of every credential. */
  readonly labId: string;
  readonly flow: FlowId;
  readonly variant: Variant;
  /** In front of what the server gives out: whose it is, and what made it. */
  readonly address: string;
  readonly clock: Clock;
};

export function baseOf(surroundings: Surroundings, { id: flow, variants }: FlowManifest, wanted: string): Base {
  const variant = variants.find(({ id }) => id === wanted);
  if (!variant) throw new Error(`The manifest has no ${wanted}`);
  const labId = "main";
  return { ...surroundings, labId, flow, variant, address: `${labId}.${wanted.split("/")[1]}`, clock: systemClock };
}

/** The records of logins and what is kept with them, and how the store behind both is closed. */
export type Kept = { readonly records: Records; readonly data: SessionData; close(): Promise<void> };

/** Events go to the console, a line of JSON each. */
export const consoleLog: EventLog = { record: (event: AuthEvent) => console.log(JSON.stringify(event)) };
