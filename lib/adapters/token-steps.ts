import { type DecodingStep, type MakingStep, type TokenStep, tokenSteps } from "../core/decoding.ts";
import type { Result } from "../core/result.ts";
import { instantOfNumericDate } from "../core/time.ts";
import { partsOf } from "./token-parts.ts";

/** The steps that accepted the token, and the one that refused; each with its value and the expected one. */
export function stepsOf(
  token: string,
  result: Result<unknown>,
  wanted: Partial<Record<TokenStep, string>>,
): readonly DecodingStep[] {
  const { header, payload, signature } = partsOf(token);
  const seen: Record<TokenStep, string> = {
    spelling: token
      .split(".")
      .map((part) => part.length)
      .join(" + "),
    header: Object.keys(header).join(", "),
    algorithm: text(header["alg"]),
    key: text(header["kid"]),
    signature: masked(signature),
    payload: Object.keys(payload).join(", "),
    typ: text(header["typ"]),
    claims: (wanted.claims ?? "")
      .split(", ")
      .filter((name) => Object.hasOwn(payload, name))
      .join(", "),
    iss: text(payload["iss"]),
    aud: text(payload["aud"]),
    nbf:
      payload["iat"] === payload["nbf"] ? time(payload["nbf"]) : `${time(payload["nbf"])}, iat ${time(payload["iat"])}`,
    exp: time(payload["exp"]),
    shape: `${text(payload["preferred_username"])}, ${text(payload["role"])}`,
    variant: text(payload["variant"]),
  };
  const names: readonly string[] = tokenSteps;
  const last = result.ok ? names.length : names.indexOf(result.at ?? "") + 1;
  return tokenSteps.slice(0, last).map((step, index) => ({
    step,
    value: seen[step],
    ...(wanted[step] !== undefined && { wanted: wanted[step] }),
    ok: result.ok || index < last - 1,
  }));
}

/** How it was made (RFC 7515 §5.1), computed from a token with a valid signature. Of other tokens it is unknown. */
export function makingOf(token: string, result: Result<unknown>): readonly MakingStep[] {
  if (!result.ok && result.code !== "EXPIRED") return [];
  const [header = "", payload = "", signature = ""] = token.split(".");
  const { alg, kid } = partsOf(token).header;
  return [
    { step: "serialise", value: `${decoded(header)} and ${decoded(payload)}` },
    { step: "base64url", value: `${header} and ${payload}` },
    { step: "sign", value: `${masked(signature)}, ${text(alg)} with key ${text(kid)}` },
    { step: "join", value: `${header}.${payload}.${masked(signature)}` },
  ];
}

function decoded(part: string): string {
  return Buffer.from(part, "base64url").toString("utf8");
}

/** A page may show what a token says, but not the whole signature. */
function masked(signature: string): string {
  return `${signature.slice(0, 4)}…${signature.slice(-4)}`;
}

function text(value: unknown): string {
  return (typeof value === "string" ? value : (JSON.stringify(value) ?? "none")).slice(0, 200);
}

/** Seconds since 1970 (RFC 7519 §2), as a date where they are one. */
function time(value: unknown): string {
  const instant = instantOfNumericDate(value);
  return instant === null ? text(value) : new Date(instant).toISOString();
}
