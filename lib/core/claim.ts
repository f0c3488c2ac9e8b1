import type { RefusalCode } from "./refusal.ts";
import type { VariantSettings } from "./settings.ts";
import type { Duration, LifetimeName } from "./time.ts";

/**
 * Who holds the copy. A *silent* thief captures it, waits, and looks once. An *active* one uses it from the moment it
 * was captured, and takes whatever the answers give: a cookie that was reissued, a token's successor.
 */
export type Thief = "silent" | "active";

/**
 * Until when an exposed copy gets in: the lifetime that ends it, or `never`. `staleFor` is the time for which one
 * process may still accept what another one has ended. What is refused is refused `at-once`.
 */
export type Until = "at-once" | LifetimeName | "staleFor" | "never";

/** How long after a login that is; `null`: no end. */
export function lengthOf(until: Until, settings: Pick<VariantSettings, "lifetimes" | "staleFor">): Duration | null {
  if (until === "never") return null;
  if (until === "at-once") return 0;
  return until === "staleFor" ? (settings.staleFor ?? 0) : settings.lifetimes[until];
}

/**
 * What a variant says an experiment will show for one credential: the outcome of replaying a captured
 * copy, until when an exposed copy gets in, and with whose authority.
 */
export type Claim = {
  readonly credential: "access" | "refresh";
  /** Whose reading this is. Absent: it is the same for both. */
  readonly thief?: Thief;
  readonly outcome: RefusalCode | "exposed";
  readonly until: Until;
  /** Only when exposed: does it act with today's role, with the one it was issued with, or with one that its sender made up? */
  readonly authority?: "current" | "stale" | "forged";
};

/** A variant's claims by experiment id. A test demands one for each experiment, and that each comes true. */
export type Claims = Readonly<Record<string, readonly Claim[]>>;

/** Nobody with a copy gets in any more, and this is the reason they are told. */
export function refused(credential: Claim["credential"], outcome: RefusalCode): readonly [Claim] {
  return [{ credential, outcome, until: "at-once" }];
}

/** A copy gets in, left alone and kept in use until different ends where `until` names two. */
export function exposed(
  credential: Claim["credential"],
  until: Exclude<Until, "at-once"> | Readonly<Record<Thief, Exclude<Until, "at-once">>>,
  authority: NonNullable<Claim["authority"]> = "current",
): readonly Claim[] {
  const claim = { credential, outcome: "exposed", authority } as const;
  if (typeof until === "string") return [{ ...claim, until }];
  return thieves.map((thief) => ({ ...claim, thief, until: until[thief] }));
}

/** The same claims, said of one thief only. */
export function only(thief: Thief, claims: readonly Claim[]): readonly Claim[] {
  return claims.map((claim) => ({ ...claim, thief }));
}

export const thieves = ["silent", "active"] as const satisfies readonly Thief[];
