import { createServer, IncomingMessage, request, type Server, ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { guardSockets } from "./guard-sockets.ts";

/** A server as Next.js starts it: unaware of the guard, it answers with the request as it received it. */
async function listen(): Promise<number> {
  const server: Server = createServer(({ method, headers }, response) => {
    response.end(JSON.stringify({ method, from: headers["x-forwarded-for"] ?? null }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (!isPort(address)) throw new Error("The server has no port");
  return address.port;
}

function isPort(address: string | AddressInfo | null): address is AddressInfo {
  return typeof address === "object" && address !== null;
}

type Answer = {
  readonly status: number | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
};

function ask(
  port: number,
  method: string,
  path = "/",
  headers: Record<string, string | string[]> = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, method, path, headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, text }));
    });
    asked.on("error", reject).end();
  });
}

function guard(trustProxy: boolean): () => void {
  const { undo } = guardSockets({ trustProxy });
  onTestFinished(undo);
  return undo;
}

describe("a guarded server", () => {
  test("answers TRACE with 405, Allow and problem details, without an echo of the request", async () => {
    guard(false);
    const { status, headers, text } = await ask(await listen(), "TRACE", "/api/lab", { cookie: "__Host-lab=secret" });
    expect([status, headers.allow]).toEqual([405, "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"]);
    expect([headers["content-type"], headers["cache-control"]]).toEqual(["application/problem+json", "no-store"]);
    expect(JSON.parse(text)).toMatchObject({ status: 405, code: "METHOD_NOT_ALLOWED" });
    expect(text).not.toContain("secret");
  });

  test.for(["/%", "/api/%ff/me", "/%zz?a=b", "/%E0%A4%A"])("answers the address %s with BAD_REQUEST", async (path) => {
    guard(false);
    const { status, text } = await ask(await listen(), "GET", path);
    expect([status, JSON.parse(text).code]).toEqual([400, "BAD_REQUEST"]);
  });

  test.for(["/", "/%20", "/api/lab?broken=%", "/%F0%9F%8D%B5"])("lets the address %s through", async (path) => {
    guard(false);
    expect((await ask(await listen(), "GET", path)).status).toBe(200);
  });

  test("answers two Authorization lines with BAD_REQUEST", async () => {
    guard(false);
    const both = { authorization: ["Basic YTpi", "Bearer x"] };
    const { status, text } = await ask(await listen(), "GET", "/api/user-info", both);
    expect([status, JSON.parse(text).code]).toEqual([400, "BAD_REQUEST"]);
    expect((await ask(await listen(), "GET", "/", { authorization: "Basic YTpi" })).status).toBe(200);
  });

  test.for(["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])("lets %s through", async (method) => {
    guard(false);
    const { status, text } = await ask(await listen(), method, "/api/lab");
    expect([status, JSON.parse(text).method]).toEqual([200, method]);
  });

  test.for([
    {},
    { "x-forwarded-for": "203.0.113.9" },
    { "X-Forwarded-For": ["203.0.113.9", "198.51.100.1"] },
    { "x-forwarded-for": "" },
  ])("[ASVS 4.1.3] passes on the peer's own address, not the client's header: %j", async (headers) => {
    guard(false);
    expect(JSON.parse((await ask(await listen(), "GET", "/", headers)).text).from).toBe("127.0.0.1");
  });

  test("keeps the address from a trusted proxy", async () => {
    guard(true);
    const port = await listen();
    const from = async (headers: Record<string, string>) =>
      JSON.parse((await ask(port, "GET", "/", headers)).text).from;
    expect(await from({ "x-forwarded-for": "203.0.113.9, 198.51.100.1" })).toBe("198.51.100.1");
    expect(await from({ "x-forwarded-for": "[2001:db8::1]:4711" })).toBe("2001:db8::1");
    expect(await from({})).toBe("127.0.0.1");
    expect((await ask(port, "TRACE")).status).toBe(405);
  });

  test("takes the peer's own address where the last entry is none, and says so once", async () => {
    const said: string[] = [];
    onTestFinished(guardSockets({ trustProxy: true, told: (sentence) => void said.push(sentence) }).undo);
    const port = await listen();
    for (const odd of ["unknown", "203.0.113.9, _hidden", "garbage"]) {
      const { text } = await ask(port, "GET", "/", { "x-forwarded-for": odd });
      expect([odd, JSON.parse(text).from]).toEqual([odd, "127.0.0.1"]);
    }
    expect(said).toEqual([expect.stringContaining("TRUST_PROXY")]);
  });

  test.for([
    ["/", undefined],
    ["/apis", undefined],
    ["/_next/static/chunks/a.js", undefined],
    ["/api", "default-src 'none'; frame-ancestors 'none'"],
    ["/api/lab?x=/", "default-src 'none'; frame-ancestors 'none'"],
    ["/.well-known/security.txt", "default-src 'none'; frame-ancestors 'none'"],
  ])("what Next.js answers at %s has the headers of every answer, and data has its policy", async ([path, policy]) => {
    guard(false);
    const { headers } = await ask(await listen(), path === "/api" ? "PUT" : "GET", path);
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "x-frame-options": "DENY",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "permissions-policy": expect.stringContaining("camera=()"),
    });
    expect(headers["content-security-policy"]).toBe(policy);
  });

  test.for([
    ["/compare/", "text/plain; charset=utf-8"],
    ["/compare//x?a=b", "text/plain; charset=utf-8"],
    ["/compare\\x", "text/plain; charset=utf-8"],
    ["/compare", undefined],
    ["/", undefined],
  ])("the text with which Next.js redirects a page with a slash too many has a type: %s", async ([path, type]) => {
    guard(false);
    expect((await ask(await listen(), "GET", path)).headers["content-type"]).toBe(type);
  });

  test("is without a guard again after an undo, also if it was guarded twice", async () => {
    const port = await listen();
    const first = guardSockets({ trustProxy: false });
    const second = guardSockets({ trustProxy: false });
    second.undo();
    expect((await ask(port, "TRACE")).status).toBe(405);
    first.undo();
    expect((await ask(port, "TRACE")).status).toBe(200);
    expect(Object.hasOwn(Object.getPrototypeOf(createHttpsServer()), "emit")).toBe(false);
  });
});

describe("the peer's address", () => {
  /** What a server is told of a peer, at the moment when the request reaches it. */
  function toldOf(peer: string | undefined, server: Server = createServer()): string | string[] | undefined {
    const socket = new Socket();
    Object.defineProperty(socket, "remoteAddress", { value: peer });
    const incoming = new IncomingMessage(socket);
    incoming.method = "GET";
    incoming.url = "/";
    incoming.headers["x-forwarded-for"] = "203.0.113.9";
    server.emit("request", incoming, new ServerResponse(incoming));
    return incoming.headers["x-forwarded-for"];
  }

  test.for([
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["192.0.2.1", "192.0.2.1"],
    ["2001:db8::1", "2001:db8::1"],
    ["::1", "::1"],
    ["::ffff:c000:201", "::ffff:c000:201"],
    [undefined, ""],
  ])("%s is passed on as '%s'", ([peer, told]) => {
    guard(false);
    expect(toldOf(peer)).toBe(told);
  });

  test("is passed on by a server of HTTPS as well", () => {
    guard(false);
    expect(toldOf("::ffff:192.0.2.1", createHttpsServer())).toBe("192.0.2.1");
  });
});
