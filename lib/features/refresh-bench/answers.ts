import { z } from "zod";
import { refusalCode } from "../../http/openapi/shapes.ts";
import type { BenchRun, BenchTally } from "./model.ts";

const token = z.string().nullable();
const kind = <Kind extends string, More extends z.ZodRawShape>(name: Kind, more: More) =>
  z.strictObject({ kind: z.literal(name), ...more });

const event = z.discriminatedUnion("kind", [
  kind("wait", { seconds: z.number() }),
  kind("copy", { token }),
  kind("send", { request: z.string(), token }),
  kind("shared", {}),
  kind("store", { call: z.string(), token, found: z.string() }),
  kind("answer", { request: z.string(), status: z.int(), code: refusalCode.nullable(), token }),
  kind("lost", { request: z.string(), status: z.int() }),
  kind("crash", {}),
  kind("restart", { emptied: z.boolean() }),
]);

const tree = z
  .strictObject({
    tokens: z.array(
      z.strictObject({ name: z.string(), generation: z.int(), parent: token, usedAt: z.number().nullable() }),
    ),
    ended: z
      .strictObject({
        reason: z.enum(["logout", "revoked", "replaced", "reuse-detected", "evicted"]),
        at: z.number(),
      })
      .nullable(),
    holding: z.strictObject({ browser: token, thief: token }),
  })
  .meta({ id: "RefreshTree", description: "The family as the server holds it, and who holds which token." });

export const runAnswer = z
  .strictObject({
    strategy: z.string(),
    schedule: z.string(),
    singleFlight: z.boolean(),
    seed: z.int(),
    begin: tree,
    steps: z.array(
      z.strictObject({
        actor: z.enum(["tab-1", "tab-2", "tab-3", "thief", "network", "process", "clock"]),
        event,
        at: z.number(),
        settling: z.boolean(),
        tree,
      }),
    ),
    outcome: z.strictObject({ falseLogout: z.boolean(), thiefSurvives: z.boolean(), inAfterEnd: z.boolean() }),
  })
  .meta({ id: "RefreshRun" }) satisfies z.ZodType<BenchRun>;

const count = z.strictObject({ times: z.int(), of: z.int(), seed: z.int().nullable() }).exactOptional();

export const countLine = z
  .strictObject({
    strategy: z.string(),
    schedule: z.string(),
    singleFlight: z.boolean(),
    runs: z.int(),
    bad: z.strictObject({ "false-logout": count, "thief-survives": count, "in-after-end": count }),
  })
  .meta({ id: "RefreshCount" }) satisfies z.ZodType<BenchTally>;
