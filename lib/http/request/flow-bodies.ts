import { z } from "zod";
import { shortText } from "./text.ts";

/** Bodies of the calls that every flow has: at the edge of the labs and at that of a variant by itself. */

/** A name and a password, and no further factor (ASVS 6.3.3). */
export const loginBody = z.strictObject({
  username: shortText,
  password: shortText,
  variant: z.string().max(80).optional(),
  remember: z.boolean().optional(),
  client: z.enum(["browser", "native"]).optional(),
  /** The refresh token of the login that this one replaces, if it is not in a cookie. */
  refresh_token: shortText.optional(),
});

/** `{}` says as much as no body: ordinary clients send one where there is nothing to say. */
export const refreshBody = z.strictObject({ refresh_token: shortText.optional() }).optional();

export const revokeBody = z.union(
  [z.strictObject({ scope: z.enum(["current", "others", "all"]) }), z.strictObject({ session: shortText })],
  'must be {"scope": "current" | "others" | "all"} or {"session": "<id>"}',
);
