import type { FlowId } from "../../../core/ids.ts";
import type { DecidingLine } from "../forgery/model.ts";
import type { AttackOrigins } from "../hosts/model.ts";

/** How the login cookies are named: with the flows' own prefix, or by a weakness with another one, or none. */
export const namings = [
  { id: "plain", prefix: "", title: "No prefix", weakness: "plain-names" },
  { id: "secure", prefix: "__Secure-", title: "__Secure-", weakness: "secure-names" },
  { id: "host", prefix: "__Host-", title: "__Host-", weakness: null },
] as const;

export type NamingId = (typeof namings)[number]["id"];

/** How the sibling's page plants its cookie. */
export type WayTold = { readonly id: string; readonly title: string; readonly does: string };

/** Whose cookie of the name came, in the order in which the browser sent them. */
export type Sent = readonly ("alice" | "thief")[];

/** What an edge made of it. `as`: whom the answer names. */
export type TossingAnswer = { readonly status: number; readonly code: string | null; readonly as: string | null };

/** alice's own request to one flow, after the sibling's page. */
export type TossedRequest = {
  readonly flow: FlowId;
  /** The name that the flow reads, in this naming. */
  readonly cookie: string;
  readonly sent: Sent;
  /** An edge at which the first cookie of a name counts, whoever set it. */
  readonly first: TossingAnswer;
  /** The flow's own edge. */
  readonly own: TossingAnswer;
};

/** One way with one naming. `own`: nothing is planted. */
export type PlayedTossing = {
  readonly naming: NamingId;
  readonly way: string;
  readonly flows: readonly TossedRequest[];
};

export type TossingPlay = {
  readonly playedAt: string;
  /** The browser, as it calls itself. */
  readonly browser: string;
  readonly origins: AttackOrigins;
  readonly played: readonly PlayedTossing[];
};

/** What a page that plays looks at. */
export type TossingProgress = {
  readonly play: TossingPlay;
  /** The sibling's page has planted so many cases. */
  readonly planted: number;
  /** `null`: nothing is wrong so far. */
  readonly untried: string | null;
};

/** A flow's cookie, and alice's own request that it comes with. */
export type TossedFlow = {
  readonly flow: FlowId;
  readonly title: string;
  /** Its name without a prefix. */
  readonly name: string;
  readonly method: "GET" | "POST";
  readonly path: string;
};

/** What the page shows before anything is played in its lab. */
export type TossingTold = {
  readonly flows: readonly TossedFlow[];
  readonly ways: readonly WayTold[];
  /** By `<naming>.<way>` and flow: the sibling's page, as its Set-Cookie lines and its script. */
  readonly pages: Readonly<
    Record<string, Readonly<Record<FlowId, { readonly lines: readonly string[]; readonly script: string }>>>
  >;
  /** The line at which the first cookie counts, and that of the flows' own edge. */
  readonly lines: { readonly first: DecidingLine; readonly own: DecidingLine };
};
