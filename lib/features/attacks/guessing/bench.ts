import type { Duration } from "../../../core/time.ts";
import type {
  PasswordCounter,
  PasswordCounters,
  PasswordLimits,
} from "../../../http/password-attempts/password-limits.ts";
import type { Transport } from "../../../lab/device.ts";

/** Verifies passwords. In a play it counts its hashes and does not pay for them. */
export type Hasher = {
  hash(password: string): Promise<string>;
  /** `null`: nobody has that name. */
  verify(hash: string | null, password: string): Promise<boolean>;
  renew(hash: string, password: string): Promise<string | null>;
};

/** What stands between a guess and a login: in a play the right one, or one with a mistake. */
export type Guard = { readonly limits: PasswordLimits; readonly hasher: Hasher };

/** A wrapper around the right guard, which leaves something out. `counters`: those that the right limits go by. */
export type Mistake = (right: Guard, counters: PasswordCounters) => Guard;

/** A lab of its own behind the real edge, with counters, a clock of these counters, and a hasher of its own. */
export type GuessingLab = {
  /** Sends a request as if it came from this address: the lab says so, and nothing that a client sends. */
  from(address: string): Transport;
  readonly origin: string;
  readonly labCookie: readonly [string, string];
  readonly passwords: Readonly<Record<string, string>>;
  /** So many passwords were hashed. */
  hashes(): number;
  /** The counter that decided about the last attempt; `null`: all let it pass. */
  decided(): PasswordCounter | null;
  /** Moves the clock of the counters. */
  pass(by: Duration): void;
  close(): Promise<void>;
};

export type GuessingBench = {
  /** `counted`: hashes are counted, and cost next to nothing. `paid`: they are the application's own. */
  open(hashing: "counted" | "paid", mistake: Mistake | null): Promise<GuessingLab>;
};
