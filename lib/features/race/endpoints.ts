import { z } from "zod";
import { type Answer, type Call, type Endpoints, operation } from "../../http/operation.ts";
import type { Races } from "./races.ts";

const raceBody = z.strictObject({
  plug: z.string().max(60),
  variants: z
    .array(z.templateLiteral([z.string(), "/", z.string()]))
    .min(1)
    .max(50)
    .refine((ids) => new Set(ids).size === ids.length, "must not name one twice"),
});

/**
 * Everybody logs in with lifetimes of seconds, one plug is pulled, and copies are asked about in real time until none
 * of them gets in. In labs of its own; it ends by itself, and as soon as nobody reads it any more.
 */
export function raceEndpoints(races: Races): Endpoints {
  return {
    "lab/race": {
      POST: operation({
        lab: "start",
        labModeOnly: true,
        quiet: true,
        body: raceBody,
        run: (call) => race(call, races),
      }),
    },
  };
}

async function race({ world, body, request }: Call<z.infer<typeof raceBody>>, races: Races): Promise<Answer> {
  if (!world) return { ok: false, code: "NOT_FOUND" };
  const started = races.start(world.lab.id, body, request.signal);
  if (started.ok) return new Response(started.value, { headers: { "content-type": "application/x-ndjson" } });
  const { retryAfter, ...declined } = started;
  return { ...declined, ...(retryAfter !== undefined && { headers: { "retry-after": String(retryAfter) } }) };
}
