import { z } from "zod";
import { presetNames } from "../../core/time.ts";
import { cookiePrefixes } from "../../lab/cookies/cookie-prefix.ts";
import type { SettingsChange } from "../../lab/lab-settings.ts";

const strictness = z.enum(["off", "warn", "enforce"]);
const days = z.int().min(1).max(400);
/** What may stand in an attribute without ending it (RFC 6265bis §4.1.1). */
const attribute = z.string().max(200);

const cookies = z.strictObject({
  sameSite: z.enum(["omitted", "none", "lax", "strict"]).nullable().optional(),
  secure: z.boolean().nullable().optional(),
  httpOnly: z.boolean().nullable().optional(),
  path: attribute
    .regex(/^\/[!-:<-~]*$/, "must begin with / and have neither spaces nor semicolons")
    .nullable()
    .optional(),
  domain: attribute
    .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i, "must be a host name")
    .nullable()
    .optional(),
  prefix: z
    .enum(["", ...cookiePrefixes])
    .nullable()
    .optional(),
  partitioned: z.boolean().nullable().optional(),
  maxAge: z
    .union([z.int().min(0).max(100_000_000), z.literal("session")], "must be seconds, or session")
    .nullable()
    .optional(),
});

/** `PATCH /api/lab/settings`: any part of a lab's settings; the rest stays as it is. `null` goes back to the usual. */
export const settingsBody = z
  .strictObject({
    lifetimes: z.enum(presetNames).optional(),
    rememberedDays: days.nullable().optional(),
    skewSeconds: z.int().min(0).max(300).optional(),
    binding: z.strictObject({ userAgent: strictness.optional(), ip: strictness.optional() }).optional(),
    parallelLogins: z.int().min(1).max(100).nullable().optional(),
    personalData: z.boolean().optional(),
    cookies: cookies.optional(),
  })
  .refine((change) => Object.keys(change).length > 0, "must have at least one setting")
  .transform((change) => withoutGaps(change));

/** `undefined` says nothing, so it changes nothing. */
function withoutGaps(change: object): SettingsChange {
  return JSON.parse(JSON.stringify(change));
}
