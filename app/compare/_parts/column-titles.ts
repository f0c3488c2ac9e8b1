import type { Cell, ClientKind, ColumnGroup, EvidencePart } from "@/lib/features/compare/model.ts";

export const groupTitles: Readonly<Record<ColumnGroup, string>> = {
  clients: "Clients",
  distribution: "Distribution",
  security: "Security",
  logout: "Logout and revocation",
  effort: "Effort",
  size: "Size",
  cost: "Cost",
};

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
