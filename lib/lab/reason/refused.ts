import type { RefusalCode } from "../../core/refusal.ts";
import { type DecidingStep, endedRecord, enderIn } from "./enders.ts";
import type { Judging } from "./judging.ts";
import type { LabEvent } from "./lab-events.ts";
import { capital } from "./words.ts";

/** A refusal: its code, and the step that decided; `null`: the step is not known. */
export type Refusal = { readonly code: RefusalCode; readonly decidedBy: DecidingStep | null };

/** Which credential was refused, and the event that was to end it; `null`: none was. */
export type About = { readonly event: LabEvent | null; readonly judging: Judging };

const ownEnds = ["idle end", "absolute end", "exp"];
const clientSteps = ["user agent", "address"];
const proofSteps = ["key", "signature", "seal"];
/** Ends of a record that no plug of a page causes. */
const ownEndings = ["replaced", "reuse-detected", "evicted"].map((reason) => `${endedRecord}: ${reason}`);

/** Is this the end of one of its own lifetimes? */
export function isOwnEnd({ decidedBy }: Refusal): boolean {
  return decidedBy !== null && ownEnds.includes(decidedBy);
}

/** Does the step alone say why, whatever the event was and whatever was claimed of it? */
export function saysWhy({ code, decidedBy }: Refusal): boolean {
  if (code === "STORE_UNAVAILABLE") return true;
  return decidedBy !== null && [...ownEnds, ...clientSteps, ...ownEndings, "exchanged"].includes(decidedBy);
}

/** The step at which this event makes that code, with a credential that is judged like this; `null`: at none. */
export function stepOf(code: RefusalCode, { event, judging }: About): DecidingStep | null {
  if (event === null) return null;
  switch (code) {
    case "REVOKED":
      return revokedAt(event, judging);
    case "EXPIRED":
      if (event.kind !== "time") return null;
      return judging.carries === "token" ? "exp" : (event.steps?.[0] ?? null);
    case "CLIENT_CHANGED":
      return (event.kind === "client" && event.steps?.[0]) || null;
    case "INVALID_CREDENTIAL":
      return invalidAt(event, judging);
    default:
      return null;
  }
}

function revokedAt(event: LabEvent, { record, besides }: Judging): DecidingStep | null {
  const { kind, steps: [step] = [] } = event;
  if (kind === "time") return `${endedRecord}: reuse-detected`;
  return step?.startsWith(endedRecord) && record === null ? besides : (step ?? null);
}

function invalidAt({ kind, elsewhere }: LabEvent, { asksService, proof }: Judging): DecidingStep | null {
  if (asksService) return "service";
  if (kind === "keys") return proof;
  return elsewhere || kind === "memory" || kind === "node-lost" ? "look-up" : null;
}

/** Did this event make the refusal, and nothing else? */
function isMadeBy(refusal: Refusal, about: About): boolean {
  const { code, decidedBy } = refusal;
  const { event } = about;
  if (event === null) return false;
  if (event.kind === "forged" || event.kind === "other-flow") return code === "INVALID_CREDENTIAL";
  if (event.kind === "late" && code === "NO_CREDENTIAL") return true;
  if (event.kind === "exchanged") return code === "REUSE_DETECTED" || decidedBy === "exchanged";
  if (event.kind === "keys" && decidedBy !== null && proofSteps.includes(decidedBy)) return true;
  if (event.kind === "time" && isOwnEnd(refusal)) return true;
  return decidedBy !== null && [stepOf(code, about), ...(event.steps ?? [])].includes(decidedBy);
}

/**
 * Why a copy is refused, in the words of the step that decided. If another cause than the event made the refusal, the
 * sentence names that cause.
 */
export function refusedWords(refusal: Refusal, about: About): string {
  const { code, decidedBy } = refusal;
  const { event, judging } = about;
  if (code === "STORE_UNAVAILABLE") return "The store does not answer, so nobody gets in.";
  // Of a credential that another lab or variant made, the service was not asked.
  const isAsked = decidedBy !== "lab" && decidedBy !== "variant";
  if (judging.asksService && isAsked && code === "INVALID_CREDENTIAL" && event?.kind !== "other-flow") return notActive;
  if (event !== null && isMadeBy(refusal, about)) return byEvent(refusal, { ...about, event });
  if (event !== null) return byAnother(refusal, { ...about, event });
  if (decidedBy?.startsWith(endedRecord)) return endedWords(decidedBy, about);
  return byStep(refusal, judging);
}

/** RFC 7662 §2.2: of a token that is not active, the service says only that. */
const notActive = "The session service says “not active”, and never says why.";

type AboutEvent = About & { readonly event: LabEvent };

function byEvent(refusal: Refusal, { event, judging }: AboutEvent): string {
  const { code, decidedBy } = refusal;
  const { record, looks, carries, proof } = judging;
  switch (event.kind) {
    case "forged":
      return forgedWords(judging);
    case "other-flow":
      return "It names another flow, and each takes only its own.";
    case "keys":
      return proof === "seal" ? "The new keys do not open its seal." : "The new keys do not verify its signature.";
    case "memory":
      return `The restart emptied the memory that held its ${record}.`;
    case "node-lost":
      return `The node that held its ${record} is gone.`;
  }
  if (code === "NO_CREDENTIAL") return "The logout deleted the cookie, and the late answer brought none.";
  if (decidedBy === "look-up") return `The other node has no ${record} of it.`;
  if (event.kind === "time" && code === "REVOKED") return "Owner and thief used one token, so its family ended.";
  const by = capital(event.name);
  if (decidedBy === "version") return `${by} raised the version, and ${looks} looks it up.`;
  if (decidedBy === "denylist") return `${by} put it on the denylist, and ${looks} looks there.`;
  if (!decidedBy?.startsWith(endedRecord)) return byStep(refusal, judging);
  if (carries === "token") return `Its signature is good, but ${event.name} ended its ${record}.`;
  const who = event.elsewhere && looks === "every request" ? "every node" : looks;
  return `${by} ended its ${record}, and ${who} looks there.`;
}

function forgedWords({ carries, proof, record }: Judging): string {
  if (carries !== "id")
    return `Nobody without the key can ${proof === "seal" ? "seal" : "sign"} a forged ${carries === "state" ? "cookie" : "token"}.`;
  if (proof !== null) return "Nobody without the key can sign a forged id.";
  return record === "family" ? "No family has the forged token." : `No ${record} has the forged id.`;
}

/** `The cap on logins ended its row, not the logout.` */
function byAnother(refusal: Refusal, { event, judging }: AboutEvent): string {
  const { code, decidedBy } = refusal;
  const not = `, not ${event.name}.`;
  if (isOwnEnd(refusal)) return `Its ${decidedBy} stopped it${not}`;
  if (code === "CLIENT_CHANGED") return `The binding to its client stopped it${not}`;
  if (code === "REUSE_DETECTED") return `A second use ended its family${not}`;
  if (decidedBy === "exchanged") return `A refresh used it up${not}`;
  if (decidedBy === "version") return `A raised version ended it${not}`;
  if (decidedBy === "person") return `Disabling the person ended it${not}`;
  if (decidedBy === "denylist") return `The denylist stopped it${not}`;
  const ender = decidedBy === null ? null : enderIn(decidedBy);
  if (ender !== null) return `${ender} ended its ${judging.record}${not}`;
  return byStep(refusal, judging);
}

/** Of a record that was ended, where no event is known. */
function endedWords(step: DecidingStep, { judging: { record, looks } }: About): string {
  const ender = enderIn(step);
  const ended = ender === null ? `Its ${record} was ended` : `${ender} ended its ${record}`;
  return `${ended}, and ${looks} looks there.`;
}

const invalidWords: Readonly<Record<string, string>> = {
  service: notActive,
  seal: "No key of this lab opens its seal.",
  key: "No key of this lab verifies it.",
  signature: "No key of this lab verifies it.",
  lab: "It names another lab.",
  variant: "This lab does not accept its variant.",
};

/** What the step found, whoever caused it. */
function byStep({ code, decidedBy }: Refusal, { record, inMemory, looks }: Judging): string {
  switch (decidedBy) {
    case "idle end":
      return "Nobody used it, so its idle end has passed.";
    case "absolute end":
      return "Its absolute end has passed, and no use moves it.";
    case "exp":
      return "Its exp has passed, and an exp never moves.";
    case "user agent":
    case "address":
      return `It came from another ${decidedBy} than its ${record} names.`;
    case "version":
      return `The person’s version was raised, and ${looks} looks it up.`;
    case "person":
      return `The person is disabled, and ${looks} looks that up.`;
    case "exchanged":
      return "It was exchanged for its successor before.";
    case "denylist":
      return `It is on the denylist, and ${looks} looks there.`;
    case "look-up":
      if (record === "family") return "No family has this token.";
      return inMemory ? "No record in this process’s memory has this id." : `No ${record} has this id.`;
  }
  if (code === "REUSE_DETECTED") return "It was exchanged before, so its whole family ended.";
  return invalidWords[decidedBy ?? ""] ?? `The server refused it with ${code}.`;
}
