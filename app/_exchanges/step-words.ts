import { isRefusalCode, type RefusalCode, refusals } from "@/lib/core/refusal.ts";
import type { StepActor, TraceStep } from "@/lib/lab/exchange.ts";

/** Whom the application asks inside the server, in plain words. */
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
  "users raiseVersion": "raise the person’s version",
  "store find": "look it up by its hash",
  "store add": "write a record",
  "store start": "begin a refresh family",
  "store rotate": "exchange the token, once",
  "store touch": "note that it was seen",
  "store end": "end the record",
  "store endAll": "end all of the person’s",
  "store list": "list the person’s",
  "keys verify": "verify the token",
  "keys sign": "sign a new token",
  "cookie read": "take the cookie apart",
  "cookie write": "write the cookie",
  "policy check": "is it still wanted?",
  "policy end": "end this one",
  "policy endAll": "end all of the person’s",
  "service ask": "whose session is this?",
  "secrets mint": "draw 256 random bits",
  "secrets hash": "hash what came",
  "secrets successor": "compute the successor",
  "edge address": "which lab, which variant?",
  "edge origin": "who asks for this change?",
  "edge method": "does the address take that method?",
  "edge body": "is the body as wanted?",
  "edge operation": "can this variant do that?",
  "edge limit": "is there an attempt left?",
  "edge credential": "is there a credential that counts here?",
  "edge person": "may this person still log in?",
  "edge password": "is this the person’s password?",
  "edge recency": "was the password given lately?",
  "edge role": "may this person do that?",
  "edge people": "is it one person?",
  "edge answer": "did everybody answer?",
};

/** What a step asked for; the port's own word where there is no better one. */
export function askedWords({ actor, did }: TraceStep): string {
  return asked[`${actor} ${did}`] ?? did;
}

export type StepRefusal = { readonly code: RefusalCode; readonly at: string | null };

/** `INVALID_CREDENTIAL at signature`, taken apart; `null`: the step did not refuse. */
export function refusalIn({ found }: Pick<TraceStep, "found">): StepRefusal | null {
  const [code = "", at = null] = found.split(" at ");
  return isRefusalCode(code) ? { code, at } : null;
}

/** What it means that a step refused, for whoever did not read the server’s source. */
const refusedAt: Readonly<Record<string, string>> = {
  spelling: "It is not three parts in the one spelling that a token of ours has.",
  header: "Its header cannot be read.",
  algorithm: "It names an algorithm that this server does not accept, whatever it says.",
  key: "No key of this lab has that name.",
  signature: "The signature does not belong to what was signed: something was changed, or another key signed it.",
  payload: "Its payload is no JSON object.",
  typ: "It was made for another use.",
  claims: "A claim that must be there is missing.",
  iss: "Another issuer made it.",
  aud: "It is meant for somebody else.",
  nbf: "It does not count yet.",
  exp: "Its lifetime is over.",
  shape: "What it says has not the form that the server writes.",
  variant: "It is of a variant that this lab does not accept.",
  lab: "It names another lab, or none.",
  enabled: "It is of a variant that this lab does not accept.",
  split: "It has not three parts behind its address.",
  base64url: "A part is not base64url in its one spelling.",
  decompress: "It cannot be decompressed.",
  parse: "It is no JSON.",
  seal: "The seal does not open: something was changed, or another key made it.",
  address: "It stands at another address than its own.",
  end: "Its idle or absolute lifetime is over.",
  "idle end": "It was not used for too long.",
  "absolute end": "Its absolute lifetime is over.",
  "ended record": "Its record was ended: a logout, a revocation or a rotation.",
  person: "The person was disabled, or changed the password since.",
  "look-up": "Nothing is stored under its hash: nobody ever issued it, or it was cleaned up.",
  door: "It was issued to another kind of client.",
  "user agent": "Another browser shows it than the one it was issued to.",
  service: "The session service does not know it as active; why, it does not say (RFC 7662 §2.2).",
  denylist: "Its jti is on the list of tokens that were ended.",
};

export function refusalWords({ code, at }: StepRefusal): string {
  return (at === null ? undefined : refusedAt[at]) ?? `${refusals[code].title}.`;
}

const results: Readonly<Record<string, string>> = { nothing: "nothing found", ok: "good", done: "done" };

export function foundWords(found: string): string {
  return results[found] ?? found;
}
