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
  const token = decodeToken(credential);
  if (token) {
    const { iss, variant } = token.payload;
    const labId = typeof iss === "string" ? (iss.split("/").at(-1) ?? "") : "";
    const name = typeof variant === "string" ? (variant.split("/").at(-1) ?? "") : "";
    return label.test(labId) && label.test(name) ? { labId, variant: name } : null;
  }
  const [labId = "", variant = "", ...rest] = credential.split(".");
  return rest.length > 0 && label.test(labId) && label.test(variant) ? { labId, variant } : null;
}

/** The lab that a credential names, also if it names no variant. */
export function labNamedBy(credential: string): string | null {
  const { iss } = decodeToken(credential)?.payload ?? {};
  const labId = typeof iss === "string" ? (iss.split("/").at(-1) ?? "") : addressOf(credential)?.labId;
  return labId && label.test(labId) ? labId : null;
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
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : null;
}
