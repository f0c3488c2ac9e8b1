import type { CredentialKind } from "../../core/credential.ts";
import type { FlowId, VariantId } from "../../core/ids.ts";
import type { RefusalCode } from "../../core/refusal.ts";
import type { Role } from "../../core/user.ts";
import type { PlugKind } from "./plug.ts";

/**
 * The copies that a lab keeps of the credentials that its logins handed out, and what the server's own looks at them
 * found. Times are ISO 8601 strings on the lab's clock, durations are seconds.
 */
export type CopiesView = {
  /** The lab's public id, as in the ids of its exchanges. */
  readonly lab: string;
  /** When the server last looked, or changed anything here. */
  readonly at: string;
  /** What was done that should end logins, the newest last. */
  readonly plugs: readonly PlugView[];
  readonly copies: readonly CopyView[];
};

export type PlugView = {
  readonly id: number;
  /** The experiment of the matrix with the same event; `null`: the matrix has none. */
  readonly experiment: string | null;
  readonly kind: PlugKind;
  /** The person concerned; `null`: the whole lab. */
  readonly username: string | null;
  readonly at: string;
};

export type CopyView = {
  /** Counts the logins of this lab: the credentials of one login have the same number. */
  readonly login: number;
  readonly flow: FlowId;
  readonly variant: VariantId;
  readonly credential: CredentialKind;
  /** The cookie's name; otherwise `access token` or `refresh token`. */
  readonly name: string;
  readonly username: string;
  readonly device: string;
  /** The device is the lab's phone. */
  readonly onPhone: boolean;
  readonly madeAt: string;
  /** A later login of the same device in this flow took its place. */
  readonly earlier: boolean;
  /** The plugs that should have ended it, by id, the first one first. */
  readonly plugs: readonly number[];
  readonly letIn: readonly LetIn[];
  readonly verdict: CopyVerdict | null;
  /** It gets in although something should have ended it, or acts with a role that was taken away. */
  readonly alarm: boolean;
  /** One sentence on why; `null`: there is no verdict. */
  readonly reason: string | null;
};

/** A stretch of time in which looks got in, in seconds after the copy's first plug. `alarm`: none of them should have. */
export type LetIn = { readonly from: number; readonly to: number; readonly alarm: boolean };

/** What the last look found. `afterSeconds`: after its first plug; `null`: there was none before it. */
export type CopyVerdict =
  | {
      readonly accepted: true;
      readonly role: Role;
      /** Whether that is the role that the person has now. */
      readonly authority: "current" | "stale";
      /** The end if it is not used again. */
      readonly until: string;
      readonly afterSeconds: number | null;
    }
  | { readonly accepted: false; readonly code: RefusalCode; readonly afterSeconds: number | null };
