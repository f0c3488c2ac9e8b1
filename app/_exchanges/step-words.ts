import type { RefusalCode } from "@/lib/core/refusal.ts";
import type { StepActor, TraceStep } from "@/lib/lab/feed/exchange.ts";
import { enderIn } from "@/lib/lab/reason/enders.ts";
import { refusalNames } from "./refusal-names.ts";

/** The ports that the application calls, in plain words. */
export const actorTitles: Readonly<Record<Exclude<StepActor, "flow" | "edge">, string>> = {
  store: "Store",
  users: "People",
  keys: "Keys",
  cookie: "Cookie",
  policy: "Revocation",
  secrets: "Secrets",
  service: "Session service",
};

const asked: Readonly<Record<string, string>> = {
  "users verify": "is this the person’s password?",
  "users find": "look the person up",
  "users findByName": "look the person up by the name in the cookie",
  "users raiseVersion": "raise the person’s version",
  "store find": "look it up by its hash",
  "store add": "write a record",
  "store start": "begin a refresh family",
  "store rotate": "exchange the token, once",
  "store touch": "note that it was seen",
  "store end": "end the record",
  "store endAll": "end all logins of the person",
  "store list": "list the person’s logins",
  "keys verify": "verify the token",
  "keys sign": "sign a new token",
  "cookie read": "take the cookie apart",
  "cookie write": "write the cookie",
  "policy check": "has it been revoked?",
  "policy end": "end this one",
  "policy endAll": "end all logins of the person",
  "service ask": "whose session is this?",
  "secrets mint": "draw 256 random bits",
  "secrets hash": "hash the credential",
  "secrets successor": "compute the successor",
  "edge address": "which lab, which variant?",
  "edge origin": "which site asks for this change?",
  "edge method": "does the address take that method?",
  "edge body": "is the body valid?",
  "edge operation": "can this variant do that?",
  "edge limit": "is there an attempt left?",
  "edge credential": "is there a credential for this call?",
  "edge person": "may this person still log in?",
  "edge password": "is this the person’s password?",
  "edge recency": "was the password given recently?",
  "edge role": "may this person do that?",
  "edge admins": "is another admin left?",
  "edge people": "is it the same person in each?",
  "edge answer": "did every store answer?",
};

/** The question of a step in words, or the name of the port's method where there are no words. */
export function askedWords({ actor, did }: TraceStep): string {
  return asked[`${actor} ${did}`] ?? did;
}

export type StepRefusal = { readonly code: RefusalCode; readonly at: string | null };

/** Splits `INVALID_CREDENTIAL at signature`. `null`: the step did not refuse. */
export function refusalIn({ found }: Pick<TraceStep, "found">): StepRefusal | null {
  const [code = "", at = null] = found.split(" at ");
  return isRefusalCode(code) ? { code, at } : null;
}

function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(refusalNames, code);
}

/** The meaning of a step's refusal, for people who do not know the server's source. */
const refusedAt: Readonly<Record<string, string>> = {
  spelling: "It does not have the three strict base64url parts of our tokens.",
  header: "Its header cannot be read.",
  algorithm: "It names an algorithm that this server never accepts.",
  key: "No key of this lab has that name.",
  signature: "The signature does not match: the content was changed, or another key signed it.",
  payload: "Its payload is not a JSON object.",
  typ: "It was issued for another use.",
  claims: "A claim that must be there is missing.",
  iss: "Another issuer made it.",
  aud: "It was issued for another audience.",
  nbf: "It is not valid yet.",
  exp: "Its lifetime is over.",
  shape: "Its content does not have the form that the server writes.",
  variant: "It is of a variant that this lab does not accept.",
  lab: "It names another lab, or none.",
  enabled: "It is of a variant that this lab does not accept.",
  split: "It does not have three parts after its address.",
  base64url: "A part is not strict base64url.",
  decompress: "It cannot be decompressed.",
  parse: "It is not JSON.",
  seal: "The seal does not open: it was changed, or another key made it.",
  address: "It was issued for another address.",
  "idle end": "It was not used for too long.",
  "absolute end": "Its absolute lifetime is over.",
  "ended record": "Its record was ended.",
  person: "The person is disabled.",
  version: "The person’s version was raised after it was issued.",
  "look-up": "No record has its hash: it was never issued, or its record was cleaned up or lost with its store.",
  door: "It was issued to another kind of client.",
  "user agent": "It was issued to another browser.",
  service: "The session service says that it is not active, and gives no reason (RFC 7662 §2.2).",
  exchanged: "It was exchanged before: its sender is late, or a thief.",
  denylist: "Its jti is on the list of tokens that were ended.",
};

export function refusalWords({ code, at }: StepRefusal): string {
  const ender = at && enderIn(at);
  if (ender) return `${ender} ended its record.`;
  return (at === null ? undefined : refusedAt[at]) ?? `${refusalNames[code]?.[1] ?? code}.`;
}

const results: Readonly<Record<string, string>> = { nothing: "nothing found", ok: "good", done: "done" };

export function foundWords(found: string): string {
  return results[found] ?? found;
}
