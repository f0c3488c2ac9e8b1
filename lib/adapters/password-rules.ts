import { dictionary } from "@zxcvbn-ts/language-common";
import { codePoints } from "../core/text/code-points.ts";

/** ASVS asks for 8 and recommends 15. NIST 3.1.1.2 length asks for 15 where the password is the only factor. */
const shortest = 8;
const common = new Set(dictionary["passwords-common"]);

/**
 * A sentence on what is wrong with a new password, or `null`. Length and a list of common ones; no
 * words of this application (ASVS 6.2.11), no age (ASVS 6.2.10), no rules of composition (ASVS 6.2.1, 6.2.4, 6.2.5, 6.2.9; NIST 3.1.1.2 composition, NIST 3.1.1.2 blocklist).
 */
export function objectionTo(password: string): string | null {
  // Characters as a person counts them (NIST 3.1.1.2 length): code points, of the form that is hashed.
  if (codePoints(password.normalize("NFC")) < shortest) return `must have at least ${shortest} characters.`;
  if (common.has(password.toLowerCase())) return "is one of the passwords that everybody tries first.";
  return null;
}
