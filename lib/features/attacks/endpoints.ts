import { z } from "zod";
import { noContent } from "../../http/answers.ts";
import { asJson } from "../../http/openapi/content.ts";
import { instant } from "../../http/openapi/shapes.ts";
import { type Answer, type Call, type Endpoints, operation } from "../../http/operation.ts";
import { json } from "../../http/problem.ts";
import type { AttacksView } from "./hosts/model.ts";
import type { LabAttacks } from "./lab-attacks.ts";
import { weaknessIds } from "./weaknesses/model.ts";

const weaknessBody = z.strictObject({ weakness: z.enum(weaknessIds), on: z.boolean() });
const pageBody = z.strictObject({ page: z.string().max(40), host: z.enum(["sibling", "attacker"]) });

const arrived = z.strictObject({
  at: instant,
  page: z.string(),
  name: z.string(),
  method: z.string(),
  path: z.string(),
  headers: z.array(z.tuple([z.string(), z.string()]).readonly()),
  cookies: z.array(z.string()),
  body: z.string(),
  status: z.int(),
});
const loot = z.strictObject({ at: instant, page: z.string(), dest: z.string(), text: z.string() });
const attacksAnswer = z
  .strictObject({
    origins: z.strictObject({
      victim: z.string(),
      sibling: z.string().nullable(),
      attacker: z.string().nullable(),
      otherPort: z.string().nullable(),
      vulnerable: z.string().nullable(),
    }),
    weaknesses: z.array(z.strictObject({ id: z.string(), title: z.string(), on: z.boolean() })),
    arrived: z.array(arrived),
    loot: z.array(loot),
  })
  .meta({
    id: "Attacks",
    description: "The attacks of a lab: the hosts, the weaknesses that are on, and what arrived.",
  }) satisfies z.ZodType<AttacksView>;

/** What every attack needs: the attacker's hosts, and weaknesses. Lab mode only. */
export function attackEndpoints(attacks: LabAttacks): Endpoints {
  const ofLab = { lab: "start", labModeOnly: true } as const;
  return {
    "lab/attacks": {
      GET: {
        ...ofLab,
        summary: "The attacks of this lab",
        description: "The hosts, the weaknesses that are on, the requests of attacks as they arrived, and the loot.",
        quiet: true,
        answers: { 200: [asJson(attacksAnswer)] },
        run: async ({ context }) => (context ? json(attacks.view(context.lab.id)) : notFound),
      },
    },
    "lab/attacks/weaknesses": {
      PATCH: operation({
        ...ofLab,
        summary: "Turn a weakness on or off",
        description: "It is on for this lab alone, until it is turned off, the lab is reset or the server restarts.",
        body: weaknessBody,
        answers: { 204: [] },
        run: async (call) => turn(call, attacks),
      }),
    },
    "lab/attacks/pages": {
      POST: operation({
        ...ofLab,
        summary: "Open a page of an attack on the attacker's host",
        description: "The address is good for one visit, within a minute. UNPROCESSABLE where no such host leads here.",
        quiet: true,
        body: pageBody,
        answers: { 200: [asJson(z.strictObject({ url: z.url() }))] },
        run: async (call) => openPage(call, attacks),
      }),
    },
  };
}

const notFound = { ok: false, code: "NOT_FOUND" } as const satisfies Answer;

function turn({ context, body }: Call<z.infer<typeof weaknessBody>>, attacks: LabAttacks): Answer {
  if (!context) return notFound;
  attacks.turn(context.lab.id, body.weakness, body.on);
  return noContent();
}

function openPage({ context, body }: Call<z.infer<typeof pageBody>>, attacks: LabAttacks): Answer {
  if (!context) return notFound;
  const url = attacks.openPage(context.lab.id, body.page, body.host);
  if (url !== null) return json({ url });
  const setting = body.host === "sibling" ? "SIBLING_ORIGIN" : "ATTACKER_ORIGIN";
  return { ok: false, code: "UNPROCESSABLE", detail: `host: no such host leads to this server. Set ${setting}.` };
}
