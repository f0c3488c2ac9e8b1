import type { RefusalCode } from "../../core/refusal.ts";
import type { Operation } from "../operation.ts";

const credential: readonly RefusalCode[] = [
  "NO_CREDENTIAL",
  "INVALID_CREDENTIAL",
  "EXPIRED",
  "REVOKED",
  "CLIENT_CHANGED",
];
const anyLogin: readonly RefusalCode[] = [...credential, "AMBIGUOUS_CREDENTIALS"];

/** What is refused for want of a good credential, by whose word an operation goes. */
const byWord: Readonly<Record<NonNullable<Operation["by"]>, readonly RefusalCode[]>> = {
  login: credential,
  renewal: [...credential, "REUSE_DETECTED"],
  "any-login": anyLogin,
  admin: [...anyLogin, "FORBIDDEN"],
  "lab-or-admin": [...anyLogin, "FORBIDDEN"],
  "lab-client": [],
  gateway: ["NO_CREDENTIAL", "INVALID_CREDENTIAL", "EXPIRED"],
};

/** What the edge refuses before it reads a body, and while it reads it. */
const whenChanging: readonly RefusalCode[] = [
  "CROSS_SITE_REQUEST",
  "BAD_REQUEST",
  "UNSUPPORTED_MEDIA_TYPE",
  "PAYLOAD_TOO_LARGE",
  "UNPROCESSABLE",
];

/** Every code that an operation may answer with: what its own shape brings along, and what it names itself. */
export function refusalsOf(method: string, operation: Operation): ReadonlySet<RefusalCode> {
  const { by, lab, query, refuses = [] } = operation;
  return new Set<RefusalCode>([
    ...(method === "GET" ? [] : whenChanging),
    ...(query ? (["UNPROCESSABLE"] as const) : []),
    ...(by ? byWord[by] : []),
    // A lab can be reset, and its store go down, while a request is under way.
    ...(lab === "none" ? [] : (["NOT_FOUND", "STORE_UNAVAILABLE"] as const)),
    // So many new labs an hour from one network.
    ...(lab === "start" ? (["TOO_MANY_REQUESTS"] as const) : []),
    ...refuses,
  ]);
}
