import { z } from "zod";
import type { VariantId } from "../../core/ids.ts";
import { identityOf } from "../../core/user.ts";
import { sessionView } from "../../http/answers.ts";
import type { LabContext } from "../../http/application.ts";
import { acceptedVariants, liveLoginsOf } from "../../http/live-logins.ts";
import { asJson } from "../../http/openapi/content.ts";
import type { Answer, Endpoints } from "../../http/operation.ts";
import { json } from "../../http/problem.ts";
import { readQuery } from "../../http/request/query.ts";
import type { Person } from "../../lab/lab.ts";
import { type AdminCall, forAdmin } from "./admin-endpoints.ts";
import { countsAnswer, peopleAnswer } from "./answers.ts";
import type { CannotList, CountsView, PeopleView, PersonOfLab } from "./model.ts";

const page = {
  schema: z.strictObject({
    after: z.string().max(256).default(""),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  wanted: "after: a username; limit: from 1 to 100.",
};

/**
 * The people of the lab with their live logins (ASVS 7.4.5), and the counts of live records, for an admin. Quiet: a
 * page reads this after each exchange, and a told exchange would make it read again.
 */
export function peopleEndpoints(counts: (context: LabContext) => Promise<CountsView>): Endpoints {
  return {
    "admin/users": {
      GET: {
        summary: "The people of the lab with their live logins",
        description:
          "50 people at a time unless told, at most 100. `cannotList` says why some logins cannot be listed; `next` is the `after` of the following page.",
        by: "admin",
        lab: "named",
        quiet: true,
        query: page,
        answers: { 200: [asJson(peopleAnswer)] },
        run: forAdmin(people),
      },
    },
    "admin/counts": {
      GET: {
        summary: "What is live in the lab",
        description:
          "`count` is null where a store does not answer; `cleanUp` is what this process last deleted, in all labs; `overloaded` counts the passwords that it answered OVERLOADED since it started.",
        by: "admin",
        lab: "named",
        quiet: true,
        answers: { 200: [asJson(countsAnswer)] },
        run: forAdmin(async ({ context }) => json(await counts(context))),
      },
    },
  };
}

async function people(call: AdminCall): Promise<Answer> {
  const { context, request } = call;
  const asked = readQuery(page, request);
  if (!asked.ok) return asked;
  const { after, limit } = asked.value;
  const following = (await context.people.list()).filter(({ username }) => username > after);
  const shown = following.slice(0, limit);
  const unanswered = new Set<VariantId>();
  const told: PersonOfLab[] = [];
  for (const person of shown) told.push(await withLogins(call, person, unanswered));
  const next = following.length > limit ? (shown.at(-1)?.username ?? null) : null;
  return json({ people: told, cannotList: cannotList(call), unanswered: [...unanswered], next } satisfies PeopleView);
}

async function withLogins(call: AdminCall, person: Person, unanswered: Set<VariantId>): Promise<PersonOfLab> {
  const live = await liveLoginsOf(call, call.context, person.id);
  for (const id of live.unanswered) unanswered.add(id);
  const logins = live.logins.map((login) => ({
    flow: login.module.manifest.id,
    variant: login.variant,
    ...sessionView(login, call.admin.principal.recordId),
  }));
  return { ...identityOf(person), disabled: person.disabled, logins };
}

function cannotList({ app, context }: { app: AdminCall["app"]; context: LabContext }): readonly CannotList[] {
  return app.flows.flatMap((module) =>
    acceptedVariants(context, module).flatMap(({ id, cannot: { list: why } }) =>
      why === undefined ? [] : [{ flow: module.manifest.id, variant: id, why }],
    ),
  );
}
