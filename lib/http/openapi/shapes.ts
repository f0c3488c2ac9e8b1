// Shapes of answers that several operations share. They are strict: an answer has no other fields.

import { z } from "zod";
import type { VariantId } from "../../core/ids.ts";
import { isRefusalCode, type RefusalCode, refusals } from "../../core/refusal.ts";
import type { Identity } from "../../core/user.ts";
import type { CallNotMade, SourceLine, TraceStep } from "../../lab/feed/exchange.ts";
import type { SessionView } from "../../lab/lab-view.ts";

/** ISO 8601, in UTC. */
export const instant = z.iso.datetime();

export const variantId: z.ZodType<VariantId> = z.templateLiteral([z.string(), "/", z.string()]);

export const refusalCode = z
  .enum(Object.keys(refusals).filter(isRefusalCode) satisfies RefusalCode[])
  .meta({ id: "RefusalCode", description: "Why a request is refused." });

/** RFC 9457. */
export const refusal = z
  .strictObject({
    type: z.string().regex(/^urn:loginscope:refusal:[A-Z_]+$/),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: refusalCode,
  })
  .meta({ id: "Refusal", description: "Problem details (RFC 9457), with a code that never changes." });

/** An error of the server: no code, and no detail of its cause. */
export const fault = z
  .strictObject({ type: z.literal("about:blank"), title: z.string(), status: z.literal(500), detail: z.string() })
  .meta({ id: "Fault", description: "Something broke on the server. It was not the request." });

export const identity = z
  .strictObject({ id: z.string(), username: z.string(), displayName: z.string(), role: z.enum(["user", "admin"]) })
  .meta({ id: "Identity", description: "A person, as logins tell of them." }) satisfies z.ZodType<Identity>;

/** The names of RFC 6749 §5.1 where the client holds tokens. */
export const grant = z
  .strictObject({
    user: identity,
    flow: z.string(),
    variant: variantId,
    expiresAt: instant,
    access_token: z.string().exactOptional(),
    token_type: z.literal("Bearer").exactOptional(),
    expires_in: z.int().exactOptional(),
    refresh_token: z.string().exactOptional(),
  })
  .meta({
    id: "Grant",
    description: "A login. Tokens are in it where the client holds them; cookies come in Set-Cookie.",
  });

/** `unanswered`: variants whose store does not answer; absent where all did. */
export const revokedAnswer = z.strictObject({ revoked: z.int(), unanswered: z.array(variantId).exactOptional() });

const sessionFields = {
  id: z.string(),
  current: z.boolean(),
  createdAt: instant,
  lastSeenAt: instant,
  expiresAt: instant,
  device: z.string(),
  ip: z.string(),
};

export const session = z.strictObject(sessionFields).meta({
  id: "Session",
  description: "One login of a person; `current` is the one that asks.",
}) satisfies z.ZodType<SessionView>;

/** With the flow and the variant that it is of. */
export const sessionOfFlow = z
  .strictObject({ flow: z.string(), variant: variantId, ...sessionFields })
  .meta({ id: "SessionOfFlow" });

export const sourceLine = z
  .strictObject({ file: z.string(), line: z.int() })
  .meta({ id: "SourceLine" }) satisfies z.ZodType<SourceLine>;

export const traceStep = z
  .strictObject({
    actor: z.enum(["store", "users", "keys", "cookie", "policy", "secrets", "service", "flow", "edge"]),
    did: z.string(),
    found: z.string(),
    startedAfter: z.number(),
    took: z.number(),
    at: sourceLine.exactOptional(),
  })
  .meta({ id: "TraceStep", description: "One step of the server, in microseconds." }) satisfies z.ZodType<TraceStep>;

const callNotMade = z
  .strictObject({
    actor: traceStep.shape.actor,
    did: z.string(),
    says: z.string(),
    why: z.string(),
    after: z.int(),
    at: sourceLine.exactOptional(),
  })
  .meta({
    id: "CallNotMade",
    description: "A call that the flow came to, and that its variant does not make. `after`: so many steps before it.",
  }) satisfies z.ZodType<CallNotMade>;

export const heldRecord = z
  .strictObject({
    id: z.string(),
    kind: z.enum(["session", "refresh family"]),
    variant: variantId,
    username: z.string(),
    hash: z.string().nullable(),
    place: z.strictObject({
      kind: z.enum(["row", "key", "file", "memory"]),
      name: z.string(),
      expiresInSeconds: z.number().nullable(),
    }),
    createdAt: instant,
    lastSeenAt: instant,
    idleEndsAt: instant.nullable(),
    endsAt: instant,
    elevatedUntil: instant,
    device: z.string(),
    userAgent: z.string(),
    userAgentHash: z.string(),
    ip: z.string(),
    ended: z.strictObject({ at: instant.nullable(), reason: z.string() }).nullable(),
    tokens: z.array(z.strictObject({ generation: z.int(), createdAt: instant, usedAt: instant.nullable() })).nullable(),
    store: z.string().exactOptional(),
  })
  .meta({ id: "HeldRecord", description: "What the server holds of one login." });

const header = z.tuple([z.string(), z.string()]);

export const exchange = z
  .strictObject({
    id: z.int(),
    at: z.number(),
    clockOffset: z.number(),
    flow: z.string().nullable(),
    action: z.string(),
    variant: variantId.nullable(),
    device: z.string(),
    request: z.strictObject({
      method: z.string(),
      path: z.string(),
      headers: z.array(header),
      body: z.string().nullable(),
    }),
    response: z.strictObject({ status: z.int(), headers: z.array(header), body: z.string().nullable() }),
    code: refusalCode.nullable(),
    steps: z.array(traceStep),
    notMade: z.array(callNotMade).exactOptional(),
    refusedAt: sourceLine.exactOptional(),
    unproved: z.literal(true).exactOptional(),
    held: z
      .strictObject({ before: z.array(heldRecord).nullable(), after: z.array(heldRecord).nullable() })
      .exactOptional(),
    took: z.number(),
  })
  .meta({ id: "Exchange", description: "One request and its answer, with the steps that the server took." });

const until = z.enum(["at-once", "idle", "absolute", "access", "refresh", "staleFor", "never"]);
const outcome = z.union([refusalCode, z.literal("exposed")]);
const authority = z.enum(["current", "stale", "forged"]);

export const claim = z
  .strictObject({
    credential: z.enum(["access", "refresh"]),
    thief: z.enum(["silent", "active"]).exactOptional(),
    outcome,
    until,
    authority: authority.exactOptional(),
  })
  .meta({ id: "Claim", description: "What a variant says an experiment will show for one credential." });

/** As a claim, of what was seen; `until` is null where no lifetime ended it. */
export const reading = claim
  .extend({
    thief: z.enum(["silent", "active"]),
    until: until.nullable(),
    ended: z.strictObject({ acceptedAfter: z.number(), refusedAfter: z.number() }).exactOptional(),
  })
  .meta({ id: "Reading", description: "What one thief saw with one credential." });

export const makingStep = z
  .strictObject({ step: z.string(), value: z.string() })
  .meta({ id: "MakingStep", description: "One step of how a credential was made, and what came of it." });

export const decodingStep = z
  .strictObject({ step: z.string(), value: z.string(), wanted: z.string().exactOptional(), ok: z.boolean() })
  .meta({ id: "DecodingStep", description: "One step of taking a credential apart." });
