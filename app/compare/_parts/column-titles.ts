import type { Cell, ClientKind, Column, ColumnGroup, EvidencePart } from "@/lib/features/compare/model.ts";

export const groupTitles: Readonly<Record<ColumnGroup, string>> = {
  logout: "Log out and revoke",
  size: "Size",
  cost: "Cost",
  attacks: "Attacks",
  faults: "Nodes and faults",
  abilities: "Abilities",
  effort: "Code",
};

/** What a narrow column is called, where its title is longer than its cells. */
const shortTitles: Readonly<Record<string, string>> = {
  "replay-after-logout": "Log out",
  "revoke-this": "End this login",
  "revoke-another": "End another",
  "revoke-others": "End the others",
  "replay-after-revoke-all": "End all",
  "password-change": "Change password",
  "admin-ends-all": "Admin ends all",
  "user-disabled": "Disable the user",
  "role-lowered": "Lower the role",
  "idle-passed": "Idle end",
  "absolute-passed": "Absolute end",
  "client-forgets": "Close the tab",
  "browser-data-cleared": "Clear the data",
  "other-device-bound": "Other device, bound",
  fixation: "Planted id",
  "refresh-replay": "Rotated refresh token again",
  "cross-flow": "At another flow",
  readable: "Finds by looking",
  "by-itself": "Sent by itself",
  rotates: "Refresh rotates",
  "keys-rotated": "Rotate the keys",
  "keys-rotated-overlap": "Rotate, with overlap",
  "memory-lost": "Restart the server",
  "second-node": "Ask another node",
  "logout-elsewhere": "Log out at another node",
  "logout-elsewhere-cached": "The same, read cache on",
  "late-answer": "Late answer after logout",
  "network-changed": "Other network, bound",
  "sticky-node-lost": "Sticky node lost",
  store: "Records live in",
  "stale-for": "Node may be stale",
  lists: "Lists logins",
  "ends-one": "Ends one alone",
  proof: "Proves itself by",
  script: "Needs script",
  inside: "On to services",
  asked: "Asks besides",
  "made-with": "Signed, sealed by",
};

/** The title of a column in the table, where its band says the beginning. */
export function headerOf({ id, title, band }: Pick<Column, "id" | "title" | "band">): string {
  if (id === "still-in") return title.replace("A copy gets in after", "Still in");
  const own = shortTitles[id] ?? (band && title.startsWith(`${band}: `) ? title.slice(band.length + 2) : title);
  return own.charAt(0).toUpperCase() + own.slice(1);
}

/** The same where nothing stands above it: what happens, as a person would say it. */
export function eventTitle({ experiment, title }: { readonly experiment: string; readonly title: string }): string {
  return shortTitles[experiment] ?? title;
}

/** The mark of an observed value: a tick if it is as claimed, else the word. */
export function playedMark({ holds }: NonNullable<Cell["played"]>): string {
  return holds ? " ✓" : " differs";
}

export const clientTitles: Readonly<Record<ClientKind, string>> = {
  "browser-cookie": "a browser, by cookie",
  "browser-header": "a browser, by a header that its page writes",
  native: "a native client",
  services: "services inside",
};

export const evidenceTitles: Readonly<Record<EvidencePart, string>> = {
  login: "login",
  me: "a request",
  "cross-site": "another site's POST",
  refresh: "refresh",
  logout: "logout",
  files: "files, counted",
  packages: "packages",
};
