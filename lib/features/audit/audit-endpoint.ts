import { z } from "zod";
import type { LabContext } from "../../http/application.ts";
import { asJson } from "../../http/openapi/content.ts";
import type { Answer, Call, Endpoints } from "../../http/operation.ts";
import { json, unauthorized } from "../../http/problem.ts";
import { readQuery } from "../../http/request/query.ts";
import { recognise, whoMay } from "../../http/request/recognise.ts";
import type { AuditView } from "../../lab/lab-view.ts";
import { auditAnswer } from "./answers.ts";

/** The parameters of a page of events. */
export const eventPage = {
  schema: z.strictObject({
    before: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  wanted: "before: the id of an event; limit: from 1 to 200.",
};

type EventPage = z.infer<typeof eventPage.schema>;

/**
 * The events of this lab, newest first, page by page, without credentials. In lab mode the lab's cookie is enough,
 * since a lab is its visitor's own; outside lab mode only an admin may read them.
 */
export const auditEndpoints: Endpoints = {
  audit: {
    GET: {
      summary: "What happened in the lab, newest first",
      description:
        "50 at a time unless told, at most 200; `next` is the `before` of the following page. Outside lab mode for an admin.",
      by: "lab-or-admin",
      lab: "start",
      quiet: true,
      query: eventPage,
      answers: { 200: [asJson(auditAnswer)] },
      run: audit,
    },
  },
};

async function audit(call: Call): Promise<Answer> {
  const { app, context, request } = call;
  if (!context) return { ok: false, code: "NOT_FOUND" };
  if (!app.labMode) {
    const recognised = await recognise(call);
    if (!recognised.ok) return unauthorized(recognised.code, { bearer: true }, recognised.detail);
    const allowed = await whoMay(call, recognised.value);
    if (!allowed.ok) return allowed;
  }
  const asked = readQuery(eventPage, request);
  return asked.ok ? json(await auditPage(context, asked.value)) : asked;
}

/** One page of events: times as ISO 8601, people by name. `next` is the `before` of the following page. */
export async function auditPage(context: LabContext, { before, limit }: EventPage): Promise<AuditView> {
  const events = await context.events({ limit, ...(before !== undefined && { before }) });
  const names = new Map((await context.people.list()).map(({ id, username }) => [id, username]));
  const last = events.length === limit ? events.at(-1) : undefined;
  return {
    events: events.map(({ userId, at, ...event }) => ({
      ...event,
      at: new Date(at).toISOString(),
      user: userId === null ? null : (names.get(userId) ?? null),
    })),
    next: last?.id ?? null,
  };
}
