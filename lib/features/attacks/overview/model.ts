import type { FlowId } from "../../../core/ids.ts";

/** What comes of one attack on one flow. `cannot`: the flow has nothing that it could use. */
export type AttackCell = {
  readonly outcome: "succeeds" | "refused" | "stopped" | "cannot";
  /** The code of a refusal, or a few words. */
  readonly words: string;
};

export const attackGroups = ["Uses alice’s browser", "Takes or plants a credential", "Makes or guesses one"] as const;

/** One attack over all flows. */
export type AttackRow = {
  readonly id: string;
  readonly group: (typeof attackGroups)[number];
  readonly title: string;
  readonly words: string;
  /** Its page. */
  readonly href: string;
  readonly stops: string;
  /** Each flow's default variant in a lab, without its defence and with every one. A flow that is left out was not played. */
  readonly cells: Readonly<Record<FlowId, { readonly without: AttackCell; readonly with: AttackCell }>>;
};
