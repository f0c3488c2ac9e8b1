import { z } from "zod";
import {
  decodingStep,
  heldRecord,
  identity,
  instant,
  makingStep,
  refusalCode,
  variantId,
} from "../../http/openapi/shapes.ts";
import { plugKinds } from "../../lab/feed/plug.ts";
import { settingsAnswer } from "./settings-schemas.ts";

export const clockAnswer = z.strictObject({ now: instant, offsetSeconds: z.number() });

export const keysAnswer = z.strictObject({ generation: z.int(), accepted: z.array(z.int()) });

const holding = z.union([
  z.strictObject({ credential: z.enum(["access", "refresh"]), travels: z.literal("cookie"), cookie: z.string() }),
  z.strictObject({ credential: z.enum(["access", "refresh"]), travels: z.enum(["bearer", "body"]) }),
]);

const cannot = z.string().exactOptional();

const variant = z
  .strictObject({
    id: variantId,
    flow: z.string(),
    title: z.string(),
    summary: z.string(),
    belief: z.string(),
    safety: z.enum(["safe", "limited", "unsafe"]),
    settings: z.strictObject({
      revocation: z.string(),
      store: z.string().nullable(),
      encoding: z.string().nullable(),
      algorithm: z.string().nullable(),
      logout: z.enum(["revokes", "forgets"]),
      proof: z.string().nullable(),
      inside: z.literal("internal-token").nullable(),
      storage: z.string().nullable(),
      lifetimesSeconds: z.record(z.string(), z.number()),
    }),
    holds: z.array(holding),
    cannot: z.strictObject({ refresh: cannot, list: cannot, revoke: cannot, revokeOne: cannot, data: cannot }),
  })
  .meta({ id: "Variant" });

const login = z.discriminatedUnion("accepted", [
  z.strictObject({
    accepted: z.literal(true),
    user: identity,
    variant: variantId,
    issuedAt: instant,
    expiresAt: instant,
    ends: z.record(z.string(), instant),
    recordId: z.string().nullable(),
  }),
  z.strictObject({ accepted: z.literal(false), code: refusalCode, reason: z.string().exactOptional() }),
]);

const credential = z
  .strictObject({
    name: z.string(),
    value: z.string(),
    bytes: z.int(),
    decoded: z
      .strictObject({
        encoding: z.enum(["token", "plain", "signed"]),
        header: z.unknown(),
        payload: z.unknown(),
        steps: z.array(decodingStep),
        making: z.array(makingStep),
      })
      .nullable(),
    warnings: z.array(z.string()),
    recordId: z.string().nullable(),
  })
  .meta({ id: "HeldCredential", description: "One credential that came with this very request, taken apart." });

export const labAnswer = z
  .strictObject({
    lab: z.strictObject({ id: z.string(), madeAt: instant, expiresAt: instant.nullable() }),
    clock: z.strictObject({ now: instant, systemNow: instant, offsetSeconds: z.number() }),
    people: z.array(identity.extend({ disabled: z.boolean(), password: z.string().nullable(), balance: z.int() })),
    variants: z.array(variant),
    settings: z.strictObject({
      defaults: z.record(z.string(), variantId),
      enabled: z.array(variantId),
      ...settingsAnswer.shape,
      lifetimePresets: z.array(z.string()),
    }),
    weaknesses: z.array(z.string()),
    oauth: z.strictObject({ issuer: z.string(), clientId: z.string(), clientSecret: z.string() }),
    held: z.record(
      z.string(),
      z.strictObject({
        login,
        credentials: z.array(credential),
        records: z.array(heldRecord).nullable(),
        unanswered: z.array(z.string()),
        setAside: z.array(z.string()).exactOptional(),
        readCache: z.strictObject({ hits: z.int(), misses: z.int() }).exactOptional(),
      }),
    ),
  })
  .meta({ id: "Lab", description: "One lab, as the sender of the request sees it." });

const plugKind = z.enum(plugKinds);

const plug = z.strictObject({
  id: z.int(),
  kind: plugKind,
  experiment: z.string().nullable(),
  username: z.string().nullable(),
  at: instant,
});

const copyVerdict = z.union([
  z.strictObject({
    accepted: z.literal(true),
    role: z.enum(["user", "admin"]),
    authority: z.enum(["current", "stale"]),
    until: instant,
    afterSeconds: z.number().nullable(),
  }),
  z.strictObject({ accepted: z.literal(false), code: refusalCode, afterSeconds: z.number().nullable() }),
]);

const copy = z.strictObject({
  login: z.int(),
  flow: z.string(),
  variant: variantId,
  credential: z.enum(["access", "refresh"]),
  name: z.string(),
  username: z.string(),
  device: z.string(),
  onPhone: z.boolean(),
  madeAt: instant,
  earlier: z.boolean(),
  plugs: z.array(z.int()),
  letIn: z.array(z.strictObject({ from: z.number(), to: z.number(), alarm: z.boolean() })),
  alarm: z.boolean(),
  verdict: copyVerdict.nullable(),
  reason: z.string().nullable(),
});

/** What the server finds when it looks at the copies that it keeps of a lab's credentials. */
export const copiesEvent = z
  .strictObject({ lab: z.string(), at: instant, plugs: z.array(plug), copies: z.array(copy) })
  .meta({ id: "Copies", description: "The copies of a lab's credentials, and whether each still gets in." });

/** Says that the server is there. */
export const hereEvent = z.strictObject({});
