import type { Claim } from "../../core/claim.ts";
import { cachedFor } from "../../core/settings.ts";
import { wholeDuration } from "../../core/time.ts";
import type { Judging } from "./judging.ts";
import type { EventKind, LabEvent } from "./lab-events.ts";
import { capital } from "./words.ts";

type Accepted = {
  readonly judging: Judging;
  /** The role that it acts with, if that is known. */
  readonly authority: Claim["authority"] | undefined;
};

/** Why a copy gets in after an event; without one, nothing was to end it. */
export function acceptedWords({ event, ...accepted }: Accepted & { readonly event: LabEvent | null }): string {
  return event === null ? "Nothing has ended it so far." : words[event.kind](accepted, event);
}

const words: Readonly<Record<EventKind, (accepted: Accepted, event: LabEvent) => string>> = {
  ends({ judging }, event) {
    const staleFor = event.elsewhere ? believedFor(judging, event) : null;
    return staleFor === null
      ? unended(judging, event.name)
      : `The other node believes its last look-up for ${staleFor}.`;
  },
  untold: ({ judging }) => `Nobody told the server, ${untold(judging)}.`,
  role: ({ judging, authority }) =>
    authority === "stale"
      ? `The role stands in the ${container(judging)}, and no request looks it up.`
      : `Its ${judging.record ?? container(judging)} lives on, and ${judging.looks} looks up the role.`,
  keys: () => keyless,
  overlap({ judging: { proof } }) {
    if (proof === null) return keyless;
    return proof === "seal" ? "The earlier keys still open its seal." : "The earlier keys still verify it.";
  },
  memory: ({ judging: { record, besides, looks } }) =>
    record
      ? `The restart lost no ${record}, and ${looks} looks there.`
      : `The ${besides ? `restart lost nothing that ${looks} looks up` : "server kept nothing, so a restart loses nothing"}.`,
  node: ({ judging }) => `The other node ${sameAsHere(judging)}.`,
  routed: ({ judging }) =>
    judging.record ? "The router keeps this browser to one node." : `Each node ${sameAsHere(judging)}.`,
  "node-lost": ({ judging }) => `The new node ${sameAsHere(judging)}.`,
  time({ judging: { record } }, { steps }) {
    if (steps === undefined) return "None of its ends has passed yet.";
    return record === "family" ? "Its family has no idle end." : "Each use moves its idle end on.";
  },
  client: ({ judging: { record } }, { steps }) =>
    record && steps === undefined
      ? "Nothing binds it to the client that got it."
      : "Nobody looks up which client it was given to.",
  planted: () => "The login kept the planted id, and made it good.",
  exchanged: () => "A refresh keeps the id, so it stays good.",
  forged: () => "The server believes whatever name the cookie says.",
  late: ({ judging }, event) =>
    judging.record
      ? unended(judging, event.name)
      : `The late answer brought a new ${container(judging)}, which nobody ended.`,
  "other-flow": () => "The other flow takes it for its own.",
};

const keyless = "No key made it, so new keys change nothing.";

/** How long a node believes what it asks about an ended login; `null`: it asks nothing, or each time. */
function believedFor(judging: Judging, { cached }: LabEvent): string | null {
  const { record, looks, besides } = judging;
  const asks = (record !== null && looks === "every request") || besides === "version" || besides === "denylist";
  if (!asks) return null;
  return cached ? wholeDuration(cachedFor) : judging.staleFor;
}

/** The event ended nothing that this credential depends on. */
function unended({ carries, record, besides }: Judging, event: string): string {
  if (record) return `${capital(event)} ended nothing, so its ${record} lives on.`;
  if (besides === "version") return `Only a raised version ends it, and ${event} raised none.`;
  if (besides === "denylist") return `Only the denylist ends it, and ${event} put nothing there.`;
  return carries === "state"
    ? "The server kept nothing, so it has nothing to end."
    : "The server believes the signature and asks nobody else.";
}

function untold(judging: Judging): string {
  if (judging.record) return `so its ${judging.record} lives on`;
  return judging.besides ? "so nothing ended it" : `which believes the ${believed(judging)}`;
}

function sameAsHere(judging: Judging): string {
  const { record, besides } = judging;
  if (record) return `looks up the same ${record}`;
  return besides === null || besides === "person"
    ? `believes the same ${believed(judging)}`
    : `looks up the same ${besides}`;
}

function believed({ carries }: Judging): string {
  return carries === "state" ? "cookie" : "signature";
}

function container({ carries }: Judging): string {
  return carries === "state" ? "cookie" : "token";
}
