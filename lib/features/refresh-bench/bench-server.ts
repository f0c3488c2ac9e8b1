import type { FlowDeps } from "../../core/ports.ts";
import type { EndReason, RefreshFamily, RefreshToken } from "../../core/record.ts";
import type { Clock, Instant } from "../../core/time.ts";
import type { UserId } from "../../core/user.ts";
import type { Variant } from "../../core/variant.ts";
import type { Transport } from "../../lab/device.ts";
import type { Person } from "../../lab/lab.ts";

/** What a server's store holds of refresh tokens: families by id, tokens by hash. */
export type FamilyTables = {
  readonly families: Map<string, RefreshFamily>;
  readonly tokens: Map<string, RefreshToken>;
};

/**
 * Makes the ports of a variant for one run of the bench. The adapters are the real ones. The store keeps its records in
 * `tables`. `lib/server/wire-refresh-bench.ts` implements it.
 */
export type WireBench = (place: {
  readonly variant: Variant;
  readonly issuer: string;
  readonly clock: Clock;
  /** A person's password stands where otherwise its hash does. */
  readonly people: ReadonlyMap<UserId, Person>;
  readonly tables: FamilyTables;
}) => FlowDeps;

/**
 * One call of a server to its store: it waits for its turn, then happens at once. `token`: the hash of the one that the
 * call is about. `found`: what came of it, in a word or two.
 */
export type Gate = <T>(
  call: string,
  token: string | null,
  act: () => T | Promise<T>,
  found: (value: T) => string,
) => Promise<T>;

/** A server under test, as the bench needs it: reached by requests, ended and begun anew, and looked at from outside. */
export type BenchServer = {
  readonly transport: Transport;
  readonly origin: string;
  /** Below it are `login`, `refresh`, `logout` and `revoke`. */
  readonly api: string;
  /** The cookie that holds the refresh token. */
  readonly cookieName: string;
  readonly credentials: { readonly username: string; readonly password: string };
  /** The process ends, and another begins; `emptied`: its store with it. */
  restart(how: { readonly emptied: boolean }): void;
  /** What the server would store instead of this token. */
  hash(token: string): string;
  held(): BenchHoldings;
};

export type BenchHoldings = {
  readonly tokens: readonly {
    readonly hash: string;
    readonly generation: number;
    readonly parent: string | null;
    readonly usedAt: Instant | null;
  }[];
  readonly ended: { readonly reason: EndReason; readonly at: Instant } | null;
};

export type OpenBenchServer = (around: { readonly clock: Clock; readonly gate: Gate }) => BenchServer;
