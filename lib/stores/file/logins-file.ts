import { z } from "zod";
import type { LoginRecord } from "../../core/record.ts";
import type { Data } from "../../core/session-data.ts";
import { latestInstant } from "../../core/time.ts";
import type { SessionDataMap } from "../memory/memory-session-data.ts";

const instant = z.int().min(0).max(latestInstant);

const stored = z.object({
  id: z.string(),
  key: z.string(),
  variant: z.templateLiteral([z.string(), "/", z.string()]),
  userId: z.string(),
  userVersion: z.int().min(0),
  createdAt: instant,
  lastSeenAt: instant,
  authenticatedAt: instant,
  /** Written by an earlier version it has none: the password is asked for. */
  elevatedUntil: instant.default(0),
  endsAt: instant,
  idleFor: instant,
  idleEndsAt: instant,
  remembered: z.boolean(),
  ip: z.string(),
  userAgent: z.string(),
  device: z.string(),
  ended: z
    .object({ at: instant, reason: z.enum(["logout", "revoked", "replaced", "reuse-detected", "evicted"]) })
    .nullable(),
});

/** As it was parsed, without a copy: a schema that copies loses a member called `__proto__`. */
const data = z.custom<Data>((value) => typeof value === "object" && value !== null && !Array.isArray(value));

const file = z.strictObject({
  version: z.literal(1),
  logins: z.array(z.strictObject({ record: stored, data })),
});

type StoredLogin = { readonly record: LoginRecord; readonly data: readonly (readonly [key: string, json: string])[] };

/** The logins in the order of their addition; none without a file. `broken`: the file is not as it was written. */
export function readLogins(text: string | null): readonly StoredLogin[] | "broken" {
  if (text === null) return [];
  try {
    return file.parse(JSON.parse(text)).logins.map((login) => ({
      record: login.record,
      data: Object.entries(login.data).map(([key, value]) => [key, JSON.stringify(value)] as const),
    }));
  } catch {
    return "broken";
  }
}

/** `records` newest first, as a store shows them. A record a line, so that a person can read the file. */
export function writeLogins(records: readonly LoginRecord[], sessionData: SessionDataMap): string {
  const lines = [...records].reverse().map((record) => {
    const data = [...(sessionData.get(record.id) ?? [])].map(([key, json]) => `${JSON.stringify(key)}:${json}`);
    return `{"record":${JSON.stringify(record)},"data":{${data.join(",")}}}`;
  });
  return `{"version":1,"logins":[\n${lines.join(",\n")}\n]}\n`;
}
