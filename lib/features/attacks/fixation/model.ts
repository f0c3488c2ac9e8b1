import type { VariantId } from "../../../core/ids.ts";
import type { RefusalCode } from "../../../core/refusal.ts";
import type { DecidingLine } from "../forgery/model.ts";

/** An id that the thief puts into alice's browser, as it is told. */
export type PlantTold = { readonly id: "own" | "made-up"; readonly title: string; readonly does: string };

export const plants = [
  {
    id: "own",
    title: "The id of a login of his own",
    does: "He logs in as bob, and plants that id. It is genuine, also where ids are signed.",
  },
  {
    id: "made-up",
    title: "An id that he made up",
    does: "He writes one himself, in the form that this server's ids have. Nobody has a record for it.",
  },
] as const satisfies readonly PlantTold[];

/** What a window holds: the id, and whether it is the planted one. */
export type Held = { readonly id: string; readonly isPlanted: boolean };

/** One thing that one of them does, and what each window holds after it. */
export type FixationStep = {
  readonly by: "thief" | "alice";
  readonly does: string;
  /** `null`: nothing is sent. */
  readonly sent: {
    readonly line: string;
    readonly status: number;
    /** `null`: it was accepted. */
    readonly code: RefusalCode | null;
    /** Whom the answer names. */
    readonly as: string | null;
    /** The line that refused, or that gave the id. */
    readonly at: DecidingLine | null;
  } | null;
  readonly holds: { readonly thief: Held | null; readonly alice: Held | null };
};

/** One planted id at one variant, with the fault or without it. */
export type PlayedFixation = {
  readonly plant: PlantTold["id"];
  /** A login keeps the id that came in. */
  readonly keeps: boolean;
  readonly steps: readonly FixationStep[];
  /** The planted id, sent by the thief after alice's login. */
  readonly thief: { readonly code: RefusalCode | null; readonly as: string | null };
  readonly asClaimed: boolean;
};

export type FixationPlay =
  | {
      readonly tried: true;
      readonly variant: VariantId;
      /** The cookie that the id is in. */
      readonly cookie: string;
      readonly played: readonly PlayedFixation[];
    }
  /** Somebody's login did not work: no answer would prove anything. */
  | { readonly tried: false; readonly variant: VariantId; readonly why: string };
