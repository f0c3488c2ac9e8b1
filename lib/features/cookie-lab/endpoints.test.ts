import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { flows } from "../../flows/registry.ts";
import { labCookie } from "../../http/request/lab-cookie.ts";
import { cookiePrefixes } from "../../lab/cookies/cookie-prefix.ts";
import { createTestApplication, type TestApplication } from "../../testing/test-application.ts";
import { enterLab, type Visitor } from "../../testing/visitor.ts";

let app: TestApplication;
let visitor: Visitor;
beforeAll(async () => {
  app = await createTestApplication();
  visitor = await enterLab(app);
});
afterAll(() => app.dispose());

const send = (line: unknown) => visitor.post("/api/lab/cookies", { line });

describe("POST /api/lab/cookies", () => {
  test.for([
    "try=1",
    "  try = 1 ; path=/",
    "__Host-try=1; Secure; Path=/",
    "__HOST-Http-TRY-2=; Secure; HttpOnly; Path=/; Max-Age=0",
    "try-me; Path=nowhere",
    "=try; Path=/api/lab/echo/deep/down",
    `try=${"x".repeat(4097)}`,
    "try=1; Domain=example.org; SameSite=None; Nonsense",
  ])("sends %s as it is", async (line) => {
    const reply = await send(line);
    expect([reply.status, reply.body, reply.setCookies]).toEqual([200, { line }, [line.trim()]]);
  });

  const names = [labCookie.name, ...flows.flatMap(({ manifest }) => manifest.cookies.map(({ name }) => name))];
  const bare = names.map((name) => name.replace("__Host-", ""));
  const spellings = bare.flatMap((name) => ["", ...cookiePrefixes, "__HOST-", "__secure-"].map((each) => each + name));

  test.for(spellings)("never sets %s, by name or by the value of a nameless cookie", async (name) => {
    for (const line of [`${name}=1`, ` ${name} =1; Path=/`, `=${name}=1`, `${name}`, ` = ${name}=1`, `;${name}=1`]) {
      const reply = await send(`${line}; Secure; Path=/`);
      expect([line, reply.status, reply.setCookies]).toEqual([line, 422, []]);
    }
  });

  test.for<readonly [string, unknown, RegExp]>([
    ["nothing", "", /^line: /],
    ["no text", 7, /^line: /],
    ["two headers", "try=1\r\nSet-Cookie: __Host-sid=1", /control characters/],
    ["a bell", "try=1\u0007", /control characters/],
    ["a zero", "try=1\u0000", /^body: .*U\+0000/],
    ["what no header carries as it is", "try=é", /ASCII/],
    ["more than it takes", `try=${"x".repeat(12_000)}`, /^line: /],
    ["another Path", "try=1; Path=/api/cookie", /^line: Path/],
    ["a Path beside", "try=1; Path=/api/lab/echoes", /^line: Path/],
    ["an earlier Path that is passed over", "try=1; Path=/; Path=/cookies", /^line: Path/],
  ])("refuses %s", async ([, line, detail]) => {
    const reply = await send(line);
    expect([reply.status, reply.code, reply.setCookies]).toEqual([422, "UNPROCESSABLE", []]);
    expect(reply.body["detail"]).toMatch(detail);
  });

  test("refuses cookies beyond what a server would read, and still allows deleting", async () => {
    const cookie = [...visitor.cookies, ["try", "x".repeat(5000)]].map((pair) => pair.join("=")).join("; ");
    const ask = (line: string) => visitor.send("POST", "/api/lab/cookies", { body: { line }, headers: { cookie } });
    expect((await ask(`try-2=${"x".repeat(4000)}; Path=/`)).code).toBe("UNPROCESSABLE");
    expect((await ask("try-2=x; Path=/")).status).toBe(200);
    expect((await ask("try=; Path=/; Max-Age=0")).status).toBe(200);
  });

  test("refuses requests of another site", async () => {
    const headers = { "sec-fetch-site": "cross-site" };
    const reply = await visitor.send("POST", "/api/lab/cookies", { body: { line: "try=1" }, headers });
    expect([reply.code, reply.setCookies]).toEqual(["CROSS_SITE_REQUEST", []]);
  });
});

describe("GET /api/lab/echo/<path>", () => {
  test("answers the laboratory's cookies in the order in which they came, and no other", async () => {
    const cookie = `${labCookie.name}=x; try=1; __Host-sid=2; __Secure-try-2=a=b; =try; login=3; try=4; try-bare; lab=5`;
    const reply = await visitor.send("GET", "/api/lab/echo/any/where", { headers: { cookie } });
    expect(reply.body).toEqual({
      path: "/api/lab/echo/any/where",
      cookies: [
        { name: "try", value: "1" },
        { name: "__Secure-try-2", value: "a=b" },
        { name: "try", value: "4" },
        { name: "", value: "try-bare" },
      ],
    });
  });

  test("answers at any address below it, and at no other", async () => {
    for (const path of ["a", "a/b/c", "a//b", "%20"])
      expect((await visitor.get(`/api/lab/echo/${path}`)).status).toBe(200);
    for (const path of ["", "es/a"]) expect((await visitor.get(`/api/lab/echo${path}`)).code).toBe("NOT_FOUND");
  });
});
