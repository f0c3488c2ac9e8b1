import { z } from "zod";
import { readsBy } from "../../stores/prisma/database.ts";
import { attackOrigins, objectionsToHosts } from "./attack-origins.ts";
import { isLabMode } from "./lab-mode.ts";

const onOff = z.enum(["on", "off"]);
const count = z.coerce.number().int().min(1).max(1_000_000);

const secret = z
  .string({ error: "must be set: at least 32 random characters, for example from `openssl rand -base64 48`" })
  .min(32, "must have at least 32 characters, for example from `openssl rand -base64 48`")
  .refine((text) => new Set(text).size >= 12 && !/secret|password|change.?me|example/i.test(text), {
    error: "must be random; this one looks like a default",
  });

/** Wrong passwords of a name at a network, and logins of a network, in so many seconds. */
export const usualLimits = {
  LOGIN_ATTEMPTS: 10,
  LOGIN_ATTEMPTS_PER_ADDRESS: 100,
  LOGIN_WINDOW_SECONDS: 300,
} as const;

const origin = z
  .url({ protocol: /^https?$/, error: "must be an origin such as https://evil.example" })
  .transform((text) => new URL(text).origin)
  .optional();

const schema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  LAB_MODE: onOff.optional(),
  LOGINSCOPE_SECRET: secret,
  LOGINSCOPE_SECRET_PREVIOUS: z
    .string()
    .default("")
    .transform((list) => list.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(secret).max(3, "must be three at most: the longer the list, the more keys open everything")),
  LOGINSCOPE_ORIGIN: z
    .url({ protocol: /^https?$/, error: "must be an address such as https://login.example" })
    .optional(),
  DATABASE_URL: z.string().startsWith("file:", "must begin with file: (SQLite)").default("file:./data/loginscope.db"),
  SQL_READS: z.enum(readsBy).default("prisma"),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: "must be an address such as redis://localhost:6379" }).optional(),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  TRUST_PROXY: onOff.default("off"),
  CORS_ORIGINS: z
    .string()
    .default("")
    .transform((list) =>
      list
        .split(",")
        .map((each) => each.trim())
        .filter(Boolean),
    )
    .pipe(z.array(z.url("must be a comma-separated list of origins")))
    // As browsers write an origin: without a path, and without the default port.
    .transform((list) => list.map((each) => new URL(each).origin)),
  VICTIM_ORIGIN: origin,
  SIBLING_ORIGIN: origin,
  ATTACKER_ORIGIN: origin,
  OTHER_PORT_ORIGIN: origin,
  VULNERABLE_ORIGIN: origin,
  LOGIN_ATTEMPTS: count.default(usualLimits.LOGIN_ATTEMPTS),
  LOGIN_ATTEMPTS_PER_ADDRESS: count.default(usualLimits.LOGIN_ATTEMPTS_PER_ADDRESS),
  LOGIN_WINDOW_SECONDS: count.default(usualLimits.LOGIN_WINDOW_SECONDS),
  REFRESHES_PER_MINUTE: count.default(60),
  LABS_PER_HOUR: count.default(400),
  LAB_HOURS: count.default(24),
  // RFC 9116 §2.5.3 asks for an address with a scheme, so a bare e-mail address is refused.
  SECURITY_CONTACT: z
    .string()
    .regex(/^(mailto:|https:\/\/|tel:)\S+$/, "must be an address such as mailto:security@login.example")
    .optional(),
  BENCH: onOff.default("off"),
  TEST_RESULTS: z.string().default("./test-results/conformance.json"),
  TEST_RECORD: z.string().default("./public/conformance.json"),
});

export type Environment = Readonly<Omit<z.infer<typeof schema>, keyof ReturnType<typeof attackOrigins>>> &
  ReturnType<typeof attackOrigins> & { readonly labMode: boolean; readonly origin: string };

/**
 * Reads all environment variables at once. Throws one error that names every wrong or missing value, and the expected
 * form.
 */
export function readEnvironment(source: Readonly<Record<string, string | undefined>> = process.env): Environment {
  // An empty value counts as left out.
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `  ${path[0]?.toString()}: ${message}`);
    throw notAsExpected([...new Set(lines)]);
  }
  const { LOGINSCOPE_ORIGIN, PORT } = parsed.data;
  const own = new URL(LOGINSCOPE_ORIGIN ?? `http://localhost:${PORT}`).origin;
  const hosts = attackOrigins(parsed.data, own);
  const objections = objectionsToHosts(hosts, own);
  if (objections.length > 0) throw notAsExpected(objections);
  return { ...parsed.data, ...hosts, labMode: isLabMode(parsed.data), origin: own };
}

function notAsExpected(lines: readonly string[]): EnvironmentError {
  return new EnvironmentError(`The environment is not as expected:\n${lines.join("\n")}`);
}

export class EnvironmentError extends Error {}
