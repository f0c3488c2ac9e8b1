import type { Encoding } from "./settings.ts";

/** A credential that can be read without a key: a token, or a cookie that is signed or plain. */
export type DecodedView = {
  readonly encoding: "token" | Exclude<Encoding, "sealed">;
  /** Of a token only. */
  readonly header: unknown;
  /** `null` where a step refused: what did not verify is not looked at. */
  readonly payload: unknown;
  /** How the server takes it apart and verifies it; the last step is the one that refused, if any did. */
  readonly steps: readonly DecodingStep[];
};

/** One step of decoding a value: its input or output, and whether the step accepted it. */
export type DecodingStep = {
  readonly step: string;
  readonly value: string;
  /** The expected value, where the step compares. */
  readonly wanted?: string;
  readonly ok: boolean;
};

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

/** The same for a signed cookie, once its address is taken off. */
export const signedCookieSteps = ["split", "base64url", "key", "signature", "decompress", "parse"] as const;
