import type { CopiesView, CopyView, PlugView } from "@/lib/lab/feed/copies-view.ts";
import type { PlugKind } from "@/lib/lab/feed/plug.ts";
import { listed } from "../_ui/listed.ts";
import { stripOf } from "./strip-rows.ts";

type Flow = { readonly id: string; readonly title: string };

type PlugWords = {
  /** What was done, as a sentence of the heading. */
  readonly told: (who: string) => string;
  /** The label of its mark on the time axis. */
  readonly label: string;
};

export const plugWords: Readonly<Record<PlugKind, PlugWords>> = {
  "log-out": { told: (who) => `${who} logged out.`, label: "Log out" },
  "revoke-this": { told: (who) => `${who} ended this login.`, label: "Revoke this" },
  "revoke-one": { told: (who) => `One login of ${who} was ended.`, label: "Revoke one" },
  "revoke-others": { told: (who) => `${who} ended the other logins.`, label: "Revoke others" },
  "revoke-all": { told: (who) => `${who} ended all logins.`, label: "Revoke all" },
  "change-password": { told: (who) => `${who} changed the password.`, label: "New password" },
  "lower-role": { told: (who) => `${who} has the role user now.`, label: "Lower role" },
  "raise-role": { told: (who) => `${who} has the role admin now.`, label: "Raise role" },
  disable: { told: (who) => `${who} was disabled.`, label: "Disable" },
  "admin-ends-all": { told: (who) => `An admin ended all logins of ${who}.`, label: "Admin ends all" },
  "rotate-keys": { told: () => "The keys were rotated.", label: "New keys" },
  restart: { told: () => "The server was restarted.", label: "Restart" },
  clock: { told: () => "Time passed.", label: "Clock" },
};

/** What the copies show together: what happened, and what still gets in. `alarm`: something does. */
export type Result = { readonly happened: string; readonly outcome: string; readonly alarm: boolean };

/** The heading after a plug; `null`: no plug should have ended a login of now. */
export function resultOf(view: CopiesView, flows: readonly Flow[]): Result | null {
  const copies = shownCopies(view, flows);
  const last = lastPlugs(view, copies);
  const [plug] = last;
  if (!plug) return null;
  const happened = plugWords[plug.kind].told(plug.username ?? "somebody");
  // Time ends one copy and leaves another, so its result is about all of them.
  const isClock = plug.kind === "clock";
  const marked = copies.filter(({ plugs }) => last.some(({ id }) => plugs.includes(id)));
  if (marked.some(({ verdict }) => verdict === null)) return { happened, outcome: "", alarm: false };
  const alarming = (isClock ? copies : marked).filter(({ alarm }) => alarm);
  if (alarming.length > 0) {
    const isEvery = alarming.length === copies.length && copies.length > 1;
    return {
      happened,
      outcome: isEvery
        ? "Every copy still gets in."
        : `${copiesOf(alarming, flows, ["still gets in", "still get in"])}.`,
      alarm: true,
    };
  }
  return { happened, outcome: calmOutcome(marked, copies, flows), alarm: false };
}

function calmOutcome(marked: readonly CopyView[], copies: readonly CopyView[], flows: readonly Flow[]): string {
  const isIn = ({ verdict }: CopyView) => verdict?.accepted === true;
  if (marked.some(isIn)) return "Copies act with the role of now.";
  return copies.some(isIn) ? `${copiesOf(marked, flows, ["is", "are"])} refused.` : "No copy gets in any more.";
}

/** The kind of the plug that the heading tells of. */
export function lastPlugKind(view: CopiesView, flows: readonly Flow[]): PlugKind | undefined {
  return lastPlugs(view, shownCopies(view, flows))[0]?.kind;
}

function shownCopies(view: CopiesView, flows: readonly Flow[]): readonly CopyView[] {
  const { rows } = stripOf(
    view,
    flows.map(({ id }) => id),
  );
  return rows.flatMap(({ copy, elsewhere }) => [copy, ...elsewhere]);
}

/** The last plug of these copies; one that was pulled in several flows is told once for each. */
function lastPlugs(view: CopiesView, copies: readonly CopyView[]): readonly PlugView[] {
  const plugs = view.plugs.filter(({ id }) => copies.some((copy) => copy.plugs.includes(id)));
  const last = plugs.at(-1);
  const before = plugs.findLastIndex(({ kind, username }) => kind !== last?.kind || username !== last.username);
  return plugs.slice(before + 1);
}

/** `Copies of the cookie and the access token still get in`, with the verb for one and for several. */
function copiesOf(
  those: readonly CopyView[],
  flows: readonly Flow[],
  [one, several]: readonly [string, string],
): string {
  const names = [...new Set(those.map((copy) => credentialNoun(copy, flows)))];
  if (names.length === 1) return `A copy of the ${names[0]} ${one}`;
  return `Copies of ${listed(names.map((name) => `the ${name}`))} ${several}`;
}

/** `access token`, `cookie`, `hybrid cookie`, `JWT in memory cookie`. */
function credentialNoun({ name, flow }: Pick<CopyView, "name" | "flow">, flows: readonly Flow[]): string {
  if (!name.startsWith("__")) return name;
  const title = flows.find(({ id }) => id === flow)?.title ?? flow;
  const noun = title.replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase());
  return noun === "cookie" ? noun : `${noun} cookie`;
}
