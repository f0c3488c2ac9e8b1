import { z } from "zod";
import { claim, refusalCode, variantId } from "../../http/openapi/shapes.ts";

const credential = z.enum(["access", "refresh"]);
const authority = z.enum(["current", "stale"]);
const runner = { lane: z.int(), credential };

const lane = z.strictObject({
  variant: variantId,
  thief: z.enum(["silent", "active"]),
  copies: z.array(z.strictObject({ credential, expected: claim.nullable(), expectedSeconds: z.number().nullable() })),
});

/** A line of a race, as it is told while it runs. */
export const raceLine = z
  .discriminatedUnion("type", [
    z.strictObject({
      type: z.literal("start"),
      plug: z.string(),
      lifetimes: z.string(),
      everySeconds: z.number(),
      lanes: z.array(lane),
    }),
    z.strictObject({ type: z.literal("failed"), lane: z.int(), status: z.int(), code: refusalCode.nullable() }),
    z.strictObject({
      type: z.literal("pulled"),
      lane: z.int(),
      afterLoginSeconds: z.number(),
      status: z.int().nullable(),
      code: refusalCode.nullable(),
    }),
    z.strictObject({
      type: z.literal("in"),
      copies: z.array(
        z.strictObject({ ...runner, seconds: z.number().nullable(), authority, reason: z.string().exactOptional() }),
      ),
    }),
    z.strictObject({
      type: z.literal("verdict"),
      ...runner,
      outcome: z.union([refusalCode, z.literal("exposed")]),
      until: z.string().nullable(),
      authority: authority.nullable(),
      code: refusalCode.nullable(),
      acceptedAfter: z.number().nullable(),
      refusedAfter: z.number().nullable(),
      holds: z.boolean(),
      reason: z.string(),
    }),
    z.strictObject({ type: z.literal("done") }),
  ])
  .meta({ id: "RaceLine" });
