import { type Claim, lengthOf, type Until } from "../../core/claim.ts";
import type { RefusalCode } from "../../core/refusal.ts";
import { second } from "../../core/time.ts";
import type { Variant } from "../../core/variant.ts";
import { lifetimesOf } from "../../lab/lifetimes.ts";
import type { RaceVerdict } from "./model.ts";

/** The observations of one copy, in seconds after the answer to its lane's plug. */
export type Seen = {
  /** When the login was sent and answered, both before the plug, so below zero. */
  readonly login: readonly [asked: number, answered: number];
  /** The start of the last check after the plug that it passed. */
  readonly acceptedAfter: number | null;
  /** The end of the check that refused it. */
  readonly refusedAfter: number | null;
  readonly code: RefusalCode | null;
  /** At the last check that it passed. */
  readonly authority: "current" | "stale";
};

/** A token's `exp` is a whole second, so it may end that much before its lifetime does (RFC 7519 §2). */
const rounding = 1;

/**
 * The verdict of these checks, and whether it is as claimed: `expected` is the claim on the whole script, `unpulled`
 * that on the same script without its plug. A copy that was refused before the plug is judged by the second.
 */
export function judge(
  seen: Seen,
  variant: Variant,
  expected: Claim | null,
  unpulled: Claim | null,
): Omit<RaceVerdict, "lane" | "credential" | "reason"> {
  const { acceptedAfter, refusedAfter, code } = seen;
  const observed = { code, acceptedAfter, refusedAfter };
  if (acceptedAfter === null && code !== null) {
    const claims = refusedAfter === null ? [expected, unpulled] : [expected];
    const holds = claims.every((claim) => claim?.outcome === code && claim.until === "at-once");
    return { ...observed, outcome: code, until: "at-once", authority: null, holds };
  }
  const until = endOf(seen, variant, expected);
  const { authority } = seen;
  const holds = expected?.outcome === "exposed" && expected.until === until && expected.authority === authority;
  return { ...observed, outcome: "exposed", until, authority, holds };
}

/**
 * The lifetime that ends between the last check that it passed and the one that refused it; of two, the claimed one.
 */
function endOf({ login, acceptedAfter, refusedAfter }: Seen, variant: Variant, expected: Claim | null): Until | null {
  if (refusedAfter === null) return "never";
  const [asked, answered] = login;
  const ends: readonly End[] = lifetimesOf(variant).map(([name, length]) => {
    return { name, from: asked + length / second - rounding, to: answered + length / second };
  });
  const { settings } = variant;
  const isCached = settings.staleFor !== undefined || expected?.until === "staleFor";
  const staleFor = lengthOf("staleFor", settings) ?? 0;
  const stale: readonly End[] = isCached ? [{ name: "staleFor", from: 0, to: staleFor / second }] : [];
  const possible = [...stale, ...ends].filter(({ from, to }) => from <= refusedAfter && (acceptedAfter ?? 0) <= to);
  return (possible.find(({ name }) => name === expected?.until) ?? possible[0])?.name ?? null;
}

/** The seconds after the plug between which a lifetime ends. */
type End = { readonly name: Until; readonly from: number; readonly to: number };
