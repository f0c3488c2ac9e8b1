import { describe, expect, test } from "vitest";
import { type CookieRule, cookieNotes, cookieRules } from "./cookie-rules.ts";
import { hiddenFromScripts, type OutgoingRequest, stayReasons, staysHome } from "./cookie-travel.ts";
import { type CookieContext, isTrustworthy, judgeSetCookie, type StoredCookie } from "./cookie-verdict.ts";

const now = Date.UTC(2026, 10, 21);
const localhost: CookieContext = { scheme: "http", host: "localhost", path: "/api/lab/cookies", now };
const https: CookieContext = { ...localhost, scheme: "https", host: "app.example.org" };
const plain: CookieContext = { ...https, scheme: "http" };

function stored(line: string, context: CookieContext = https): StoredCookie {
  const verdict = judgeSetCookie(line, context);
  if (verdict.outcome === "refused") throw new Error(`${line} was refused: ${verdict.rule}`);
  return verdict.cookie;
}

const kept = stored("a=1; Path=/; Secure; HttpOnly");

/** Each rule with a line that breaks it and the nearest one that does not. */
const cases: Readonly<Record<CookieRule, readonly [broken: string, kept: string, context?: Partial<CookieContext>]>> = {
  CONTROL_CHARACTER: ["a=1\u0001", "a=1 2\t"],
  TAB_INSIDE: ["a=1\t2", "a=\t1 2\t"],
  NOTHING_IN_IT: ["=; Path=/", "=1; Path=/"],
  TOO_LARGE: [`a=${"x".repeat(4096)}`, `a=${"x".repeat(4095)}`],
  DOMAIN_ELSEWHERE: ["a=1; Domain=ample.org", "a=1; Domain=.Example.org"],
  DOMAIN_PUBLIC: ["a=1; Domain=org", "a=1; Domain=example.org"],
  SECURE_OVER_HTTP: ["a=1; Secure", "a=1", plain],
  NONE_WITHOUT_SECURE: ["a=1; SameSite=None", "a=1; SameSite=None; Secure"],
  PARTITIONED_WITHOUT_SECURE: ["a=1; Partitioned", "a=1; Partitioned; Secure"],
  SCRIPT_SETS_HTTP_ONLY: ["b=1; HttpOnly", "b=1", { byScript: true }],
  SCRIPT_OVER_HTTP_ONLY: ["a=2; Path=/", "b=2; Path=/", { byScript: true, jar: [kept] }],
  PREFIX_SECURE: ["__Secure-a=1", "__SECURE-a=1; Secure"],
  PREFIX_HOST: ["__Host-a=1; Secure; Path=/api", "__Host-a=1; Secure; Path=/"],
  PREFIX_HTTP: ["__Http-a=1; Secure", "__Http-a=1; Secure; HttpOnly"],
  PREFIX_HOST_HTTP: ["__Host-Http-a=1; Secure; Path=/", "__Host-Http-a=1; Secure; Path=/; HttpOnly"],
  PREFIX_IN_VALUE: ["=__Host-a=1", "=a=1"],
};

describe.for(Object.entries(cases))("%s", ([rule, [broken, whole, context]]) => {
  test("refuses a line that breaks the rule", () => {
    expect(judgeSetCookie(broken, { ...https, ...context })).toEqual({ outcome: "refused", rule });
  });

  test("accepts the nearest line that keeps the rule", () => {
    expect(judgeSetCookie(whole, { ...https, ...context }).outcome).toBe("stored");
  });

  test("has a text and a clause", () => {
    const [sentence, clause] = cookieRules[rule as CookieRule];
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(clause).not.toBe("");
  });
});

test("names are compared with prefixes without regard to case, also where there is no name", () => {
  for (const name of ["__host-a", "__HOST-a", "__hOsT-a"]) {
    expect(judgeSetCookie(`${name}=1`, https)).toMatchObject({ rule: "PREFIX_HOST" });
    expect(judgeSetCookie(`${name}`, https)).toMatchObject({ rule: "PREFIX_IN_VALUE" });
  }
});

test("__Host- needs an explicit Path=/", () => {
  expect(judgeSetCookie("__Host-a=1; Secure", { ...https, path: "/" })).toMatchObject({ rule: "PREFIX_HOST" });
});

test("a script cannot set a name with an __Http prefix", () => {
  expect(judgeSetCookie("__Http-a=1; Secure", { ...https, byScript: true })).toMatchObject({ rule: "PREFIX_HTTP" });
});

describe("this very machine", () => {
  test.for(["localhost", "app.localhost", "127.0.0.1", "127.8.8.8", "[::1]"])("%s is trusted without https", (host) => {
    expect(isTrustworthy({ scheme: "http", host })).toBe(true);
    expect(judgeSetCookie("__Host-a=1; Secure; Path=/", { ...localhost, host }).outcome).toBe("stored");
  });

  test.for(["192.168.0.9", "localhost.example.org", "notlocalhost", "128.0.0.1"])("%s is not", (host) => {
    expect(isTrustworthy({ scheme: "http", host })).toBe(false);
  });

  test("Domain=localhost on localhost is as if none were given", () => {
    const verdict = judgeSetCookie("a=1; Domain=localhost", localhost);
    expect(verdict).toMatchObject({ outcome: "stored", cookie: { hostOnly: true, domain: "localhost" } });
    expect(verdict).toHaveProperty("notes", expect.arrayContaining(["HOST_ONLY_DOMAIN"]));
  });

  test("an IP address covers only itself", () => {
    expect(judgeSetCookie("a=1; Domain=0.0.1", { ...localhost, host: "127.0.0.1" })).toMatchObject({
      rule: "DOMAIN_ELSEWHERE",
    });
  });
});

describe("Path", () => {
  test.for([
    ["a=1", "/api/lab"],
    ["a=1; Path=", "/api/lab"],
    ["a=1; Path=api", "/api/lab"],
    ["a=1; Path=/x; Path=/y", "/y"],
    ["a=1; path = /z ", "/z"],
    [`a=1; Path=/${"p".repeat(1024)}`, "/api/lab"],
    [`a=1; Path=/${"p".repeat(1023)}`, `/${"p".repeat(1023)}`],
  ])("%s", ([line = "", path]) => {
    expect(stored(line).path).toBe(path);
  });

  test("the folder of a top-level address is /", () => {
    expect(stored("a=1", { ...https, path: "/cookies" }).path).toBe("/");
  });
});

describe("lifetimes", () => {
  const days = (line: string) => ((stored(line).endsAt ?? Number.NaN) - now) / 86_400_000;

  test("without Max-Age or Expires a cookie ends with the browser", () => {
    expect(stored("a=1").endsAt).toBeNull();
    expect(stored("a=1; Max-Age=soon; Expires=never").endsAt).toBeNull();
  });

  test.for([
    ["Max-Age=604800", 7],
    ["Max-Age=34560000", 400],
    ["Max-Age=34560001", 400],
    ["Max-Age=99999999999999999999", 400],
    ["Expires=Sat, 28 Nov 2026 00:00:00 GMT", 7],
    ["Expires=28-nov-26 00:00:00", 7],
    ["Expires=Sat Nov 28 00:00:00 2126", 400],
    ["Expires=Sat, 28 Nov 2026 00:00:00 GMT; Max-Age=86400", 1],
  ] as const)("%s: %d days", ([attributes, expected]) => {
    expect(days(`a=1; ${attributes}`)).toBe(expected);
  });

  test.for(["Max-Age=0", "Max-Age=-1", "Expires=Thu, 01 Jan 1970 00:00:00 GMT"])("%s deletes it", (attribute) => {
    expect(judgeSetCookie(`a=1; ${attribute}`, https).outcome).toBe("deleted");
  });

  test.for(["31 Feb 2026 00:00:00", "1 Jan 2026", "1 Jan 1600 00:00:00", "1 Jan 2026 24:00:00"])(
    "Expires=%s is ignored",
    (date) => {
      expect(judgeSetCookie(`a=1; Expires=${date}`, https)).toMatchObject({
        cookie: { endsAt: null },
        notes: expect.arrayContaining(["ATTRIBUTE_UNREADABLE"]),
      });
    },
  );

  test("dates are counted as the platform counts them", () => {
    for (const each of ["1999-12-31", "2000-02-29", "2024-03-01", "2100-03-01"]) {
      const at = new Date(`${each}T12:34:56Z`);
      const verdict = judgeSetCookie(`a=1; Expires=${at.toUTCString()}`, { ...https, now: at.getTime() - 1000 });
      expect(verdict).toMatchObject({ cookie: { endsAt: at.getTime() } });
    }
  });
});

test("a note tells what the browser does otherwise than the line says", () => {
  const line = `a; Max-Age=99999999; Expires=Sat, 28 Nov 2026 00:00:00 GMT; Domain=app.localhost; X=1; Path=${"y".repeat(1025)}; SameSite=what`;
  const verdict = judgeSetCookie(line, { ...localhost, host: "app.localhost" });
  expect(verdict).toHaveProperty(
    "notes",
    expect.arrayContaining([
      "CAPPED",
      "DEFAULT_PATH",
      "MAX_AGE_WINS",
      "LAX_BY_DEFAULT",
      "NO_NAME",
      "ATTRIBUTE_TOO_LONG",
      "ATTRIBUTE_UNKNOWN",
    ]),
  );
  for (const [sentence, clause] of Object.values(cookieNotes)) expect([sentence, clause]).not.toContain("");
});

describe("where it goes", () => {
  const request: OutgoingRequest = {
    scheme: "https",
    host: "app.example.org",
    path: "/api/me",
    now,
  };

  test.for([
    ["to its own host", "a=1; Path=/", {}, null],
    ["not to a sibling", "a=1; Path=/", { host: "b.example.org" }, "HOST"],
    ["not below its host without a Domain", "a=1; Path=/", { host: "x.app.example.org" }, "HOST"],
    ["to a sibling below its Domain", "a=1; Path=/; Domain=example.org", { host: "b.example.org" }, null],
    ["below its Path", "a=1; Path=/api", {}, null],
    ["not beside its Path", "a=1; Path=/ap", {}, "PATH"],
    ["not above its Path", "a=1; Path=/api/me/x", {}, "PATH"],
    ["not over plain http when Secure", "a=1; Path=/; Secure", { scheme: "http" }, "SECURE"],
    ["over plain http otherwise", "a=1; Path=/", { scheme: "http" }, null],
    ["not after its end", "a=1; Path=/; Max-Age=10", { now: now + 10_000 }, "ENDED"],
  ] as const)("%s", ([, line, change, expected]) => {
    expect(staysHome(stored(line), { ...request, ...change })).toBe(expected);
  });

  test("a Secure cookie is sent over plain http to this very machine", () => {
    expect(staysHome(stored("a=1; Path=/; Secure", localhost), { ...request, ...localhost })).toBeNull();
  });

  test("a script reads a cookie that would be sent, unless it is HttpOnly", () => {
    expect(hiddenFromScripts(stored("a=1; Path=/"), request)).toBeNull();
    expect(hiddenFromScripts(stored("a=1; Path=/; HttpOnly"), request)).toBe("HTTP_ONLY");
    expect(hiddenFromScripts(stored("a=1; Path=/x"), request)).toBe("PATH");
  });

  test("each reason for not sending has a text and a clause", () => {
    for (const [sentence, clause] of Object.values(stayReasons)) expect([sentence, clause]).not.toContain("");
  });
});
