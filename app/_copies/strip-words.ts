import type { CopiesView, CopyView, PlugView } from "@/lib/lab/feed/copies-view.ts";
import type { PlugKind } from "@/lib/lab/feed/plug.ts";
import { isAlarming, stripOf } from "./strip-rows.ts";

type Flow = { readonly id: string; readonly title: string };

/** What was done, as a sentence of the heading. */
function plugSentence({ kind, username }: PlugView): string {
  return sentences[kind](username ?? "somebody");
}

const sentences: Readonly<Record<PlugKind, (who: string) => string>> = {
  "log-out": (who) => `${who} logged out.`,
  "revoke-this": (who) => `${who} ended this login.`,
  "revoke-one": (who) => `One login of ${who} was ended.`,
  "revoke-others": (who) => `${who} ended the other logins.`,
  "revoke-all": (who) => `${who} ended all logins.`,
  "change-password": (who) => `${who} changed the password.`,
  "lower-role": (who) => `${who} has the role user now.`,
  "raise-role": (who) => `${who} has the role admin now.`,
  disable: (who) => `${who} was disabled.`,
  "admin-ends-all": (who) => `An admin ended all logins of ${who}.`,
  "rotate-keys": () => "The keys were rotated.",
  restart: () => "The server was restarted.",
  clock: () => "Time passed.",
};

/** The same as the label of a mark on the time axis. */
export const plugLabels: Readonly<Record<PlugKind, string>> = {
  "log-out": "Log out",
  "revoke-this": "Revoke this",
  "revoke-one": "Revoke one",
  "revoke-others": "Revoke others",
  "revoke-all": "Revoke all",
  "change-password": "New password",
  "lower-role": "Lower role",
  "raise-role": "Raise role",
  disable: "Disable",
  "admin-ends-all": "Admin ends all",
  "rotate-keys": "New keys",
  restart: "Restart",
  clock: "Clock",
};

/** What the copies show together: what happened, and what still gets in. `alarm`: something does. */
export type Result = { readonly happened: string; readonly outcome: string; readonly alarm: boolean };

/** The heading after a plug; `null`: no plug should have ended a login of now. */
export function resultOf(view: CopiesView, flows: readonly Flow[]): Result | null {
  const copies = stripOf(
    view,
    flows.map(({ id }) => id),
  ).rows.flatMap(({ copy, elsewhere }) => [copy, ...elsewhere]);
  const last = lastPlugs(view.plugs.filter(({ id }) => copies.some(({ plugs }) => plugs.includes(id))));
  const [plug] = last;
  if (!plug) return null;
  const happened = plugSentence(plug);
  const marked = copies.filter(({ plugs }) => last.some(({ id }) => plugs.includes(id)));
  if (marked.some(({ verdict }) => verdict === null)) return { happened, outcome: "", alarm: false };
  const alarming = marked.filter((copy) => isAlarming(copy, view.plugs));
  if (alarming.length > 0) {
    const isEvery = alarming.length === copies.length && copies.length > 1;
    return { happened, outcome: isEvery ? "Every copy still gets in." : stillIn(alarming, flows), alarm: true };
  }
  return { happened, outcome: calmOutcome(marked, copies), alarm: false };
}

function calmOutcome(marked: readonly CopyView[], copies: readonly CopyView[]): string {
  const isIn = ({ verdict }: CopyView) => verdict?.accepted === true;
  if (marked.some(isIn)) return "Copies act with the role of now.";
  return copies.some(isIn) ? "Its copies are refused." : "No copy gets in any more.";
}

/** The last plug; one that was pulled in several flows is told once for each. */
function lastPlugs(plugs: readonly PlugView[]): readonly PlugView[] {
  const last = plugs.at(-1);
  const before = plugs.findLastIndex(({ kind, username }) => kind !== last?.kind || username !== last.username);
  return plugs.slice(before + 1);
}

function stillIn(alarming: readonly CopyView[], flows: readonly Flow[]): string {
  const names = [...new Set(alarming.map((copy) => credentialNoun(copy, flows)))];
  const [only] = names;
  if (names.length === 1) return `A copy of the ${only} still gets in.`;
  return `Copies of ${listed(names.map((name) => `the ${name}`))} still get in.`;
}

/** `access token`, `cookie`, `hybrid cookie`. */
function credentialNoun({ name, flow }: Pick<CopyView, "name" | "flow">, flows: readonly Flow[]): string {
  if (!name.startsWith("__")) return name;
  const title = flows.find(({ id }) => id === flow)?.title.toLowerCase() ?? flow;
  return title === "cookie" ? title : `${title} cookie`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
