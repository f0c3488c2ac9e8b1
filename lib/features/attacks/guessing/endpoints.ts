import { z } from "zod";
import { tooMany } from "../../../http/answers.ts";
import { asJson } from "../../../http/openapi/content.ts";
import { type Answer, type Call, type Endpoints, operation } from "../../../http/operation.ts";
import type { Limit } from "../../../http/password-attempts/limit.ts";
import { json } from "../../../http/problem.ts";
import { networkOf } from "../../../http/request/network.ts";
import { untilTheEnd } from "../../../http/stopping.ts";
import { onePlayOfALab } from "../one-play-of-a-lab.ts";
import { playAnswer, timesAnswer } from "./answers.ts";
import type { GuessingBench } from "./bench.ts";
import { guessingCases } from "./cases.ts";
import { mostMeasured } from "./model.ts";

const playBody = z.strictObject({ attack: z.enum(guessingCases.map(({ id }) => id)) });
const timesBody = z.strictObject({ each: z.int().min(1).max(mostMeasured) });

/** `limit`: by network. Each measurement pays for its hashes. */
export type GuessingPorts = { readonly bench: GuessingBench; readonly limit: Limit };

/**
 * Guessing: played in labs of its own, and measured. Lab mode only. What plays it, and the limits with a mistake, are
 * loaded when they are first asked for.
 */
export function guessingEndpoints(ports: GuessingPorts): Endpoints {
  const alone = onePlayOfALab("Guessing");
  return {
    "lab/guessing": {
      POST: operation({
        summary: "Guess at alice's password in this way, and see who is stopped",
        description:
          "In labs of its own: the attack against limits with a known mistake and against the right ones. Addresses are given by the lab, and hashes are counted and not paid for. One of a lab at a time.",
        lab: "start",
        labModeOnly: true,
        quiet: true,
        plays: true,
        body: playBody,
        answers: { 200: [asJson(playAnswer)] },
        run: (call) => alone(call, () => play(call, ports)),
      }),
    },
    "lab/guessing/times": {
      POST: operation({
        summary: "How long refused logins take, of a known and of an unknown name",
        description:
          "Real logins with a wrong password, so many of each name, in a lab of its own. Each pays for its hash: at most six measurements of a network in a minute.",
        lab: "start",
        labModeOnly: true,
        quiet: true,
        plays: true,
        body: timesBody,
        answers: { 200: [asJson(timesAnswer)] },
        run: (call) => alone(call, () => measure(call, ports)),
      }),
    },
  };
}

async function play({ body }: Call<z.infer<typeof playBody>>, { bench }: GuessingPorts): Promise<Answer> {
  const attack = guessingCases.find(({ id }) => id === body.attack);
  if (!attack) return { ok: false, code: "UNPROCESSABLE" };
  const [{ playGuessing }, { decidingLines }] = await Promise.all([
    import("./play-guessing.ts"),
    import("./deciding-lines.ts"),
  ]);
  return json(await playGuessing({ bench, lines: decidingLines() }, attack));
}

async function measure(call: Call<z.infer<typeof timesBody>>, { bench, limit }: GuessingPorts): Promise<Answer> {
  const { client, body } = call;
  const { wait } = await limit.reserve(networkOf(client.ip));
  if (wait !== null) return tooMany(wait);
  const { measureLogins } = await import("./play-guessing.ts");
  return json(await measureLogins(bench, body.each, untilTheEnd(call)));
}
