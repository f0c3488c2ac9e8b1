import type { RefusalCode } from "../../../core/refusal.ts";
import type { TokenAlgorithm } from "../../../core/settings.ts";

/** What a credential is made of: a token by its algorithm, state in a cookie by its encoding, or an id. */
export type CredentialForm =
  | TokenAlgorithm
  | "signed-cookie"
  | "sealed-cookie"
  | "plain-cookie"
  | "signed-id"
  | "opaque-id";

/** The names of a credential's parts, which stand between its dots. The last part has any further dots in it. */
export const partNames = {
  token: ["header", "payload", "signature"],
  signed: ["lab", "variant", "key id", "payload", "signature"],
  plain: ["lab", "variant", "state"],
  sealed: ["lab", "variant", "seal"],
  opaque: ["lab", "variant", "id"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** What the attacker needs besides a credential that he may look at. */
export type Needs = "nothing" | "published-key" | "signing-key";

/** A case as it is told: a rule, and where it stands. */
export type ForgeryTold = {
  readonly id: string;
  readonly title: string;
  /** The clause of a standard. */
  readonly source: string;
  readonly needs: Needs;
  /** The name of its button beside a credential; `null`: it is in the list of all. */
  readonly short: string | null;
};

/** The cases of one kind. */
export type ForgeryGroup = { readonly title: string; readonly cases: readonly ForgeryTold[] };

/** A forged credential, made from one that is real. */
export type MadeForgery = ForgeryTold & { readonly forged: string; readonly changed: readonly ChangedPart[] };

/** Whether a verifier with a known mistake takes it. `none`: no such verifier is played, and why. */
export type AgainstWeakness = { readonly verifier: string; readonly gotIn: boolean } | { readonly none: string };

/** A line of this repository's source. */
export type DecidingLine = { readonly file: string; readonly line: number; readonly text: string };

/** One case, played against one variant. */
export type PlayedForgery = ForgeryTold & {
  readonly weakness: AgainstWeakness;
  /** `null`: no header can carry this text, so it was not sent. */
  readonly defence: {
    readonly status: number;
    readonly code: RefusalCode | null;
    /** The step that refused. */
    readonly at: string | null;
    readonly line: DecidingLine | null;
  } | null;
  /** Whether the variant answered as the table says. */
  readonly asExpected: boolean;
  readonly changed: readonly ChangedPart[];
};

/** A part of the credential that differs: as it was, and as it was sent. */
export type ChangedPart = { readonly name: string; readonly before: string; readonly after: string };

/** A variant with all its cases. */
export type ForgeryPlay =
  | { readonly tried: true; readonly form: CredentialForm; readonly cases: readonly PlayedForgery[] }
  /** The untouched credential did not get in, so no refusal would prove anything. */
  | { readonly tried: false; readonly why: string };
