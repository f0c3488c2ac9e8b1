import { tooMany } from "../../../http/answers.ts";
import type { Limit } from "../../../http/application.ts";
import { asJson } from "../../../http/openapi/content.ts";
import type { Answer, Call, Endpoints } from "../../../http/operation.ts";
import { json } from "../../../http/problem.ts";
import { networkOf } from "../../../http/request/network.ts";
import { playAnswer, timesAnswer } from "./answers.ts";
import type { GuessingBench } from "./bench.ts";

/** Of all labs of a process. A play sends some thousands of requests. */
const playsAtOnce = 2;

/** `limit`: by network. Each measurement pays for its hashes. */
export type GuessingPorts = { readonly bench: GuessingBench; readonly limit: Limit };

/**
 * Guessing: played in labs of its own, and measured. Lab mode only. What plays it, and the limits with a mistake, are
 * loaded when they are first asked for.
 */
export function guessingEndpoints(ports: GuessingPorts): Endpoints {
  const playing = new Set<string>();
  return {
    "lab/guessing": {
      POST: {
        summary: "Guess at alice's password in every way, and see who is stopped",
        description:
          "In labs of its own: each attack against limits with a known mistake and against the right ones. Addresses are given by the lab, and hashes are counted and not paid for. One of a lab at a time.",
        lab: "start",
        labModeOnly: true,
        quiet: true,
        answers: { 200: [asJson(playAnswer)] },
        refuses: ["TOO_MANY_REQUESTS"],
        run: (call) => alone(call, ports, playing, play),
      },
    },
    "lab/guessing/times": {
      POST: {
        summary: "How long refused logins take, of a known and of an unknown name",
        description:
          "40 real logins with a wrong password, in a lab of its own. Each pays for its hash: at most six measurements of a network in a minute.",
        lab: "start",
        labModeOnly: true,
        quiet: true,
        answers: { 200: [asJson(timesAnswer)] },
        refuses: ["TOO_MANY_REQUESTS"],
        run: (call) => alone(call, ports, playing, measure),
      },
    },
  };
}

type Run = (ports: GuessingPorts, gone: AbortSignal, call: Call) => Promise<Answer>;

async function alone(call: Call, ports: GuessingPorts, playing: Set<string>, run: Run): Promise<Answer> {
  const { app, context, request } = call;
  if (!context) return { ok: false, code: "NOT_FOUND" };
  const { id } = context.lab;
  if (playing.has(id) || playing.size >= playsAtOnce) {
    const detail = "Guessing is being played. Wait until it is done.";
    return { ok: false, code: "TOO_MANY_REQUESTS", detail, headers: { "retry-after": "5" } };
  }
  playing.add(id);
  try {
    return await run(ports, AbortSignal.any([request.signal, app.stopping]), call);
  } finally {
    playing.delete(id);
  }
}

const play: Run = async ({ bench }, gone) => {
  const [{ playGuessing }, { decidingLines }] = await Promise.all([
    import("./play-guessing.ts"),
    import("./deciding-lines.ts"),
  ]);
  return json(await playGuessing({ bench, lines: decidingLines() }, gone));
};

const measure: Run = async ({ bench, limit }, gone, { client }) => {
  const { wait } = await limit.reserve(networkOf(client.ip));
  if (wait !== null) return tooMany(wait);
  const { measureLogins } = await import("./play-guessing.ts");
  return json(await measureLogins(bench, gone));
};
