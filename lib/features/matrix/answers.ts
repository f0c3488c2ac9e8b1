import { z } from "zod";
import { claim, exchange, instant, reading, refusalCode, variantId } from "../../http/openapi/shapes.ts";

const step = <Actor extends string, Does extends string, More extends z.ZodRawShape>(
  actor: Actor,
  does: Does,
  more: More,
) => z.strictObject({ actor: z.literal(actor), does: z.literal(does), ...more });

const experimentStep = z
  .union([
    ...["log-in", "log-in-elsewhere", "log-out", "refresh", "change-password", "change-network"].map((does) =>
      step("victim", does, {}),
    ),
    ...["hold-back", "receive"].map((does) => step("victim", does, { what: z.literal("renewal") })),
    step("victim", "revoke", { scope: z.enum(["current", "another", "others", "all"]) }),
    step("victim", "forget", { what: z.enum(["page", "everything"]) }),
    ...["capture", "change-device", "ask-other-node", "plant"].map((does) => step("attacker", does, {})),
    step("attacker", "forge", { as: z.string() }),
    step("admin", "set-role", { role: z.enum(["user", "admin"]) }),
    ...["revoke-all", "disable"].map((does) => step("admin", does, {})),
    step("operator", "rotate-keys", { overlap: z.boolean() }),
    ...["lose-memory", "keep-sent-ids", "cache-reads", "route-sticky", "lose-other-node"].map((does) =>
      step("operator", does, {}),
    ),
    step("operator", "bind-logins", { to: z.literal("address").exactOptional() }),
    step("clock", "advance", { seconds: z.number() }),
    step("clock", "pass", { lifetime: z.enum(["idle", "longest"]), meanwhile: z.enum(["unused", "used"]) }),
  ])
  .meta({ id: "ExperimentStep" });

const experiment = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    group: z.enum(["owner", "admin", "server", "time", "thief", "use"]),
    question: z.string(),
    requirements: z.array(z.string()).exactOptional(),
    steps: z.array(experimentStep),
    replay: z.strictObject({
      at: z.enum(["own-flow", "other-flows"]),
      credentials: z.array(z.enum(["access", "refresh"])),
      thieves: z.array(z.enum(["silent", "active"])),
      of: z.literal("session-id").exactOptional(),
      by: z.enum(["owner", "browser"]).exactOptional(),
    }),
  })
  .meta({ id: "Experiment" });

export const experimentsAnswer = z.strictObject({ experiments: z.array(experiment) });

const stepFields = {
  actor: z.enum(["victim", "attacker", "admin", "operator", "clock"]),
  action: z.string(),
  request: z.string().exactOptional(),
  status: z.int().exactOptional(),
  code: refusalCode.exactOptional(),
  note: z.string().exactOptional(),
};

const cellFields = {
  experiment: z.string(),
  variant: variantId,
  expected: z.array(claim),
  observed: z.array(reading),
  holds: z.boolean(),
  steps: z.array(z.strictObject(stepFields)),
  milliseconds: z.number(),
  playedAt: instant,
};

const cell = z.strictObject(cellFields).meta({
  id: "MatrixCell",
  description: "One experiment against one variant: what was claimed beside what was seen.",
});

const failed = z.strictObject({
  type: z.literal("failed"),
  variant: variantId,
  experiment: z.string(),
  reason: z.string(),
});

export const matrixAnswer = z
  .strictObject({
    lab: z.string(),
    version: z.string(),
    settings: z.strictObject({ lifetimes: z.string() }),
    variants: z.array(variantId),
    experiments: z.array(z.string()),
    total: z.int(),
    missing: z.array(z.strictObject({ variant: variantId, needs: z.string() })),
    cells: z.array(cell),
    running: z.boolean(),
  })
  .meta({ id: "Matrix", description: "Every cell that this lab had played, and under what conditions." });

export const matrixLine = z
  .discriminatedUnion("type", [
    z.strictObject({ type: z.literal("begun"), cells: z.int() }),
    z.strictObject({ type: z.literal("cell"), cell }),
    failed,
    z.strictObject({ type: z.literal("done") }),
  ])
  .meta({ id: "MatrixLine" });

export const experimentLine = z
  .discriminatedUnion("type", [
    z.strictObject({ type: z.literal("step"), variant: variantId, ...stepFields }),
    z.strictObject({
      type: z.literal("verdict"),
      ...cellFields,
      performances: z.array(z.strictObject({ title: z.string(), exchanges: z.array(exchange) })).exactOptional(),
    }),
    failed,
  ])
  .meta({ id: "ExperimentLine" });
