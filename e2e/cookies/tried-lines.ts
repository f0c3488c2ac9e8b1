import type { CookieRule } from "../../lib/lab/cookies/cookie-rules.ts";
import { plainHost } from "../fixtures/plain-host.ts";

/** A line that is sent, or set by a script. */
export type Try = {
  readonly line: string;
  readonly host?: string;
  readonly byScript?: true;
  /** Lines that are sent before the tried line. */
  readonly first?: readonly string[];
};

const secure = "Secure; Path=/";
/** For each rule a line that breaks it and a line that keeps it. Both are compared with the browser. */
export const triedLines: Readonly<Record<CookieRule, readonly Try[]>> = {
  CONTROL_CHARACTER: [
    { line: "try=a\u0001b", byScript: true },
    { line: "try=a b\t", byScript: true },
  ],
  TAB_INSIDE: [
    { line: "try=a\tb" },
    { line: "try\tb=a" },
    { line: "try=a\tb", byScript: true },
    { line: "try=\ta b\t" },
  ],
  NOTHING_IN_IT: [
    { line: "=", byScript: true },
    { line: "=try", byScript: true },
  ],
  TOO_LARGE: [{ line: `try=${"x".repeat(4094)}` }, { line: `try=${"x".repeat(4093)}` }],
  DOMAIN_ELSEWHERE: [{ line: "try=1; Domain=example.org" }, { line: "try=1; Domain=localhost" }],
  DOMAIN_PUBLIC: [
    { line: "try=1; Domain=org", host: plainHost },
    { line: "try=1; Domain=example.org", host: plainHost },
  ],
  SECURE_OVER_HTTP: [{ line: `try=1; ${secure}`, host: plainHost }, { line: `try=1; ${secure}` }],
  NONE_WITHOUT_SECURE: [{ line: "try=1; SameSite=None" }, { line: "try=1; SameSite=None; Secure" }],
  PARTITIONED_WITHOUT_SECURE: [{ line: "try=1; Partitioned" }, { line: "try=1; Partitioned; Secure" }],
  SCRIPT_SETS_HTTP_ONLY: [
    { line: "try=1; Path=/; HttpOnly", byScript: true },
    { line: "try=1; Path=/", byScript: true },
  ],
  SCRIPT_OVER_HTTP_ONLY: [
    { line: "try=2; Path=/", byScript: true, first: ["try=1; Path=/; HttpOnly"] },
    { line: "try=2; Path=/", byScript: true, first: ["try=1; Path=/"] },
  ],
  PREFIX_SECURE: [{ line: "__Secure-try=1" }, { line: "__secure-try=1; Secure" }],
  PREFIX_HOST: [
    { line: "__Host-try=1; Secure; Path=/api/lab/echo" },
    { line: "__Host-try=1; Secure" },
    { line: "__hOsT-try=1; Path=/" },
    { line: `__Host-try=1; ${secure}; Domain=localhost` },
    { line: `__Host-try=1; ${secure}` },
  ],
  PREFIX_HTTP: [
    { line: "__Http-try=1; Secure" },
    { line: "__Http-try=1; HttpOnly" },
    { line: `__Http-try=1; ${secure}`, byScript: true },
    { line: "__Http-try=1; Secure; HttpOnly" },
  ],
  PREFIX_HOST_HTTP: [
    { line: `__Host-Http-try=1; ${secure}` },
    { line: "__Host-Http-try=1; Secure; HttpOnly; Path=/api/lab/echo" },
    { line: `__Host-Http-try=1; ${secure}; HttpOnly` },
  ],
  PREFIX_IN_VALUE: [{ line: "=__Host-try" }, { line: "=__HOST-try=1" }, { line: "=try" }],
};
