import { z } from "zod";
import { asJson } from "../../../http/openapi/content.ts";
import { instant } from "../../../http/openapi/shapes.ts";
import type { Answer, Call, Endpoints } from "../../../http/operation.ts";
import { json } from "../../../http/problem.ts";
import { browserIn } from "../hosts/model.ts";
import type { LabAttacks } from "../lab-attacks.ts";
import type { JudgedXss } from "./model.ts";
import { xssWays } from "./model.ts";
import type { Xss } from "./xss.ts";

const stolen = z.enum(["access", "refresh", "password"]);
const after = z.enum(["open", "logout", "revocation", "tab", "time"]);
const answer = { status: z.int(), code: z.string().nullable() };

const run = z.strictObject({
  id: z.string(),
  tried: z.boolean(),
  loot: z.array(
    z.strictObject({
      login: z.int(),
      way: z.enum([...xssWays, "markup"]),
      got: z.array(stolen),
      arrived: z.enum(["fetch", "image", "navigation"]),
    }),
  ),
  replays: z.array(z.strictObject({ after, what: stolen, again: z.boolean(), ...answer })),
  acts: z.array(z.strictObject({ after, amount: z.int(), ...answer })),
});

/** A play, without its tables: what a recording has. */
export const xssPlay = z.strictObject({ playedAt: instant, browser: z.string(), runs: z.array(run) });

const cell = z.strictObject({
  outcome: z.enum(["succeeds", "refused", "stopped", "nothing", "cannot", "untried"]),
  words: z.string(),
  gone: z.string().exactOptional(),
});
const rows = z.array(z.strictObject({ place: z.string(), cells: z.record(z.string(), cell) }));
const tables = z.strictObject({ ways: rows, verdicts: rows, injections: rows, defences: rows, outlives: rows });

const playAnswer = z.strictObject({ play: xssPlay.extend({ tables, done: z.boolean() }).nullable() }).meta({
  id: "XssPlay",
  description: "What an injected script got from every place, how it arrived, and what the thief did with it.",
}) satisfies z.ZodType<{ readonly play: JudgedXss | null }>;

/** One injected script against every place. Lab mode only. */
export function xssEndpoints(xss: Xss, attacks: LabAttacks): Endpoints {
  const ofLab = { lab: "start", labModeOnly: true } as const;
  return {
    "lab/xss": {
      GET: {
        ...ofLab,
        summary: "What the injected script got in this lab's newest play",
        description: "`null`: none was played.",
        quiet: true,
        answers: { 200: [asJson(playAnswer)] },
        run: async ({ context }) => (context ? json({ play: xss.view(context.lab.id) }) : notFound),
      },
      POST: {
        ...ofLab,
        summary: "Begin to play the injected script",
        description:
          "Answers the address of a page that is vulnerable on purpose, good for one visit. Each of its pages has a lab of its own. UNPROCESSABLE where its host or the attacker's does not lead here.",
        answers: { 200: [asJson(z.strictObject({ url: z.url() }))] },
        run: async (call) => begin(call, xss, attacks),
      },
    },
  };
}

const notFound = { ok: false, code: "NOT_FOUND" } as const satisfies Answer;

async function begin({ context, client }: Call, xss: Xss, attacks: LabAttacks): Promise<Answer> {
  if (!context) return notFound;
  const { id } = context.lab;
  const url = xss.origins.attacker === null ? null : attacks.openPage(id, xss.page.name, "vulnerable");
  if (url === null) {
    const detail = "No such hosts lead here. Set VULNERABLE_ORIGIN and ATTACKER_ORIGIN.";
    return { ok: false, code: "UNPROCESSABLE", detail };
  }
  await xss.begin(id, browserIn(client.userAgent));
  return json({ url });
}
