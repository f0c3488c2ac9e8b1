import { type Claim, lengthOf, type Thief, type Until } from "../../core/claim.ts";
import type { CredentialKind } from "../../core/credential.ts";
import type { RefusalCode } from "../../core/refusal.ts";
import type { VariantSettings } from "../../core/settings.ts";
import { wholeDuration } from "../../core/time.ts";
import type { Variant } from "../../core/variant.ts";
import { roleWords } from "../claim-words.ts";
import type { Reading } from "../experiment.ts";
import { acceptedWords } from "./accepted.ts";
import type { DecidingStep } from "./enders.ts";
import { type JudgingSettings, judgingOf } from "./judging.ts";
import { findLabEvent } from "./lab-events.ts";
import { type About, isOwnEnd, refusedWords, saysWhy, stepOf } from "./refused.ts";

/** What was seen of one copied credential. `thief`: who holds the copy; absent: one who only waits. */
export type Observed = { readonly thief?: Thief } & (
  | { readonly seen: "nothing" }
  | {
      readonly seen: "accepted";
      /** The role that it acted with, and until when it got in, where that was measured. */
      readonly authority?: Claim["authority"];
      readonly until?: Until | null;
    }
  | {
      readonly seen: "refused";
      readonly code: RefusalCode;
      /**
       * The step that decided, as the trace has it (`at` of a refusal); `null`: no step did. Absent: it was not seen, as
       * in a fresh lab that had this one event.
       */
      readonly decidedBy?: DecidingStep | null;
      /**
       * What happened to the lab since the copy was made, where that made the refusal: its clock was moved past an end
       * of the copy, or the lab was reset.
       */
      readonly since?: "clock-moved" | "lab-reset";
    }
);

type Accepted = Extract<Observed, { readonly seen: "accepted" }>;
type Refused = Extract<Observed, { readonly seen: "refused" }>;

type Settings = JudgingSettings & Pick<VariantSettings, "lifetimes">;

/**
 * Why a copied credential gets in or is refused after an event, in one sentence of at most twelve words. What was
 * measured is explained by its code and the step that decided; what was not, by the variant's claim. Where the two
 * differ, the words say both and explain neither.
 *
 * `settings`: of the variant, as the lab has it. `event`: an experiment's id or a plug; `null`: nothing was to end it.
 */
export function reasonOf(
  variant: Pick<Variant, "claims">,
  settings: Settings,
  event: string | null,
  credential: CredentialKind,
  observed: Observed,
): string {
  const about = { event: findLabEvent(event), judging: judgingOf(settings, credential) };
  const claim = claimOn(variant, event, credential, observed.thief ?? "silent");
  if (observed.seen === "nothing") return claim ? claimedReason(claim, about) : "Nothing is claimed of it.";
  const own = observed.seen === "accepted" ? whyAccepted(observed, claim, about) : whyRefused(observed, claim, about);
  return own ?? bothWords(observed, claim, settings);
}

/** `null`: the claim is another one, and nothing that was seen explains it. */
function whyAccepted(observed: Accepted, claim: Claim | null, about: About): string | null {
  const authority = observed.authority ?? claim?.authority;
  return isAsClaimed(observed, claim) ? acceptedWords({ ...about, authority }) : null;
}

/** The same of a refusal. */
function whyRefused({ code, decidedBy, since }: Refused, claim: Claim | null, about: About): string | null {
  if (since === "lab-reset") return "The lab was reset, so its logins are gone.";
  const asClaimed = claim === null || claim.outcome === code;
  const refusal = { code, decidedBy: decidedBy === undefined && asClaimed ? stepOf(code, about) : (decidedBy ?? null) };
  if (since === "clock-moved" && isOwnEnd(refusal)) return `The lab’s clock was moved past its ${refusal.decidedBy}.`;
  return asClaimed || saysWhy(refusal) ? refusedWords(refusal, about) : null;
}

/** A reading of the matrix as what was seen. */
export function observedIn({ thief, outcome, until, authority }: Reading): Observed {
  return outcome === "exposed"
    ? { thief, seen: "accepted", until, ...(authority && { authority }) }
    : { thief, seen: "refused", code: outcome };
}

/** The variant's claim on this credential in the hands of this thief; `null`: it claims nothing. */
function claimOn(
  { claims }: Pick<Variant, "claims">,
  event: string | null,
  credential: CredentialKind,
  thief: Thief,
): Claim | null {
  const about = event === null ? [] : (claims[event] ?? []);
  return about.find((claim) => claim.credential === credential && (claim.thief ?? thief) === thief) ?? null;
}

function claimedReason({ outcome, authority }: Claim, about: About): string {
  if (outcome === "exposed") return acceptedWords({ ...about, authority });
  return refusedWords({ code: outcome, decidedBy: stepOf(outcome, about) }, about);
}

function isAsClaimed({ authority, until }: Accepted, claim: Claim | null): boolean {
  if (claim === null) return true;
  if (claim.outcome !== "exposed") return false;
  return (until === undefined || until === claim.until) && (authority === undefined || authority === claim.authority);
}

/** `Measured: refused, EXPIRED. Claimed: still in for 30 min.` */
function bothWords(observed: Accepted | Refused, claim: Claim | null, settings: Settings): string {
  const measured = observed.seen === "accepted" ? inWords(observed, settings) : `refused, ${observed.code}`;
  const claimed =
    claim === null ? "nothing" : claim.outcome === "exposed" ? inWords(claim, settings) : `refused, ${claim.outcome}`;
  return `Measured: ${measured}. Claimed: ${claimed}.`;
}

function inWords({ until, authority }: Pick<Accepted, "until" | "authority">, settings: Settings): string {
  const length = until === undefined || until === null ? null : lengthOf(until, settings);
  const role = roleWords(authority ?? null);
  const time = until === "never" ? " without end" : length === null ? "" : ` for ${wholeDuration(length)}`;
  return `still in${time}${role && `, ${role}`}`;
}
