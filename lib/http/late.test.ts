import { afterAll, describe, expect, test } from "vitest";
import { createTestApplication } from "../testing/test-application.ts";
import { enterLab, type Visitor } from "../testing/visitor.ts";
import { lateness } from "./late.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const late = { headers: { "loginscope-late": "300" } };

test.for([
  ["300", 300],
  ["12.9", 12],
  ["9999999", 3000],
  ["-5", 0],
  ["Infinity", 0],
  ["soon", 0],
  ["", 0],
] as const)("an answer is held back for at most three seconds: %s", ([asked, milliseconds]) => {
  const request = new Request("http://localhost/api/cookie/me", { headers: { "loginscope-late": asked } });
  expect([lateness(request, true), lateness(request, false)]).toEqual([milliseconds, 0]);
});

describe("an answer that is held back over a logout puts the browser back in", () => {
  /** The request is done before the logout; its answer arrives after the logout's. */
  async function overtaken(visitor: Visitor, flow: string, method: string, action: string) {
    const jar = visitor.copy();
    const answer = jar.send(method, `/api/${flow}/${action}`, late);
    await new Promise((done) => setTimeout(done, 100));
    expect((await visitor.post(`/api/${flow}/logout`)).status).toBe(204);
    expect((await visitor.get(`/api/${flow}/me`)).code).toBe("NO_CREDENTIAL");
    const reply = await answer;
    expect([reply.status, reply.headers.get("loginscope-late")]).toEqual([200, "300"]);
    for (const line of reply.setCookies) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      visitor.cookies.set(name, value);
    }
    return visitor.get(`/api/${flow}/me`);
  }

  test("cookie/sealed: who is logged in, which slides the login", async () => {
    const visitor = await enterLab(app);
    await visitor.logIn("cookie/sealed");
    await visitor.post("/api/lab/clock", { advanceSeconds: 61 });
    expect((await overtaken(visitor, "cookie", "GET", "me")).status).toBe(200);
  });

  test.for([
    ["hybrid/short-jwt", "NO_CREDENTIAL"],
    ["memory-jwt/http-only-cookie", "REVOKED"],
  ] as const)("%s: a refresh, and nothing renews what came back", async ([variant, refused]) => {
    const visitor = await enterLab(app);
    await visitor.logIn(variant);
    const flow = variant.split("/")[0] ?? "";
    expect((await overtaken(visitor, flow, "POST", "refresh")).status).toBe(200);
    expect((await visitor.post(`/api/${flow}/refresh`)).code).toBe(refused);
  });

  test("server-session/sql stays out: its record is ended, whatever cookie comes back", async () => {
    const visitor = await enterLab(app);
    await visitor.logIn("server-session/sql");
    const before = new Map(visitor.cookies);
    await overtaken(visitor, "server-session", "GET", "me");
    for (const [name, value] of before) visitor.cookies.set(name, value);
    expect((await visitor.get("/api/server-session/me")).code).toBe("REVOKED");
  });
});
