/**
 * Every reason for an operation to refuse a request: its HTTP status, a fixed title, and a sentence for the reader.
 * Routes, pages, tests and claims share this one list.
 */
export const refusals = {
  BAD_CREDENTIALS: {
    status: 401,
    title: "Username or password is wrong",
    detail: "No account of this lab has that username and password.",
  },
  NO_CREDENTIAL: {
    status: 401,
    title: "Nothing to go by",
    detail: "The request carries no credential that this flow understands.",
  },
  INVALID_CREDENTIAL: {
    status: 401,
    title: "The credential did not verify",
    detail: "It was changed, made with another key, or made for something else.",
  },
  EXPIRED: {
    status: 401,
    title: "The credential is past its lifetime",
    detail: "Its idle or absolute lifetime is over. Log in again.",
  },
  REVOKED: {
    status: 401,
    title: "The credential was ended before its time",
    detail: "A logout, a revocation or a password change ended it. Log in again.",
  },
  CLIENT_CHANGED: {
    status: 401,
    title: "Another client than it was given to",
    detail: "This lab binds a login to its client, and another browser or address sent this one.",
  },
  REUSE_DETECTED: {
    status: 401,
    title: "A rotated refresh token came back",
    detail: "It was exchanged before, so somebody holds a copy. Its whole family is ended.",
  },
  REAUTHENTICATION_REQUIRED: {
    status: 403,
    title: "Log in again for this action",
    detail: "This action wants a login that is not older than five minutes.",
  },
  CROSS_SITE_REQUEST: {
    status: 403,
    title: "Another site asked for this change",
    detail: "A change by cookie is accepted only from this application's own pages.",
  },
  FORBIDDEN: {
    status: 403,
    title: "Known, but not allowed",
    detail: "This person may not do that.",
  },
  AMBIGUOUS_CREDENTIALS: {
    status: 409,
    title: "Two people on one request",
    detail: "The cookies on this request belong to different people. Log one of them out.",
  },
  LAST_ADMIN: {
    status: 409,
    title: "The last admin stays one",
    detail: "Without this admin there would be none who can act. Make somebody else an admin first.",
  },
  SUPERSEDED: {
    status: 409,
    title: "Another login took its place",
    detail: "Meanwhile this browser logged in with another request, and that login counts. This answer sets nothing.",
  },
  NOT_SUPPORTED: {
    status: 405,
    title: "This flow has no such operation",
    detail: "What this flow keeps on the server is not enough to do that.",
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    title: "Too many attempts",
    detail: "Wait, then try again.",
  },
  BAD_REQUEST: {
    status: 400,
    title: "The request could not be read",
    detail: "It is malformed.",
  },
  NOT_FOUND: {
    status: 404,
    title: "There is nothing here",
    detail: "No such address, or it exists only in lab mode.",
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: "This address does not take that method",
    detail: "The Allow header names the methods it takes.",
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    title: "The body must be JSON",
    detail: "Send it with Content-Type: application/json.",
  },
  PAYLOAD_TOO_LARGE: {
    status: 413,
    title: "The body is too large",
    detail: "A body here is a few fields of JSON.",
  },
  UNPROCESSABLE: {
    status: 422,
    title: "The body does not have the expected fields",
    detail: "A field is missing, unknown or of the wrong type.",
  },
  STORE_UNAVAILABLE: {
    status: 503,
    title: "The store does not answer",
    detail: "Where this login would be looked up nobody answers, so nobody gets in. Try again in a moment.",
  },
  OVERLOADED: {
    status: 503,
    title: "Too many passwords at once",
    detail: "As many passwords as may wait for their hash do. This one was not looked at, and no attempt was counted.",
  },
} as const satisfies Record<string, { status: number; title: string; detail: string }>;

export type RefusalCode = keyof typeof refusals;

export function isRefusalCode(value: unknown): value is RefusalCode {
  return typeof value === "string" && Object.hasOwn(refusals, value);
}

/**
 * Thrown where a password is not hashed: too many wait for that already, or whoever asked has gone. Nothing was judged,
 * so no attempt counts; the edge answers OVERLOADED.
 */
export class Overloaded extends Error {
  constructor() {
    super("No password is hashed now: too many wait, or nobody waits for the answer");
  }
}
