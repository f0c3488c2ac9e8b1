import { afterAll, describe, expect, test, vi } from "vitest";
import { refusals } from "../core/refusal.ts";
import { minute } from "../core/time.ts";
import { variants } from "../flows/registry.ts";
import { isForgeable } from "../testing/forgeable.ts";
import { createTestApplication } from "../testing/test-application.ts";
import { createVisitor, enterLab, type Reply } from "../testing/visitor.ts";

const app = await createTestApplication();
const plain = await createTestApplication({ LAB_MODE: "off" });
afterAll(() => Promise.all([app.dispose(), plain.dispose()]));

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
const endpoints = [...app.table].map(([pattern, endpoint]) => ({
  pattern,
  path: `/api/${pattern.replace(":id", "someone")}`,
  takes: methods.filter((method) => method in endpoint),
  endpoint,
}));

/** RFC 9457, with the code's own title and status. */
function expectProblem(reply: Reply): void {
  const known = Object.entries(refusals).find(([code]) => code === reply.code)?.[1];
  expect(reply.headers.get("content-type")).toBe("application/problem+json");
  expect(reply.body).toEqual({
    type: `urn:loginscope:refusal:${reply.code}`,
    title: known?.title,
    status: known?.status,
    detail: expect.stringMatching(/\.$/),
    code: reply.code,
  });
  expect(reply.status).toBe(known?.status);
  // RFC 9110 §11.6.1: a 401 names the scheme to authenticate with; other statuses need not.
  expect(reply.headers.has("www-authenticate")).toBe(reply.status === 401);
  expect(reply.headers.has("allow")).toBe(reply.status === 405);
  expect(reply.headers.has("retry-after")).toBe([429, 503].includes(reply.status));
}

describe.for(endpoints)("$pattern", ({ path, takes, endpoint }) => {
  test("another method is METHOD_NOT_ALLOWED, and Allow names the right ones", async () => {
    const visitor = await enterLab(app);
    for (const method of [...methods.filter((each) => !takes.includes(each)), "REPORT"]) {
      const reply = await visitor.send(method, path);
      expect([method, reply.code]).toEqual([method, "METHOD_NOT_ALLOWED"]);
      expect(reply.headers.get("allow")).toBe(allowOf(takes));
      expectProblem(reply);
    }
  });

  test("OPTIONS answers 204 with Allow", async () => {
    const reply = await createVisitor(app).send("OPTIONS", path);
    expect([reply.status, reply.text, reply.headers.get("allow")]).toEqual([204, "", allowOf(takes)]);
  });

  test("HEAD answers as GET without a body, and without a GET is METHOD_NOT_ALLOWED", async () => {
    const visitor = await enterLab(app);
    const head = await visitor.send("HEAD", path);
    expect(head.text).toBe("");
    if (!takes.includes("GET")) return expect([head.status, head.headers.get("allow")]).toEqual([405, allowOf(takes)]);
    const get = await app.dispatch(new Request(`${app.env.origin}${path}`, { headers: headersOf(visitor) }));
    await get.body?.cancel();
    expect(head.status).toBe(get.status);
    expect(Object.fromEntries(head.headers)).toEqual(Object.fromEntries(get.headers));
  });

  test("[ASVS 14.3.2] [WSTG-SESS-04] no answer may be stored, and Vary names the headers that it depends on", async () => {
    const visitor = await enterLab(app);
    for (const method of ["HEAD", "OPTIONS", ...methods]) {
      const response = await app.dispatch(
        new Request(`${app.env.origin}${path}`, { method, headers: headersOf(visitor) }),
      );
      await response.body?.cancel();
      expect([method, response.headers.get("cache-control")]).toEqual([method, "no-store"]);
      expect(response.headers.get("vary")).toBe("Cookie, Authorization, Origin, Sec-Fetch-Site");
    }
  });

  test("every refusal is a problem with a code, its title and a sentence", async () => {
    const visitor = await enterLab(app);
    const json = { "content-type": "application/json" };
    const senders = [
      { body: '{"surely":"not wanted"}', headers: json },
      { body: "{", headers: json },
      { body: "[]", headers: json },
      { body: `"${"x".repeat(20_000)}"`, headers: json },
      { body: "a=b", headers: { "content-type": "application/x-www-form-urlencoded" } },
      { headers: { "sec-fetch-site": "cross-site" } },
      { headers: { authorization: "Bearer garbage" } },
    ];
    const changing = takes.filter((method) => method !== "GET");
    const replies = await Promise.all(
      changing.flatMap((method) => senders.map((sending) => visitor.send(method, path, sending))),
    );
    for (const reply of replies.filter(({ status }) => status >= 400)) expectProblem(reply);
    // At least these refusals: not JSON, too long, or sent from another site. A form's fields are tried by
    // oauth.test.ts.
    const codes = replies.map(({ code }) => code);
    const always = [
      ...(endpoint.POST?.form ? [] : ["BAD_REQUEST", "UNPROCESSABLE"]),
      "PAYLOAD_TOO_LARGE",
      "UNSUPPORTED_MEDIA_TYPE",
      "CROSS_SITE_REQUEST",
    ];
    expect(codes).toEqual(expect.arrayContaining(changing.length > 0 ? always : []));
  });

  test("outside lab mode a lab's address is NOT_FOUND by any method", async () => {
    const labOnly = Object.values(endpoint).every((operation) => operation.labModeOnly);
    const replies = await Promise.all(
      ["OPTIONS", ...methods].map((method) => createVisitor(plain).send(method, path, {})),
    );
    const codes = new Set(replies.map(({ code }) => code));
    if (labOnly) expect([...codes]).toEqual(["NOT_FOUND"]);
    else expect(replies[0]?.status).toBe(204);
  });
});

test("an unknown address is NOT_FOUND, also one that cannot be decoded", async () => {
  for (const path of ["/api", "/api/", "/api/nothing", "/api/cookie", "/api/cookie/me/", "/api/%ff/me", "/api//me"]) {
    const visitor = await enterLab(app);
    const reply = await visitor.get(path);
    expect([path, reply.code]).toEqual([path, "NOT_FOUND"]);
    expectProblem(reply);
    expect(reply.headers.get("cache-control")).toBe("no-store");
    expect((await visitor.send("HEAD", path)).text).toBe("");
  }
});

test("HEAD on a stream does not stay subscribed", async () => {
  const visitor = await enterLab(app);
  await visitor.send("HEAD", "/api/lab/exchanges");
  const lab = app.labContexts.labIdOf(visitor.cookies.get("__Host-lab") ?? "");
  const later = app.systemClock.now() + 2 * minute;
  vi.spyOn(app.systemClock, "now").mockReturnValue(later);
  expect(app.app.exchanges.isWatched(lab)).toBe(false);
});

test.for(variants)("a login with $id during a reset of its lab ends with that lab", async (variant) => {
  const { id } = variant;
  const visitor = await enterLab(app);
  const verify = app.passwords.verify;
  vi.spyOn(app.passwords, "verify").mockImplementationOnce(async (...credentials) => {
    await visitor.copy().post("/api/lab/reset");
    // After another request the lab exists again, as a new one.
    await visitor.copy().get("/api/lab");
    return verify(...credentials);
  });
  const report = vi.spyOn(console, "error").mockReturnValue();
  const reply = await visitor.logIn(id);
  // What could not be written of it is told in a line each, without a stack.
  for (const told of report.mock.calls)
    expect(told).toEqual([expect.stringMatching(/^The lab \w+ was reset before .*$/)]);
  report.mockRestore();
  // A flow without records misses none. The old cookie does not get into the new lab.
  const code = isForgeable(variant) ? null : "INVALID_CREDENTIAL";
  if (reply.status === 200) return expect((await visitor.get("/api/user-info")).code).toBe(code);
  expect(reply.code).toBe("NOT_FOUND");
  expectProblem(reply);
});

test("a rotation of keys during a reset of its lab is NOT_FOUND", async () => {
  const visitor = await enterLab(app);
  const rotate = app.labContexts.rotateKeys;
  vi.spyOn(app.labContexts, "rotateKeys").mockImplementationOnce(async (...given) => {
    await visitor.copy().post("/api/lab/reset");
    return rotate(...given);
  });
  expect((await visitor.post("/api/lab/keys/rotate", { overlap: true })).code).toBe("NOT_FOUND");
});

test("an error on the server is a 500 without details, and is reported", async () => {
  const visitor = await enterLab(app);
  const report = vi.spyOn(console, "error").mockReturnValue();
  vi.spyOn(app.app, "findLabContext").mockRejectedValue(new Error("the disk is on fire"));
  const reply = await visitor.get("/api/user-info");
  expect(reply.status).toBe(500);
  expect(reply.headers.get("content-type")).toBe("application/problem+json");
  expect(reply.headers.get("cache-control")).toBe("no-store");
  expect(reply.text).not.toMatch(/fire|at .*\.ts/);
  expect(report).toHaveBeenCalledOnce();
});

function allowOf(takes: readonly string[]): string {
  return [...takes, ...(takes.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
}

function headersOf(visitor: { readonly cookies: ReadonlyMap<string, string> }): Record<string, string> {
  return { cookie: [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
}
