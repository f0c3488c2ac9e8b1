import { holdingOf } from "../../core/credential.ts";
import type { Variant } from "../../core/variant.ts";
import { type Judging, type JudgingSettings, judgingOf } from "./judging.ts";

/** `the person’s version`: what is looked up besides a record. */
const besidesNames = {
  version: "the person’s version",
  denylist: "the denylist",
  person: "the person it names",
} as const satisfies Record<NonNullable<Judging["besides"]>, string>;

/**
 * A variant in one sentence: what it believes, and what it looks up. Derived from its settings, so a new variant has
 * one, and it is as true as they are.
 */
export function beliefOf({ settings, holds }: Pick<Variant, "settings" | "holds">): string {
  const judging = judgingOf(settings, "access");
  if (judging.carries === "id") return `${ofId(judging, settings)}.`;
  const believed = judging.carries === "state" ? "cookie" : "signature";
  const asked = judging.record ? aRecord(judging) : judging.besides && besidesNames[judging.besides];
  if (asked === null)
    return `Believes its ${believed}${andNothing(judging, settings, holdingOf({ holds }, "refresh"))}.`;
  const known = judging.proof === null ? "Believes its" : judging.carries === "state" ? "Checks its" : "Checks a";
  return `${known} ${believed} and looks up ${asked}${andBelieves(judging)}.`;
}

function ofId({ proof, record, asksService, staleFor }: Judging, settings: JudgingSettings): string {
  if (asksService) return `Asks a session service, which looks up its ${record}`;
  if (proof === "signature")
    return `Checks a signature and looks up ${aRecord({ record })}${andBelieves({ staleFor })}`;
  if (staleFor !== null) return `Looks up its ${record} and believes it for ${staleFor}`;
  if (settings.inside === "internal-token") return `Looks up its ${record} and signs a token for each service`;
  if (settings.proof === "id-or-token") return `Looks up its ${record}, by a cookie or by a token`;
  return `Looks up its ${record} every time`;
}

/** In a lab with the read cache on. */
function andBelieves({ staleFor }: Pick<Judging, "staleFor">): string {
  return staleFor === null ? "" : `, and believes it for ${staleFor}`;
}

/** What follows from believing it alone. */
function andNothing(judging: Judging, settings: JudgingSettings, renewal: object | undefined): string {
  if (judging.carries === "state") return " and keeps nothing";
  if (settings.logout === "forgets") return ", and its logout ends nothing";
  if (renewal === undefined || settings.proof === undefined) return " and asks nobody";
  return `, and looks up ${aRecord(judgingOf(settings, "refresh"))} to renew it`;
}

function aRecord({ record }: Pick<Judging, "record">): string {
  return `${record === "entry" ? "an" : "a"} ${record}`;
}
