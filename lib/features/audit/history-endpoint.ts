import type { RecordedEvent } from "../../core/ports.ts";
import type { UserId } from "../../core/user.ts";
import type { LabContext } from "../../http/application.ts";
import { asJson } from "../../http/openapi/content.ts";
import type { Answer, Call, Endpoints } from "../../http/operation.ts";
import { json, unauthorized } from "../../http/problem.ts";
import { readQuery } from "../../http/request/query.ts";
import { recognise } from "../../http/request/recognise.ts";
import type { LoginUse } from "../../lab/lab.ts";
import { historyAnswer } from "./answers.ts";
import { eventPage } from "./audit-endpoint.ts";
import { type HistoryView, historyEvents, type PastLogin, type PastUse } from "./model.ts";

/** Where and when the person who asks was logged in, newest first, and what was odd about it. Quiet: it only looks. */
export const historyEndpoints: Endpoints = {
  "account/history": {
    GET: {
      summary: "Where the person who asks was logged in, newest first",
      description:
        "50 at a time unless told, at most 200. `alert` says that another login was live from elsewhere, that a refresh token was stolen, or that a login came from another client than it was given to. `uses` has when and from where its tokens were used, the newest five of each of ten places; null where no record is kept.",
      by: "any-login",
      lab: "named",
      quiet: true,
      query: eventPage,
      answers: { 200: [asJson(historyAnswer)] },
      run: history,
    },
  },
};

async function history(call: Call): Promise<Answer> {
  const recognised = await recognise(call);
  if (!recognised.ok) return unauthorized(recognised.code, { bearer: true }, recognised.detail);
  if (!call.context) return { ok: false, code: "NOT_FOUND" };
  const asked = readQuery(eventPage, call.request);
  if (!asked.ok) return asked;
  const { before, limit } = asked.value;
  const { user } = recognised.value.principal;
  const page = { limit, ...(before !== undefined && { before }) };
  const events = await call.context.events({ ...page, userId: user.id, types: historyEvents });
  const alerts = await alertsOf(call.context, user.id, events);
  const next = events.length === limit ? (events.at(-1)?.id ?? null) : null;
  const uses = await usesOf(call.context, events);
  return json({ logins: events.flatMap((event) => pastLogin(event, alerts, uses)), next } satisfies HistoryView);
}

/** What was written down beside these logins, by record. */
async function alertsOf(
  context: LabContext,
  userId: UserId,
  events: readonly RecordedEvent[],
): Promise<ReadonlyMap<string, string>> {
  const recordIds = events.flatMap(({ recordId }) => recordId ?? []);
  const parallel = await context.events({ userId, types: ["parallel-login"], recordIds, limit: recordIds.length });
  return new Map(
    parallel.flatMap(({ recordId, detail }) => (recordId === null ? [] : [[recordId, `Meanwhile ${detail}.`]])),
  );
}

/** Why the person should look: also at a false alarm, which only they can tell from a thief. */
const oddities = {
  "refresh-reuse-detected": () =>
    "A refresh token came back that had been exchanged before: somebody holds a copy. The login was ended.",
  "client-changed": (was: string) =>
    `A login was used from here that was given to another client: its ${was}. A phone that changes networks looks like that, and so does a thief.`,
  "client-refused": (was: string) =>
    `A login was refused here, since it was given to another client: its ${was}. A phone that changes networks looks like that, and so does a thief.`,
} as const satisfies Readonly<Record<Exclude<(typeof historyEvents)[number], "logged-in">, (was: string) => string>>;

/** Where the tokens of these logins were used, by record. */
async function usesOf(
  context: LabContext,
  events: readonly RecordedEvent[],
): Promise<ReadonlyMap<string, readonly PastUse[]>> {
  const uses = Map.groupBy(await context.uses(events.flatMap(({ recordId }) => recordId ?? [])), (use) => use.recordId);
  return new Map([...uses].map(([recordId, each]) => [recordId, each.map(pastUse)]));
}

function pastUse({ kind, token, firstAt, lastAt, device, ip }: LoginUse): PastUse {
  return { kind, token, firstAt: new Date(firstAt).toISOString(), lastAt: new Date(lastAt).toISOString(), device, ip };
}

function pastLogin(
  event: RecordedEvent,
  alerts: ReadonlyMap<string, string>,
  used: ReadonlyMap<string, readonly PastUse[]>,
): readonly PastLogin[] {
  const { id, at, type, flow, variant, device, ip, recordId } = event;
  const known = historyEvents.find((each) => each === type);
  if (!known) return [];
  const alert = known === "logged-in" ? (alerts.get(recordId ?? "") ?? null) : oddities[known](event.detail ?? "");
  const uses = recordId === null ? null : (used.get(recordId) ?? []);
  return [{ id, at: new Date(at).toISOString(), event: known, alert, uses, flow, variant, device, ip }];
}
