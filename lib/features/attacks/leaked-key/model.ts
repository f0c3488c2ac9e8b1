import type { VariantId } from "../../../core/ids.ts";
import type { RefusalCode } from "../../../core/refusal.ts";
import type { Role } from "../../../core/user.ts";
import type { DecidingLine } from "../forgery/model.ts";

/** `secret`: it both makes and verifies. `seal`: it also opens. `private`: it makes alone. `public`: it verifies alone. */
export type KeyKind = "secret" | "seal" | "private" | "public";

/** A key that can leak, as it is told. A key of one variant has the variant's id; one of tokens has its algorithm. */
export type KeyTold = {
  readonly id: string;
  readonly title: string;
  readonly kind: KeyKind;
  /** Who has it in an application that is built so. */
  readonly heldBy: string;
};

/** A key of the visitor's own lab. */
export type ShownKey = KeyTold & {
  /** How a credential names it. */
  readonly keyId: string;
  /** In which form the value is written. */
  readonly form: string;
  readonly value: string;
};

/** A request with a credential that nobody issued, and what came of it. */
export type Answered = {
  readonly status: number;
  /** `null`: it got in. */
  readonly code: RefusalCode | null;
  readonly as: { readonly username: string; readonly role: Role } | null;
  /** ISO 8601, on the lab's clock. */
  readonly until: string | null;
  readonly seconds: number | null;
  /** The step that refused. */
  readonly at: string | null;
  readonly line: DecidingLine | null;
};

/** What is forged for a variant, besides the credential of its browsers. */
export type ForgedAs = "browser" | "other-client" | "service";

/** One variant whose credentials stand on the leaked key. */
export type PlayedVariant = {
  readonly variant: VariantId;
  readonly forgedAs: ForgedAs;
  /** Under a key of the attacker's own. `null`: it got in, so the key proves nothing. */
  readonly withoutKey: RefusalCode | null;
  /** Asked who it is. */
  readonly reads: Answered;
  /** Moved a coin. `null`: there is nothing to move with it. */
  readonly acts: Answered | null;
  /** Its content says its role twice: user first, then admin. `null`: its content is no JSON, or nothing looks at a role. */
  readonly twice: Answered | null;
  readonly asExpected: boolean;
};

/** A moment of a rotation. Each time the thief writes a credential anew, with the key that leaked. */
export type RotationMoment = {
  readonly title: string;
  /** On the lab's clock, since the rotation. */
  readonly seconds: number;
  readonly thief: Answered;
  /** Of the people who were logged in. */
  readonly honest: { readonly in: number; readonly of: number; readonly code: RefusalCode | null };
};

export type PlayedRotation = {
  readonly variant: VariantId;
  readonly overlap: readonly RotationMoment[];
  readonly cut: readonly RotationMoment[];
};

/** A cookie that was captured, and is over. */
export type CapturedCookie = {
  readonly variant: VariantId;
  /** What it is answered after a logout and a rotation. */
  readonly code: RefusalCode | null;
  /** What the thief reads in it. `null`: the key does not open it. */
  readonly content: string | null;
  readonly needs: "no-key" | "sealing-key";
};

/** Another service verifies the same tokens, with what it was given for that. */
export type PlayedService = {
  readonly variant: VariantId;
  readonly holds: "secret" | "public-key";
  /** Whether it accepts a real token. */
  readonly verifies: boolean;
  /** A token that it forges with what it holds, at the application. */
  readonly forged: Answered;
};

/** All that can be done with one leaked key. */
export type LeakedKeyPlay =
  | {
      readonly tried: true;
      readonly key: string;
      readonly as: string;
      readonly variants: readonly PlayedVariant[];
      /** `null`: it makes nothing that counts, so there is nobody to lock out. */
      readonly rotation: PlayedRotation | null;
      readonly captured: readonly CapturedCookie[];
      /** Empty where the key signs no tokens. */
      readonly services: readonly PlayedService[];
    }
  /** A real credential did not get in, so no refusal would prove anything. */
  | { readonly tried: false; readonly why: string };

/** A credential of the visitor's own lab, made with its key. */
export type MadeWithKey = {
  readonly flow: string;
  readonly variant: VariantId;
  readonly credential: string;
  /** What it says, as JSON. */
  readonly content: string;
  /** A command that makes the same with Node.js alone. */
  readonly command: string;
  /** A command that sends it. */
  readonly send: string;
};
