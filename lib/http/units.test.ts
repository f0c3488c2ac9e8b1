import { describe, expect, onTestFinished, test } from "vitest";
import { createTestApplication } from "../testing/test-application.ts";
import { enterLab } from "../testing/visitor.ts";
import { corsHeaders } from "./cors.ts";
import { addressOf, decodeToken, variantOf } from "./request/address.ts";
import { clientOf } from "./request/client.ts";
import { createRequestJar } from "./request/cookie-jar.ts";

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("the cookie jar", () => {
  test("reads cookies by name; the first of two counts, and an empty one is absent", () => {
    const jar = createRequestJar("a=1; b=2;c = 3 ; a=4; empty=; d=x=y; broken");
    expect(["a", "b", "c", "d"].map((name) => jar.get(name)?.value)).toEqual(["1", "2", "3", "x=y"]);
    expect(["empty", "broken", "A", "toString", "__proto__"].map((name) => jar.get(name))).toEqual(
      Array.from({ length: 5 }),
    );
  });

  test("keeps every value of a name in the order of the request, each once, and answers the one that was chosen", () => {
    const jar = createRequestJar("a=1; b=2; a=3; a=; a=1; a=%34");
    expect([jar.values("a"), jar.values("b"), jar.values("c")]).toEqual([["1", "3", "4"], ["2"], []]);
    jar.choose("a", "3");
    expect(jar.get("a")?.value).toBe("3");
    jar.set("a", "5", {});
    expect([jar.get("a")?.value, jar.values("a")]).toEqual(["5", ["1", "3", "4"]]);
  });

  test("deletes a cookie at several places by a line each", () => {
    const jar = createRequestJar(null);
    for (const path of ["/", "/api", "/"]) jar.set("a", "", { path, maxAge: 0 });
    expect(jar.setCookieLines()).toEqual(["a=; Max-Age=0; Path=/", "a=; Max-Age=0; Path=/api"]);
  });

  test.for([[null], [""], [";"], ["="], [";;=;"], ["%"]])("is empty for the header %j", ([header]) => {
    expect(createRequestJar(header ?? null).get("a")).toBeUndefined();
  });

  test("decodes percent-encoding, and leaves invalid text as it is", () => {
    const jar = createRequestJar("a=%41; b=%; c=%ff; d=%zz");
    expect(["a", "b", "c", "d"].map((name) => jar.get(name)?.value)).toEqual(["A", "%", "%ff", "%zz"]);
  });

  test("writes one line a name: the last one set wins, and is read from then on", () => {
    const jar = createRequestJar("a=1");
    jar.set("a", "2", { path: "/" });
    jar.set("b", "3", { path: "/" });
    jar.set("a", "4", { path: "/", maxAge: 0 });
    expect(jar.setCookieLines()).toEqual(["a=4; Max-Age=0; Path=/", "b=3; Path=/"]);
    expect(jar.get("a")).toEqual({ name: "a", value: "4" });
    jar.set("b", "", { maxAge: 0 });
    expect(jar.get("b")).toBeUndefined();
  });

  test("writes no cookie of more than 4096 bytes of name and value, as they are sent (ASVS 3.3.5)", () => {
    const jar = createRequestJar(null);
    const fitting = `${"é".repeat(10)}${"x".repeat(4096 - 1 - 60)}`;
    expect([jar.fits("a", fitting), jar.fits("a", `${fitting}x`), jar.fits("a", fitting, 1)]).toEqual([
      true,
      false,
      false,
    ]);
    jar.set("a", fitting, {});
    expect(() => jar.set("a", `${fitting}x`, {})).toThrow(RangeError);
    expect(jar.setCookieLines()).toEqual([`a=${encodeURIComponent(fitting)}`]);
    expect(jar.get("a")?.value).toBe(fitting);
  });

  test("writes each attribute it is given and none that is undefined", () => {
    const jar = createRequestJar(null);
    const all = {
      path: "/",
      domain: "lab.example",
      maxAge: 60,
      httpOnly: true,
      secure: true,
      partitioned: true,
    } as const;
    jar.set("all", "v", { ...all, sameSite: "none" });
    jar.set("few", "v", { path: undefined, maxAge: undefined, httpOnly: false, sameSite: undefined });
    const [line = "", ...others] = jar.setCookieLines();
    const attributes = [
      "Domain=lab.example",
      "HttpOnly",
      "Max-Age=60",
      "Partitioned",
      "Path=/",
      "SameSite=None",
      "Secure",
    ];
    expect(line.split("; ").sort()).toEqual([...attributes, "all=v"].sort());
    expect(others).toEqual(["few=v"]);
  });

  test("encodes characters that would end the value or the line", () => {
    const jar = createRequestJar(null);
    jar.set("a", "x; Domain=evil.example\r\nSet-Cookie: b=c", {});
    expect(jar.setCookieLines()).toEqual([expect.stringMatching(/^a=[^;\s]*$/)]);
    expect(() => jar.set("a\r\nb", "c", {})).toThrow();
  });
});

describe("the address on a credential", () => {
  const token = (payload: unknown) => `${encoded({ alg: "EdDSA" })}.${encoded(payload)}.c2ln`;

  test("is in front of an opaque one, and in iss and variant of a token", () => {
    expect(addressOf("1a2b.sql.secret.more")).toEqual({ labId: "1a2b", variant: "sql" });
    const claims = { iss: "https://lab.example/api/labs/1a2b", variant: "memory-jwt/rotating" };
    expect(addressOf(token(claims))).toEqual({ labId: "1a2b", variant: "rotating" });
    expect(variantOf("memory-jwt", { labId: "1a2b", variant: "rotating" })).toBe("memory-jwt/rotating");
  });

  test.for([
    ...[
      "",
      ".",
      "..",
      "...",
      "a",
      "a.b",
      "LAB.sql.x",
      "lab.SQL.x",
      "lab..x",
      ".sql.x",
      "lab.s_q.x",
      "é.sql.x",
      `${"a".repeat(41)}.sql.x`,
    ],
    ...[{}, { iss: 7, variant: 7 }, { iss: "lab" }, { variant: "sql" }, { iss: "", variant: "" }].map(token),
    ...[
      { iss: "x/LAB", variant: "sql" },
      { iss: "lab/", variant: "sql" },
      { iss: "lab", variant: "a b" },
    ].map(token),
  ])("is missing from %j", (credential) => {
    expect(addressOf(credential)).toBeNull();
  });

  test("a token is read when it has three parts and two of them are JSON objects", () => {
    expect(decodeToken(token({ sub: "alice", list: [1] }))).toEqual({
      header: { alg: "EdDSA" },
      payload: { sub: "alice", list: [1] },
    });
    const [header, payload] = [encoded({ alg: "none" }), encoded({ sub: "alice" })];
    expect(decodeToken(`${header}.${payload}.`)).not.toBeNull();
    const unreadable = [`${header}.${payload}`, `${header}.${payload}.a.b`, `.${payload}.a`, `${header}..a`, "a.b.c"];
    const nothing = [
      ...unreadable,
      `${encoded([])}.${payload}.a`,
      `${header}.${encoded(null)}.a`,
      `${header}.${encoded(1)}.a`,
    ];
    expect(nothing.map(decodeToken)).toEqual(nothing.map(() => null));
  });
});

describe("the client", () => {
  const from = (headers: Record<string, string>) =>
    clientOf(new Request("http://lab.example", { headers }), (agent) => `a device that says '${agent}'`);

  test("has the address from the nearest proxy, its User-Agent and a device name", () => {
    const client = from({ "x-forwarded-for": " 203.0.113.9 , 192.0.2.1 ", "user-agent": "curl/8" });
    expect(client).toEqual({ ip: "192.0.2.1", userAgent: "curl/8", device: "a device that says 'curl/8'" });
  });

  test("without a User-Agent is unknown, and a long one is cut", () => {
    expect(from({})).toEqual({ ip: "unknown", userAgent: "", device: "a device that says ''" });
    const long = from({ "x-forwarded-for": "f".repeat(100), "user-agent": "x".repeat(1000) });
    expect([long.ip.length, long.userAgent.length]).toEqual([45, 400]);
    expect(from({ "x-forwarded-for": "192.0.2.1, " }).ip).toBe("unknown");
  });
});

describe("[ASVS 3.4.2] CORS", () => {
  const asked = (origin?: string) =>
    new Request("http://lab.example", { headers: origin === undefined ? {} : { origin } });

  test("answers an origin on the list, and never allows the browser's own credentials", () => {
    const headers = new Headers([...corsHeaders(["https://app.example"], asked("https://app.example"))]);
    expect(headers.get("access-control-allow-origin")).toBe("https://app.example");
    expect(headers.get("access-control-allow-headers")).toBe("authorization, content-type");
    expect(headers.has("access-control-allow-credentials")).toBe(false);
  });

  test.for(["https://app.example.evil", "https://APP.example", "http://app.example", "null", "*", "", undefined])(
    "answers no CORS header to the origin %j",
    (origin) => {
      expect(corsHeaders(["https://app.example"], asked(origin))).toEqual([]);
      expect(corsHeaders([], asked(origin))).toEqual([]);
    },
  );

  test("is the same on every answer: preflight, success and refusal", async () => {
    const app = await createTestApplication({ CORS_ORIGINS: "https://app.example, https://other.example" });
    onTestFinished(() => app.dispose());
    const visitor = await enterLab(app);
    for (const [method, path] of [
      ["OPTIONS", "/api/memory-jwt/me"],
      ["GET", "/api/health"],
      ["GET", "/api/nothing"],
      ["GET", "/api/user-info"],
    ] as const) {
      const ask = (origin: string) => visitor.send(method, path, { headers: { origin } });
      expect((await ask("https://other.example")).headers.get("access-control-allow-origin")).toBe(
        "https://other.example",
      );
      const stranger = await ask("https://evil.example");
      expect([...stranger.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
  });

  test("lets an allowed origin's script read what a refusal says in a header, such as how long to wait", async () => {
    const app = await createTestApplication({ CORS_ORIGINS: "https://app.example", LOGIN_ATTEMPTS: "1" });
    onTestFinished(() => app.dispose());
    const native = await enterLab(app);
    await native.logIn("memory-jwt/rotating", { client: "native" });
    // A page of another origin sends no cookie.
    native.cookies.clear();
    native.device.clear();
    const headers = { origin: "https://app.example", authorization: `Bearer ${native.accessToken}` };
    const ask = (method: string, action: string, body?: object) =>
      native.send(method, `/api/memory-jwt/${action}`, { headers, ...(body && { body }) });
    const wrong = () => ask("POST", "reauthenticate", { password: "not this one" });
    const refused = [
      [await wrong(), 401, "www-authenticate"],
      [await wrong(), 429, "retry-after"],
      [await ask("DELETE", "me"), 405, "allow"],
    ] as const;
    for (const [reply, status, header] of refused) {
      expect([reply.status, reply.headers.has(header)]).toEqual([status, true]);
      expect(reply.headers.get("access-control-expose-headers")?.toLowerCase()).toContain(header);
    }
  });
});
