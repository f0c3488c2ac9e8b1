import { z } from "zod";
import { asLines } from "../../http/openapi/content.ts";
import { type Answer, type Call, type Endpoints, operation } from "../../http/operation.ts";
import { untilTheEnd } from "../../http/stopping.ts";
import { raceLine } from "./answers.ts";
import type { Races } from "./races.ts";

const raceBody = z.strictObject({
  plug: z.string().max(60),
  variants: z
    .array(z.templateLiteral([z.string(), "/", z.string()]))
    .min(1)
    .max(50)
    .refine((ids) => new Set(ids).size === ids.length, "must not name one twice"),
  active: z.boolean().optional(),
});

/**
 * A race: each variant logs in with lifetimes of seconds, one event happens in all of them, and copies are tried in
 * real time until each is refused. It runs in labs of its own. It ends by itself, or when its reader disconnects.
 */
export function raceEndpoints(races: Races): Endpoints {
  return {
    "lab/race": {
      POST: operation({
        summary: "Pull a plug, and see for how long copies of a credential still get in",
        description:
          "`plug` is the experiment whose last step is pulled. `active`: a second lane follows a thief who keeps using the copy, where the variant claims another time for that. In real time, in labs of its own, with lifetimes of seconds; over after two minutes at most, and as soon as nobody reads it. One of a lab at a time.",
        lab: "start",
        labModeOnly: true,
        quiet: true,
        plays: true,
        body: raceBody,
        answers: { 200: [asLines(raceLine)] },
        run: (call) => race(call, races),
      }),
    },
  };
}

async function race({ app, context, body, request }: Call<z.infer<typeof raceBody>>, races: Races): Promise<Answer> {
  if (!context) return { ok: false, code: "NOT_FOUND" };
  const started = races.start(context.lab.id, body, untilTheEnd({ app, request }));
  if (started.ok) return new Response(started.value, { headers: { "content-type": "application/x-ndjson" } });
  const { retryAfter, ...declined } = started;
  return { ...declined, ...(retryAfter !== undefined && { headers: { "retry-after": String(retryAfter) } }) };
}
