import type { Encoding } from "./settings.ts";

/** A credential that can be read without a key: a token, or a cookie that is signed or plain. */
export type DecodedView = {
  readonly encoding: "token" | Exclude<Encoding, "sealed">;
  /** For a token only. */
  readonly header: unknown;
  /** `null` if a step refused: unverified content is not shown. */
  readonly payload: unknown;
  /** How the server decodes and verifies it. If a step refused, it is the last. */
  readonly steps: readonly DecodingStep[];
  /** How it was made, in the server's order. Empty if a step refused: it was not made like this. */
  readonly making: readonly MakingStep[];
};

/** One step of decoding a value: its input or output, and whether the step accepted it. */
export type DecodingStep = {
  readonly step: string;
  readonly value: string;
  /** The expected value, where the step compares. */
  readonly wanted?: string;
  readonly ok: boolean;
};

/** One step of making a value, and what came of it. What proves the value is shortened. */
export type MakingStep = { readonly step: string; readonly value: string };

/** The checks of a token, in their order. The first step that refuses is the last. */
export const tokenSteps = [
  "spelling",
  "header",
  "algorithm",
  "key",
  "signature",
  "payload",
  "typ",
  "claims",
  "iss",
  "aud",
  "nbf",
  "exp",
  "shape",
  "variant",
] as const;

export type TokenStep = (typeof tokenSteps)[number];

/** The same for a signed cookie, behind its address. */
export const signedCookieSteps = ["split", "base64url", "key", "signature", "decompress", "parse"] as const;
