import type { DecodingStep } from "../core/lab-view.ts";
import type { Result } from "../core/result.ts";
import { type TokenStep, tokenSteps } from "../core/verification.ts";

/** Those that let the token through, and the one that did not; what each looked at, and what it wanted to see. */
export function tokenStepsOf(
  token: string,
  result: Result<unknown>,
  { requiredClaims, wanted }: { requiredClaims: readonly string[]; wanted: Partial<Record<TokenStep, string>> },
): readonly DecodingStep[] {
  const { header, payload, signature } = partsOf(token);
  const time = (value: unknown) => (typeof value === "number" ? isoOf(value) : text(value));
  const seen: Record<TokenStep, string> = {
    spelling: token
      .split(".")
      .map((part) => part.length)
      .join(" + "),
    header: Object.keys(header).join(", "),
    algorithm: text(header["alg"]),
    key: text(header["kid"]),
    signature: `${signature.slice(0, 4)}…${signature.slice(-4)}`,
    payload: Object.keys(payload).join(", "),
    typ: text(header["typ"]),
    claims: requiredClaims.filter((name) => Object.hasOwn(payload, name)).join(", "),
    iss: text(payload["iss"]),
    aud: text(payload["aud"]),
    nbf: time(payload["nbf"]),
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

function text(value: unknown): string {
  return (typeof value === "string" ? value : (JSON.stringify(value) ?? "none")).slice(0, 200);
}

function isoOf(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString();
}

type Members = Readonly<Record<string, unknown>>;

/** What can be read in a token that nobody has verified. */
export function partsOf(token: string): { header: Members; payload: Members; signature: string } {
  const [header = "", payload = "", signature = ""] = token.split(".");
  return { header: membersOf(header), payload: membersOf(payload), signature };
}

function membersOf(part: string): Members {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
  } catch {
    return {};
  }
}
