import type { VariantId } from "../../core/ids.ts";
import { jsonIn } from "../../core/text/read-json.ts";

/** The lab and variant that a credential names. This is no proof: it only tells which keys and records to try. */
export type Address = { readonly labId: string; readonly variant: string };

const label = /^[a-z0-9-]{1,40}$/;

/**
 * Reads the address from a credential: `<lab>.<variant>.…` in front of an opaque or sealed value, and `iss` and
 * `variant` in a token. `null`: it has no address of ours.
 */
export function addressOf(credential: string): Address | null {
  const [labId = "", variant = "", ...rest] = credential.split(".");
  // Asked first, because it costs nothing. The header of a token has capital letters, so none of ours is mistaken.
  if (rest.length > 0 && label.test(labId) && label.test(variant)) return { labId, variant };
  const { iss, variant: named } = decodeToken(credential)?.payload ?? {};
  const address = { labId: lastPart(iss), variant: lastPart(named) };
  return label.test(address.labId) && label.test(address.variant) ? address : null;
}

/** The lab that a credential names, also if it names no variant. */
export function labNamedBy(credential: string): string | null {
  const labId = addressOf(credential)?.labId ?? lastPart(decodeToken(credential)?.payload["iss"]);
  return label.test(labId) ? labId : null;
}

function lastPart(path: unknown): string {
  return typeof path === "string" ? (path.split("/").at(-1) ?? "") : "";
}

export function variantOf(flow: string, address: Address): VariantId {
  return `${flow}/${address.variant}`;
}

/**
 * Header and payload of a compact JWT, unverified: encoded, not encrypted, so anyone can read them. `null`: it is no
 * JWT.
 */
export function decodeToken(
  text: string,
): { header: Record<string, unknown>; payload: Record<string, unknown> } | null {
  const [header, payload, signature, ...rest] = text.split(".");
  if (!header || !payload || signature === undefined || rest.length > 0) return null;
  const decoded = { header: decodePart(header), payload: decodePart(payload) };
  return decoded.header && decoded.payload ? { header: decoded.header, payload: decoded.payload } : null;
}

function decodePart(part: string): Record<string, unknown> | null {
  const value = jsonIn(Buffer.from(part, "base64url").toString("utf8"));
  return isObject(value) ? value : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
