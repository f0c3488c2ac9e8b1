import type { CredentialKind } from "../../../core/credential.ts";
import type { VariantId } from "../../../core/ids.ts";
import type { RefusalCode } from "../../../core/refusal.ts";
import type { Strictness } from "../../../core/settings.ts";
import type { DecidingLine } from "../forgery/model.ts";

/** How a lab holds logins to the user agent and to the address that they were given to. */
export const bindings = ["off", "warn", "enforce"] as const satisfies readonly Strictness[];

/** A client that sends alice's credential, as it is told. */
export type SenderTold = {
  readonly id: string;
  readonly title: string;
  readonly does: string;
  /** `owner`: a refusal is a false alarm. */
  readonly who: "thief" | "owner";
  readonly userAgent: string;
  readonly address: string;
  /** Which of both are those that the login was given to. */
  readonly same: { readonly userAgent: boolean; readonly address: boolean };
};

/** What a request with a stolen credential is answered, and what it leaves behind. */
export type TheftAnswer = {
  readonly status: number;
  /** `null`: it got in. */
  readonly code: RefusalCode | null;
  /** Whom the answer names. */
  readonly as: string | null;
  /** The step that refused. */
  readonly at: string | null;
  /** What stands in alice's history after it. */
  readonly noted: "client-changed" | "client-refused" | null;
};

/** One credential, from one sender, under one binding. */
export type PlayedTheft = {
  readonly sender: SenderTold["id"];
  readonly binding: Strictness;
  readonly credential: CredentialKind;
  readonly answer: TheftAnswer;
  /** The request as it arrived. */
  readonly arrived: {
    readonly line: string;
    readonly userAgent: string;
    readonly address: string;
    /** The name of the sender's device, as the server reads it from the user agent. */
    readonly device: string;
    /** The credential in it, by its name. */
    readonly credential: string;
  };
  /** The line that decided. `null`: no line asked who sends it. */
  readonly line: DecidingLine | null;
  readonly asClaimed: boolean;
};

/** The credentials of one variant's login, stolen, under each binding. */
export type TheftPlay =
  | { readonly tried: true; readonly variant: VariantId; readonly played: readonly PlayedTheft[] }
  /** alice herself did not get in, or somebody without any credential did: no answer would prove anything. */
  | { readonly tried: false; readonly variant: VariantId; readonly why: string };
