import type { CookieRule } from "./cookie-rules.ts";
import { type StayReason, staysHome } from "./cookie-travel.ts";
import { type CookieContext, judgeSetCookie } from "./cookie-verdict.ts";

/** A server next to this one, and what a cookie of this one means to it. */
export type ServerBeside = {
  readonly name: string;
  readonly origin: string;
  /** Why it is not sent the cookie; `null`: it is. */
  readonly notSent: StayReason | CookieRule | null;
  /** Why it cannot set a cookie of that name for this server; `null`: it can. */
  readonly cannotSet: StayReason | CookieRule | null;
};

type Here = Pick<CookieContext, "scheme" | "host" | "now"> & { readonly port: string };

/**
 * Who shares a cookie with this server, computed by a browser's rules. They know no port (RFC 6265bis §8.5): of two
 * servers on one host, each is sent the cookies of the other and can set them, `__Host-` or not. Another host can not.
 */
export function serversBeside(line: string, { scheme, host, port, now }: Here): readonly ServerBeside[] {
  const here = { scheme, host, path: "/", now };
  const isAddress = /^[\d.]+$|^\[/.test(host);
  const otherPort = port === "8080" ? "8081" : "8080";
  const others = [
    { name: "another port of this host", host, port: otherPort },
    ...(isAddress ? [] : [{ name: "a host below this one", host: `other.${host}`, port }]),
    { name: "another host", host: "other.example", port },
  ];
  return others.map((other) => {
    const there = { scheme, host: other.host, path: "/", now };
    return {
      name: other.name,
      origin: `${scheme}://${other.host}${other.port && `:${other.port}`}`,
      notSent: stays(line, here, there),
      cannotSet: stays(line, there, here),
    };
  });
}

type Place = Parameters<typeof staysHome>[1];

/** Why a cookie that this line sets at one place does not come to the other one; `null`: it does. */
function stays(line: string, from: Place, to: Place): StayReason | CookieRule | null {
  const verdict = judgeSetCookie(line, from);
  return verdict.outcome === "refused" ? verdict.rule : staysHome(verdict.cookie, to);
}
