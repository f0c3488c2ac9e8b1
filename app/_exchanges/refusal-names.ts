import type { RefusalCode, refusals } from "@/lib/core/refusal.ts";

type Name<Code extends RefusalCode> = readonly [(typeof refusals)[Code]["status"], (typeof refusals)[Code]["title"]];

/**
 * The status and the title of each refusal, as `lib/core/refusal.ts` has them: the types compare both lists. Its sentences
 * come with the server's answers, so no page loads them.
 */
export const refusalNames = {
  BAD_CREDENTIALS: [401, "Username or password is wrong"],
  NO_CREDENTIAL: [401, "Nothing to go by"],
  INVALID_CREDENTIAL: [401, "The credential did not verify"],
  EXPIRED: [401, "The credential is past its lifetime"],
  REVOKED: [401, "The credential was ended before its time"],
  CLIENT_CHANGED: [401, "Another client than it was given to"],
  REUSE_DETECTED: [401, "A rotated refresh token came back"],
  REAUTHENTICATION_REQUIRED: [403, "Log in again for this action"],
  CROSS_SITE_REQUEST: [403, "Another site asked for this change"],
  FORBIDDEN: [403, "Known, but not allowed"],
  AMBIGUOUS_CREDENTIALS: [409, "Two people on one request"],
  LAST_ADMIN: [409, "The last admin stays one"],
  SUPERSEDED: [409, "Another login took its place"],
  NOT_SUPPORTED: [405, "This flow has no such operation"],
  TOO_MANY_REQUESTS: [429, "Too many attempts"],
  BAD_REQUEST: [400, "The request could not be read"],
  NOT_FOUND: [404, "There is nothing here"],
  METHOD_NOT_ALLOWED: [405, "This address does not take that method"],
  UNSUPPORTED_MEDIA_TYPE: [415, "The body must be JSON"],
  PAYLOAD_TOO_LARGE: [413, "The body is too large"],
  UNPROCESSABLE: [422, "The body does not have the expected fields"],
  STORE_UNAVAILABLE: [503, "The store does not answer"],
  OVERLOADED: [503, "Too many passwords at once"],
} as const satisfies { readonly [Code in RefusalCode]: Name<Code> };
