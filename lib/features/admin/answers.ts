import { z } from "zod";
import { identity, instant, sessionOfFlow, variantId } from "../../http/openapi/shapes.ts";
import type { CountsView, PeopleView } from "./model.ts";

export const peopleAnswer = z
  .strictObject({
    people: z.array(identity.extend({ disabled: z.boolean(), logins: z.array(sessionOfFlow) })),
    cannotList: z.array(z.strictObject({ flow: z.string(), variant: variantId, why: z.string() })),
    unanswered: z.array(variantId),
    next: z.string().nullable(),
  })
  .meta({ id: "People", description: "One page of the people of a lab." }) satisfies z.ZodType<PeopleView>;

const swept = { labs: z.int(), records: z.int(), families: z.int(), deniedTokens: z.int() };

export const countsAnswer = z
  .strictObject({
    live: z.array(
      z.strictObject({
        flow: z.string(),
        kind: z.enum(["session", "refresh family", "payment session"]),
        store: z.enum(["sql", "memory", "file", "redis", "cached"]),
        count: z.int().nullable(),
      }),
    ),
    deniedTokens: z.int(),
    people: z.int(),
    cleanUp: z.strictObject({ at: instant, ...swept }).nullable(),
    overloaded: z.int(),
  })
  .meta({ id: "Counts", description: "What is live in a lab." }) satisfies z.ZodType<CountsView>;
