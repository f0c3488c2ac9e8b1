import { z } from "zod";
import { asJson } from "../../../http/openapi/content.ts";
import { instant } from "../../../http/openapi/shapes.ts";
import { type Answer, type Call, type Endpoints, operation } from "../../../http/operation.ts";
import { json } from "../../../http/problem.ts";
import { browserIn } from "../hosts/model.ts";
import type { LabAttacks } from "../lab-attacks.ts";
import type { Csrf } from "./csrf.ts";
import type { JudgedPlay } from "./model.ts";
import { cookieLines } from "./watched-cookies.ts";

const playBody = z.strictObject({ flow: z.string().max(40) });
const begun = z.strictObject({ url: z.url(), ticket: z.string(), token: z.string() });

const answer = z.strictObject({ status: z.int(), code: z.string().nullable() });
const request = z.strictObject({
  method: z.string(),
  path: z.string(),
  headers: z.record(z.string(), z.string()),
  cookies: z.array(z.tuple([z.string(), z.string()]).readonly()),
  body: z.string(),
});
const played = z.strictObject({
  id: z.string(),
  request: request.nullable(),
  weak: answer.nullable(),
  edge: answer.nullable(),
  flows: z.array(z.strictObject({ flow: z.string(), weak: answer, edge: answer })),
  frame: z.strictObject({ open: z.boolean(), closed: z.boolean() }).nullable(),
});

/** A play, without its verdicts: what a recording has. */
export const csrfPlay = z.strictObject({
  playedAt: instant,
  browser: z.string(),
  flow: z.string(),
  origins: z.strictObject({
    victim: z.string(),
    sibling: z.string().nullable(),
    attacker: z.string().nullable(),
    otherPort: z.string().nullable(),
  }),
  cases: z.array(played),
});

const verdict = z.strictObject({
  outcome: z.enum(["succeeds", "refused", "stopped", "untried"]),
  code: z.string().nullable(),
});
const playAnswer = z
  .strictObject({
    play: csrfPlay
      .extend({ verdicts: z.record(z.string(), z.record(z.string(), verdict)), done: z.boolean() })
      .nullable(),
  })
  .meta({
    id: "CsrfPlay",
    description: "Cross-site requests as they arrived, and the verdict of each defence on each.",
  }) satisfies z.ZodType<{ readonly play: JudgedPlay | null }>;

/** Cross-site requests. Lab mode only. */
export function csrfEndpoints(csrf: Csrf, attacks: LabAttacks): Endpoints {
  const ofLab = { lab: "start", labModeOnly: true } as const;
  return {
    "lab/csrf": {
      GET: {
        ...ofLab,
        summary: "The cross-site requests of this lab, and what each defence makes of them",
        description: "`null`: none were played.",
        quiet: true,
        answers: { 200: [asJson(playAnswer)] },
        run: async ({ context }) => (context ? json({ play: await csrf.view(context.lab.id) }) : notFound),
      },
      POST: operation({
        ...ofLab,
        summary: "Begin to play them, at the host of the victim",
        description:
          "Turns the weaknesses on, sets the cookies that are watched, and answers the address of the attacker's page, good for one visit. UNPROCESSABLE at another host than that of the victim.",
        body: playBody,
        answers: { 200: [asJson(begun)] },
        run: (call) => begin(call, csrf, attacks),
      }),
    },
  };
}

const notFound = { ok: false, code: "NOT_FOUND" } as const satisfies Answer;

async function begin(
  { app, context, body, request: asked, jar, client }: Call<z.infer<typeof playBody>>,
  csrf: Csrf,
  attacks: LabAttacks,
): Promise<Answer> {
  if (!context) return notFound;
  const flow = app.flows.find(({ manifest }) => manifest.id === body.flow)?.manifest.id;
  if (flow === undefined) {
    return { ok: false, code: "UNPROCESSABLE", detail: "flow: there is no flow of that name." };
  }
  const { victim } = csrf.origins;
  if (asked.headers.get("host") !== new URL(victim).host) {
    return { ok: false, code: "UNPROCESSABLE", detail: `Open the page at ${victim}, the host of the victim.` };
  }
  const { id } = context.lab;
  const url = attacks.openPage(id, csrf.page.name, "attacker");
  if (url === null) {
    return { ok: false, code: "UNPROCESSABLE", detail: "No host of the attacker leads here. Set ATTACKER_ORIGIN." };
  }
  await giveBack(context.people);
  for (const weakness of ["any-origin", "same-site-none"] as const) attacks.turn(id, weakness, true);
  const tokens = csrf.begin(id, flow, browserIn(client.userAgent));
  for (const line of cookieLines(tokens, victim)) jar.send(line);
  return json({ url, ticket: attacks.ticket(id, csrf.page.name), token: tokens.own });
}

/** The coins that earlier plays moved, so that alice never runs out of them. */
async function giveBack(people: NonNullable<Call["context"]>["people"]): Promise<void> {
  const bob = (await people.list()).find(({ username }) => username === "bob");
  if (bob && bob.balance > 100) await people.transfer(bob.id, "alice", bob.balance - 100);
}
