import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { VariantId } from "../core/ids.ts";
import { StoreUnavailable } from "../core/store-unavailable.ts";
import { findFlow } from "../flows/registry.ts";
import { createFlowBench, passwordOf } from "../testing/flow-bench.ts";
import { requestText, sendRaw } from "../testing/raw-http.ts";
import { createNodeServer } from "./node-server.ts";
import { createStandalone, type Standalone } from "./standalone.ts";

const origin = "https://login.test";
const alice = { username: "alice", password: passwordOf("alice") };

function open(id: VariantId, changes: Partial<Standalone> = {}) {
  const module = findFlow(id.split("/")[0] ?? "");
  if (!module) throw new Error(`There is no flow of ${id}`);
  const { flow, variant } = createFlowBench(module, id);
  const limit = { reserve: async () => ({ wait: null, giveBack: async () => {} }) };
  const reported: unknown[] = [];
  const answer = createStandalone({
    ...{ flow, variant, origin, limit, manifest: module.manifest },
    deviceOf: (userAgent) => userAgent,
    report: (error) => void reported.push(error),
    ...changes,
  });
  let cookie = "";
  async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const response = await answer(
      new Request(`${origin}${path}`, {
        method,
        headers: { cookie, ...(body !== undefined && { "content-type": "application/json" }), ...headers },
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      }),
    );
    for (const line of response.headers.getSetCookie()) cookie = line.split(";")[0] ?? "";
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : {} };
  }
  return { send, reported, answer };
}

describe("a flow by itself", () => {
  test("lists its logins and ends the others", async () => {
    const { send } = open("server-session/sql");
    expect((await send("POST", "/login", alice)).status).toBe(200);
    const one = (await send("GET", "/sessions")).body.sessions;
    expect(one).toMatchObject([{ current: true }]);
    expect((await send("POST", "/revoke", { scope: "others" })).body).toEqual({ revoked: 0 });
    expect((await send("POST", "/revoke", { session: one[0].id })).body).toEqual({ revoked: 1 });
    // The answer deleted the cookie of the login that asked.
    expect((await send("GET", "/me")).body.code).toBe("NO_CREDENTIAL");
  });

  test("gives a native client its tokens, and exchanges them", async () => {
    const { send } = open("memory-jwt/rotating");
    const { body } = await send("POST", "/login", { ...alice, client: "native" });
    const next = await send("POST", "/refresh", { refresh_token: body.refresh_token });
    expect(next.body).toMatchObject({ token_type: "Bearer", expires_in: 900 });
    const authorization = `Bearer ${next.body.access_token}`;
    expect((await send("GET", "/me", undefined, { authorization })).body.user.username).toBe("alice");
  });

  test("says why an operation is missing", async () => {
    const { send } = open("cookie/sealed");
    await send("POST", "/login", alice);
    for (const [method, path, body] of [
      ["GET", "/sessions"],
      ["POST", "/refresh"],
      ["POST", "/revoke", { scope: "all" }],
    ] as const) {
      const reply = await send(method, path, body);
      expect(reply.status).toBe(405);
      expect(reply.body).toMatchObject({ code: "NOT_SUPPORTED", detail: expect.stringMatching(/\.$/) });
    }
  });

  test("answers bad requests with the mistake, and refuses changes by another site", async () => {
    const { send } = open("server-session/sql");
    const codes = async (...sent: Parameters<typeof send>) => (await send(...sent)).body.code;
    expect(await codes("POST", "/login", "{")).toBe("BAD_REQUEST");
    expect(await codes("POST", "/login", {})).toBe("UNPROCESSABLE");
    expect(await codes("POST", "/login", `"${"x".repeat(20_000)}"`)).toBe("PAYLOAD_TOO_LARGE");
    expect(await codes("POST", "/login", alice, { "content-type": "text/plain" })).toBe("UNSUPPORTED_MEDIA_TYPE");
    expect(await codes("POST", "/login", { ...alice, client: "native" })).toBe("UNPROCESSABLE");
    expect(await codes("POST", "/login", alice, { "sec-fetch-site": "same-site" })).toBe("CROSS_SITE_REQUEST");
    expect(await codes("POST", "/login", alice, { origin: "https://evil.test" })).toBe("CROSS_SITE_REQUEST");
    expect(await codes("PUT", "/login", alice)).toBe("METHOD_NOT_ALLOWED");
    expect(await codes("GET", "/constructor")).toBe("NOT_FOUND");
    expect((await send("GET", "/me")).headers.get("www-authenticate")).toContain("__Host-sid");
  });

  test("limits wrong passwords", async () => {
    const { send } = open("server-session/sql", {
      limit: { reserve: async () => ({ wait: 7, giveBack: async () => {} }) },
    });
    const { status, headers } = await send("POST", "/login", alice);
    expect([status, headers.get("retry-after")]).toEqual([429, "7"]);
  });

  test("is 503 while its store does not answer, and a bare 500 for an unexpected error", async () => {
    const failing = (error: Error) => ({ reserve: async () => Promise.reject(error) });
    const down = open("server-session/sql", { limit: failing(new StoreUnavailable("redis")) });
    expect((await down.send("POST", "/login", alice)).body.code).toBe("STORE_UNAVAILABLE");
    const broken = open("server-session/sql", { limit: failing(new Error("secret")) });
    const { status, body } = await broken.send("POST", "/login", alice);
    expect([status, JSON.stringify(body).includes("secret"), broken.reported.length]).toEqual([500, false, 1]);
  });
});

test("behind a server of Node.js the peer's address is the connection's, not a client's header", async () => {
  const seen: (string | null)[] = [];
  const server = createNodeServer(async (request) => {
    seen.push(request.headers.get("x-forwarded-for"), await request.text());
    return new Response("{}", {
      headers: [
        ["set-cookie", "a=1"],
        ["set-cookie", "b=2"],
      ],
    });
  }, origin);
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const headers = { "x-forwarded-for": "203.0.113.9" };
  const response = await fetch(`http://127.0.0.1:${port}/me`, { method: "POST", body: "hello", headers });
  expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  expect(seen).toEqual(["127.0.0.1", "hello"]);
});

test("behind a server of Node.js a request is for this host, whatever its address names, and has a method of HTTP's own", async () => {
  const server = createNodeServer(async ({ url }) => Response.json({ url }), origin);
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const ask = async (line: string) => {
    // Before 1.1 nothing is sent in chunks.
    const sent = requestText(`${line} HTTP/1.0`, "Host: login.test");
    const { status, headers, body } = await sendRaw(port, sent);
    expect([line, headers.get("content-type")]).toEqual([line, expect.stringMatching(/json$/)]);
    return [status, JSON.parse(body).url ?? JSON.parse(body).code];
  };
  expect(await ask("GET /me?a=b")).toEqual([200, "https://login.test/me?a=b"]);
  expect(await ask("GET //evil.example/me")).toEqual([200, "https://login.test//evil.example/me"]);
  expect(await ask("GET https://login.test/me")).toEqual([200, "https://login.test/me"]);
  expect(await ask("GET https://evil.example/me")).toEqual([421, "MISDIRECTED_REQUEST"]);
  expect(await ask("OPTIONS *")).toEqual([400, "BAD_REQUEST"]);
  expect(await ask("TRACE /me")).toEqual([405, "METHOD_NOT_ALLOWED"]);
});
