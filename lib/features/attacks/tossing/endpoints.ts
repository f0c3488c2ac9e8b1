import { z } from "zod";
import { asJson } from "../../../http/openapi/content.ts";
import { instant } from "../../../http/openapi/shapes.ts";
import type { Answer, Call, Endpoints } from "../../../http/operation.ts";
import { json } from "../../../http/problem.ts";
import { labCookieOf } from "../../../http/request/lab-cookie.ts";
import { browserIn } from "../hosts/model.ts";
import type { LabAttacks } from "../lab-attacks.ts";
import { namings, type TossingPlay, type TossingProgress } from "./model.ts";
import { labCookieLine, type Tossing } from "./tossing.ts";

const answer = z.strictObject({ status: z.int(), code: z.string().nullable(), as: z.string().nullable() });

const played = z.strictObject({
  naming: z.enum(namings.map(({ id }) => id)),
  way: z.string(),
  flows: z.array(
    z.strictObject({
      ...{ flow: z.string(), cookie: z.string(), sent: z.array(z.enum(["alice", "thief"])) },
      ...{ first: answer, own: answer },
    }),
  ),
});

/** A play, as a recording has it. */
export const tossingPlay = z.strictObject({
  playedAt: instant,
  browser: z.string(),
  origins: z.strictObject({ victim: z.string(), sibling: z.string().nullable(), attacker: z.string().nullable() }),
  played: z.array(played),
}) satisfies z.ZodType<TossingPlay>;

const progressAnswer = z
  .strictObject({
    progress: z.strictObject({ play: tossingPlay, planted: z.int(), untried: z.string().nullable() }).nullable(),
  })
  .meta({
    id: "TossingProgress",
    description: "Cookies that a sibling subdomain planted, and what alice's own requests then brought.",
  }) satisfies z.ZodType<{ readonly progress: TossingProgress | null }>;

/** Cookie tossing. Lab mode only. */
export function tossingEndpoints(tossing: Tossing, attacks: LabAttacks): Endpoints {
  const ofLab = { lab: "start", labModeOnly: true } as const;
  return {
    "lab/tossing": {
      GET: {
        ...ofLab,
        summary: "The cookies that were tossed in this lab, and what came of each",
        description: "`null`: none were played.",
        quiet: true,
        answers: { 200: [asJson(progressAnswer)] },
        run: async ({ context }) => (context ? json({ progress: tossing.view(context.lab.id) }) : notFound),
      },
      POST: {
        ...ofLab,
        summary: "Begin to toss cookies, at the host of the victim",
        description:
          "Answers the address of the sibling's page, good for one visit. UNPROCESSABLE at another host than that of the victim, and where no sibling's host leads here.",
        answers: { 200: [asJson(z.strictObject({ url: z.url(), ticket: z.string() }))] },
        run: async (call) => begin(call, tossing, attacks),
      },
    },
  };
}

const notFound = { ok: false, code: "NOT_FOUND" } as const satisfies Answer;

function begin({ context, request, jar, client }: Call, tossing: Tossing, attacks: LabAttacks): Answer {
  const cookie = labCookieOf(jar);
  if (!context || cookie === null) return notFound;
  const { victim } = tossing.origins;
  if (request.headers.get("host") !== new URL(victim).host) {
    return { ok: false, code: "UNPROCESSABLE", detail: `Open the page at ${victim}, the host of the victim.` };
  }
  const { id } = context.lab;
  const url = attacks.openPage(id, tossing.page.name, "sibling");
  if (url === null || !tossing.domain.includes(".")) {
    return { ok: false, code: "UNPROCESSABLE", detail: "No sibling of the victim's leads here. Set SIBLING_ORIGIN." };
  }
  const ticket = attacks.ticket(id, tossing.page.name);
  tossing.begin(id, { ticket, labCookie: cookie, browser: browserIn(client.userAgent) });
  // The jar is going to overflow.
  jar.send(labCookieLine(cookie));
  return json({ url, ticket });
}
