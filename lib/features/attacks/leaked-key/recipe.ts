import { createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import type { TokenAlgorithm } from "../../../core/settings.ts";
import { endsOf } from "../../../core/time.ts";
import { identityOf } from "../../../core/user.ts";
import type { Variant } from "../../../core/variant.ts";
import { publicForms } from "../forgery/public-forms.ts";
import type { Members } from "../forgery/token-parts.ts";
import type { Claimed, LabLeak } from "./lab-leak.ts";
import { forgedAs, publicKeys } from "./leaked-keys.ts";

/** Whom a credential is forged for, in which variant, with which of a lab's keys. */
export type Order = {
  readonly leak: LabLeak;
  readonly variant: Variant;
  readonly key: string;
  readonly person: Claimed;
};

/** All that goes into a credential: what it says, where it stands, and the key. */
export type Recipe =
  | { readonly kind: "token"; readonly header: Members; readonly payload: Members; readonly key: KeyObject }
  | (Addressed & { readonly kind: "signed-cookie"; readonly state: Members; readonly key: Buffer })
  | (Addressed & { readonly kind: "sealed-cookie"; readonly state: Members; readonly key: string })
  | (Addressed & { readonly kind: "signed-id"; readonly secret: string; readonly key: Buffer });

type Addressed = { readonly address: string; readonly keyId: string };

/** What the server would write now for a login of this person. It is written from a key, and no login is made. */
export function recipeOf(order: Order): Recipe {
  const { leak, variant } = order;
  const { encoding, id } = variant.settings;
  const address = `${leak.labId}.${variant.id.split("/")[1]}`;
  if (encoding === "signed") {
    return { kind: "signed-cookie", address, state: stateOf(order), ...leak.hmacOf(variant.id, "cookie") };
  }
  if (encoding === "sealed") {
    return { kind: "sealed-cookie", address, state: stateOf(order), ...leak.sealOf(variant.id) };
  }
  if (id === "signed") {
    const secret = randomBytes(32).toString("base64url");
    return { kind: "signed-id", address, secret, ...leak.hmacOf(variant.id, "id") };
  }
  return order.key === publicKeys ? underPublicKey(order) : tokenOf(order);
}

/** The state that the flow `cookie` keeps. */
function stateOf({ leak, variant, person }: Order): Members {
  const { now } = leak;
  return {
    user: identityOf(person),
    version: person.version,
    ...{ issuedAt: now, authenticatedAt: now, seenAt: now },
    ...endsOf(leak.lifetimesOf(variant), now, false),
    remembered: false,
  };
}

function tokenOf(order: Order): Recipe {
  const { leak, variant } = order;
  const { kid, privateKey, algorithm } = leak.tokens[algorithmOf(variant)];
  const { typ, payload } = forgedAs(variant) === "service" ? forService(order) : ofLogin(order);
  return { kind: "token", header: { alg: algorithm, typ, kid }, payload, key: privateKey };
}

function algorithmOf({ settings }: Variant): TokenAlgorithm {
  return settings.algorithm ?? "EdDSA";
}

/** The claims in the order in which the server writes them. */
function ofLogin({ leak, variant, person }: Order): { readonly typ: string; readonly payload: Members } {
  const at = seconds(leak.now);
  const isLogin = variant.settings.proof !== undefined && forgedAs(variant) === "browser";
  const typ = isLogin ? "login+jwt" : "at+jwt";
  return {
    typ,
    payload: {
      ...{ sub: person.id, jti: publicId(), iat: at, nbf: at, exp: at + Math.floor(lifeOf(leak, variant) / 1000) },
      auth_time: at,
      ...{ preferred_username: person.username, name: person.displayName, role: person.role },
      ...{ version: person.version, variant: variant.id },
      ...(typ === "at+jwt" && { client_id: "loginscope" }),
      sid: publicId(),
      ...{ iss: leak.issuer, aud: "loginscope" },
    },
  };
}

/** A token with a record lives as long as the record would: to its idle end in a cookie, to its absolute end elsewhere. */
function lifeOf(leak: LabLeak, variant: Variant): number {
  const { access, idle, absolute } = leak.lifetimesOf(variant);
  switch (variant.settings.proof) {
    case "token-and-record":
      return Math.min(idle, absolute);
    case "id-or-token":
      return absolute;
    default:
      return access;
  }
}

/** What the gateway sends to the service behind it: a minute, one audience, and no role. */
function forService({ leak, person }: Order): { readonly typ: string; readonly payload: Members } {
  const iat = seconds(leak.now);
  const payload = { iss: leak.issuer, aud: "orders", sub: person.id, jti: publicId(), iat, exp: iat + 60 };
  return { typ: "internal+jwt", payload };
}

/** The best that can be tried with a public key: its text as the secret of an HMAC. */
function underPublicKey(order: Order): Recipe {
  const recipe = tokenOf(order);
  const { publicKey } = order.leak.tokens[algorithmOf(order.variant)];
  if (recipe.kind !== "token" || !publicKey) return recipe;
  const secret = Buffer.from(publicForms(publicKey)["PEM"] ?? "");
  return { ...recipe, header: { ...recipe.header, alg: "HS256" }, key: createSecretKey(secret) };
}

/** 128 random bits, as the server names records and tokens. */
function publicId(): string {
  return randomBytes(16).toString("base64url");
}

function seconds(instant: number): number {
  return Math.floor(instant / 1000);
}
