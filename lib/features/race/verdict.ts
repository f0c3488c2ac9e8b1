import type { Claim, Until } from "../../core/claim.ts";
import type { RefusalCode } from "../../core/refusal.ts";
import { second } from "../../core/time.ts";
import type { Variant } from "../../core/variant.ts";
import { lifetimesOf } from "../../lab/lifetimes.ts";
import type { RaceVerdict } from "./model.ts";

/** What was seen of one copy, in seconds after its lane's plug was answered. */
export type Seen = {
  /** The login was asked for and answered then, both before the plug: below zero. */
  readonly login: readonly [asked: number, answered: number];
  /** When the last look after the plug began that let it in. */
  readonly acceptedAfter: number | null;
  /** When the look was answered that refused it. */
  readonly refusedAfter: number | null;
  readonly code: RefusalCode | null;
  /** At the last look that let it in. */
  readonly authority: "current" | "stale";
};

/** A token's `exp` is a whole second, so it may end that much before its lifetime does (RFC 7519 §2). */
const rounding = 1;

/**
 * What these looks come to, and whether it is what was claimed: `expected` of the whole script, `unpulled` of the same
 * script without its plug. What was refused before the plug did not need it, and only the second claim can say so.
 */
export function judge(
  seen: Seen,
  variant: Variant,
  expected: Claim | null,
  unpulled: Claim | null,
): Omit<RaceVerdict, "lane" | "credential"> {
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

/** The lifetime that ends between the last look that let it in and the one that did not; of two, the claimed one. */
function endOf({ login, acceptedAfter, refusedAfter }: Seen, variant: Variant, expected: Claim | null): Until | null {
  if (refusedAfter === null) return "never";
  const [asked, answered] = login;
  const ends: readonly End[] = lifetimesOf(variant).map(([name, length]) => {
    return { name, from: asked + length / second - rounding, to: answered + length / second };
  });
  const { staleFor } = variant.settings;
  const stale: readonly End[] = staleFor === undefined ? [] : [{ name: "staleFor", from: 0, to: staleFor / second }];
  const possible = [...stale, ...ends].filter(({ from, to }) => from <= refusedAfter && (acceptedAfter ?? 0) <= to);
  return (possible.find(({ name }) => name === expected?.until) ?? possible[0])?.name ?? null;
}

/** Between which seconds after the plug a lifetime is over. */
type End = { readonly name: Until; readonly from: number; readonly to: number };
