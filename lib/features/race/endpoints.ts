import { z } from "zod";
import type { Answer, Call, Endpoint } from "../../http/operation.ts";

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
export const raceEndpoint: Endpoint = {
  POST: { lab: "start", labModeOnly: true, quiet: true, body: raceBody, run: race },
};

async function race({ app, world, body, request }: Call): Promise<Answer> {
  if (!world) return { ok: false, code: "NOT_FOUND" };
  const started = app.lab.race(world, raceBody.parse(body), request.signal);
  if (started.ok) return new Response(started.value, { headers: { "content-type": "application/x-ndjson" } });
  const { retryAfter, ...declined } = started;
  return { ...declined, ...(retryAfter !== undefined && { headers: { "retry-after": String(retryAfter) } }) };
}
