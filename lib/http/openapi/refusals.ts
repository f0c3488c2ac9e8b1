import type { RefusalCode } from "../../core/refusal.ts";
import type { Operation } from "../operation.ts";

const credential: readonly RefusalCode[] = [
  "NO_CREDENTIAL",
  "INVALID_CREDENTIAL",
  "EXPIRED",
  "REVOKED",
  "CLIENT_CHANGED",
  "AMBIGUOUS_CREDENTIALS",
];

/** Refusals for lack of a good credential, by the credential that an operation needs. */
const byWord: Readonly<Record<NonNullable<Operation["by"]>, readonly RefusalCode[]>> = {
  login: credential,
  renewal: [...credential, "REUSE_DETECTED"],
  "any-login": credential,
  admin: [...credential, "FORBIDDEN"],
  "lab-or-admin": [...credential, "FORBIDDEN"],
  "lab-client": [],
  gateway: ["NO_CREDENTIAL", "INVALID_CREDENTIAL", "EXPIRED"],
};

/** Refusals of the edge before and while it reads a body. */
const whenChanging: readonly RefusalCode[] = [
  "CROSS_SITE_REQUEST",
  "BAD_REQUEST",
  "UNSUPPORTED_MEDIA_TYPE",
  "PAYLOAD_TOO_LARGE",
  "UNPROCESSABLE",
];

/** Every code that an operation may answer: those that follow from its properties, and those that it names itself. */
export function refusalsOf(method: string, operation: Operation): ReadonlySet<RefusalCode> {
  const { by, lab, query, refuses = [] } = operation;
  return new Set<RefusalCode>([
    ...(method === "GET" ? [] : whenChanging),
    ...(query ? (["UNPROCESSABLE"] as const) : []),
    ...(by ? byWord[by] : []),
    // A lab can be reset, and its store go down, while a request is under way.
    ...(lab === "none" ? [] : (["NOT_FOUND", "STORE_UNAVAILABLE"] as const)),
    // The limit of labs that get a row, an hour from one network.
    ...(lab === "start" && method !== "GET" ? (["TOO_MANY_REQUESTS"] as const) : []),
    ...refuses,
  ]);
}
