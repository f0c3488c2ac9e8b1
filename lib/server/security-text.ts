import { day } from "../core/time.ts";
import type { Environment } from "./process/env.ts";

/**
 * RFC 9116 §2.5.5 asks for less than a year. Counted from the start: a server that is no longer restarted is no longer
 * maintained.
 */
const validFor = 180 * day;

/** `/.well-known/security.txt` (RFC 9116): where to report a vulnerability. `null` where no contact is configured. */
export function securityText(
  { SECURITY_CONTACT, origin }: Pick<Environment, "SECURITY_CONTACT" | "origin">,
  startedAt: number,
): string | null {
  if (SECURITY_CONTACT === undefined) return null;
  const fields = {
    Contact: SECURITY_CONTACT,
    Expires: new Date(startedAt + validFor).toISOString(),
    "Preferred-Languages": "en",
    Canonical: `${origin}/.well-known/security.txt`,
  };
  return Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join("");
}
