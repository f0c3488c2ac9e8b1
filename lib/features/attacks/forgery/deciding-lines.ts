import { type Repository, repository } from "../../source/repository.ts";
import type { CredentialForm, DecidingLine } from "./model.ts";
import { isToken, partsOfToken } from "./token-parts.ts";

type Place = { readonly file: string; readonly text: string };

const verify = "lib/adapters/jose-verify.ts";
const signer = "lib/adapters/jose-signer.ts";
const hmac = "lib/adapters/hmac-encoding.ts";
const iron = "lib/adapters/iron-encoding.ts";
const plain = "lib/adapters/plain-encoding.ts";
const cookie = "lib/adapters/cookie-state.ts";
const edge = "lib/http/request/credential-of-request.ts";

const atTheEdge: Readonly<Record<string, Place>> = {
  lab: { file: edge, text: "address?.labId !== call.context.lab.id" },
  variant: { file: edge, text: "!call.context.lab.enabled.includes(variant)" },
};

const ofTokens: Readonly<Record<string, Place>> = {
  ...atTheEdge,
  spelling: { file: verify, text: "if (!isCanonical(token))" },
  header: { file: verify, text: "await jwtVerify(token" },
  algorithm: { file: verify, text: "algorithms: [keys[0].algorithm]" },
  key: { file: verify, text: "?? unknownKey()" },
  signature: { file: verify, text: "await jwtVerify(token" },
  payload: { file: verify, text: "await jwtVerify(token" },
  typ: { file: verify, text: "...exact," },
  claims: { file: verify, text: "await jwtVerify(token" },
  iss: { file: verify, text: "...exact," },
  aud: { file: verify, text: "...exact," },
  nbf: { file: verify, text: '!isPast(claim))) return refusedAt("nbf")' },
  exp: { file: verify, text: "if (now >= end) return expired" },
  "exp that is no time": { file: verify, text: 'if (end === null) return refusedAt("exp")' },
  auth_time: { file: verify, text: 'auth_time === undefined || isPast(auth_time) ? ok(payload) : refusedAt("shape")' },
  shape: { file: signer, text: 'if (!claims) return refusedAt("shape")' },
};

/** A forged credential that was refused, at which step of the check, and with which code. */
export type RefusedForgery = { readonly step: string; readonly code: string | null; readonly forged: string };

/** Some steps are decided at several places: by the library, by our own look at a time, or by the shape of the claims. */
function placeInVerifier({ step, code, forged }: RefusedForgery): string {
  if (step === "exp" && code === "EXPIRED") return "exp";
  if (step !== "exp" && step !== "nbf" && step !== "shape") return step;
  const { exp, iat, nbf, auth_time: given } = partsOfToken(forged).payload;
  // After its own end is in the future as well.
  const isLate = (time: unknown) => typeof time === "number" && time > Number(exp);
  if (step === "exp") return typeof exp === "number" ? "exp that is no time" : "claims";
  if (step === "shape") return isLate(given) || Number(given) < 0 ? "auth_time" : "shape";
  const isLibrarys = isLate(nbf) || [iat, nbf].some((each) => each !== undefined && typeof each !== "number");
  return isLibrarys ? "claims" : "nbf";
}

const ofCookies: Readonly<Record<string, Place>> = {
  ...atTheEdge,
  address: { file: cookie, text: "if (!value.startsWith(" },
  shape: { file: cookie, text: "is(decoded.value) ? ok(decoded.value)" },
};

const ofIds: Readonly<Record<string, Place>> = {
  ...atTheEdge,
  signature: {
    file: "lib/flows/server-session/flow.ts",
    text: 'if (secrets.isGenuine?.(id) === false) return refuse("INVALID_CREDENTIAL", "signature")',
  },
  service: {
    file: "lib/adapters/http-introspection.ts",
    text: 'told.active ? ok(principalOf(told)) : refuse("INVALID_CREDENTIAL", "service")',
  },
  "look-up": {
    file: "lib/core/login-record.ts",
    text: 'if (!record) return refuse("INVALID_CREDENTIAL", "look-up")',
  },
};

const ofSigned: Readonly<Record<string, Place>> = {
  ...ofCookies,
  split: { file: hmac, text: "!signature || rest.length > 0) return refused" },
  base64url: { file: hmac, text: "if (!packed || !given) return refused" },
  key: { file: hmac, text: "if (!key) return refused" },
  signature: { file: hmac, text: "!timingSafeEqual(given, due)) return refused" },
};

const places: Readonly<Record<CredentialForm, Readonly<Record<string, Place>>>> = {
  EdDSA: ofTokens,
  ES256: ofTokens,
  HS256: ofTokens,
  "signed-cookie": ofSigned,
  "sealed-cookie": {
    ...ofCookies,
    spelling: { file: iron, text: "if (!isOneSpelling(text)) return refuse" },
    seal: { file: iron, text: 'opened ? ok(state) : refuse("INVALID_CREDENTIAL", "seal")' },
  },
  "plain-cookie": {
    ...ofCookies,
    "absolute end": { file: "lib/flows/cookie/flow.ts", text: 'now >= state.endsAt ? "absolute end"' },
    parse: { file: plain, text: 'refuse("INVALID_CREDENTIAL", "parse")' },
  },
  "signed-id": ofIds,
  "opaque-id": ofIds,
};

/** Finds the line of the running source at which a credential of a form was refused. */
export function decidingLines(source: Repository = repository()) {
  return (refused: RefusedForgery, form: CredentialForm): DecidingLine | null => {
    const place = places[form][isToken(form) ? placeInVerifier(refused) : refused.step];
    return place ? lineWith(source, place) : null;
  };
}

/** Throws if no line of the file has this text. */
export function lineWith(source: Repository, { file, text }: Place): DecidingLine {
  const lines = source.read(file).split("\n");
  const index = lines.findIndex((line) => line.includes(text));
  if (index < 0) throw new Error(`${file} has no line with ${text}`);
  return { file, line: index + 1, text: lines[index]?.trim() ?? "" };
}
