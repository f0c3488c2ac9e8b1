import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { requestText, sendRaw } from "../../testing/raw-http.ts";
import { guardSockets } from "./guard-sockets.ts";

/** A server as Next.js starts it, which answers what it was told. */
async function guarded(development = false): Promise<number> {
  onTestFinished(guardSockets({ trustProxy: false, development }).undo);
  const server = createServer(({ method, url, headers }, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ method, url, headers: Object.keys(headers) }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

async function ask(port: number, line: string, ...headers: string[]) {
  const text = requestText(`${line} HTTP/1.1`, "Host: lab.example", "Connection: close", ...headers);
  const answer = await sendRaw(port, text);
  return { ...answer, json: answer.body === "" ? null : JSON.parse(answer.body) };
}

test.for(["GET *", "OPTIONS *", "HEAD *"])("%s is 400: an address begins with a slash", async (line) => {
  const { status, headers } = await ask(await guarded(), line);
  expect([status, headers.get("content-type")]).toEqual([400, "application/problem+json"]);
});

test.for([
  "/api",
  "/api/",
  "/api/lab/",
  "/api//lab",
  "//api/lab",
  "/api/lab//exchanges",
  "/api\\lab",
  "/.well-known//x",
  "/api/lab/echo/..",
  "/api/lab/./exchanges",
  "/compare/../api/lab",
  "/compare/%2e%2E/api/lab",
  "/compare/.%2e",
])("%s is NOT_FOUND and no redirect, with the headers of every answer", async (path) => {
  const { status, headers, json } = await ask(await guarded(), `GET ${path}?a=b`);
  expect([status, json.code, headers.has("location")]).toEqual([404, "NOT_FOUND", false]);
  expect(Object.fromEntries(headers)).toMatchObject({
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-resource-policy": "same-origin",
  });
});

test("a request to the API loses the headers with which a page of Next.js navigates", async () => {
  const navigation = ["RSC: 1", "Next-Router-State-Tree: x", "Next-Router-Prefetch: 1", "Next-Url: /"];
  const { json } = await ask(await guarded(), "GET /api/lab", "X-Other: 1", ...navigation);
  expect(json.headers).toEqual(["host", "connection", "x-other", "x-forwarded-for"]);
});

test("[ASVS 3.4.3] a nonce never comes from outside", async () => {
  const { json } = await ask(await guarded(), "GET /icon-of-nothing", "X-Nonce: known", "Next-Action: 00");
  expect(json.headers).not.toContain("x-nonce");
  expect(json.headers).not.toContain("next-action");
});

test("a file is asked for whole and without a condition, but for the one under which a browser has it already", async () => {
  const kept = 'If-None-Match: "a"';
  const odd = ["Range: bytes=99999999-", 'If-Range: "a"', 'If-Match: "a"', "If-Unmodified-Since: 0", kept];
  const { json } = await ask(await guarded(), "GET /social.png", ...odd);
  expect(json.headers).toEqual(["host", "connection", "if-none-match", "x-forwarded-for"]);
});

describe("a page", () => {
  test("takes GET and HEAD, and names them", async () => {
    const port = await guarded();
    for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
      const { status, headers } = await ask(port, `${method} /compare`);
      expect([method, status, headers.get("allow")]).toEqual([method, 405, "GET, HEAD"]);
    }
    expect((await ask(port, "GET /compare")).status).toBe(200);
  });

  test("of next dev itself takes a POST, while developing", async () => {
    expect((await ask(await guarded(true), "POST /__nextjs_original-stack-frames")).status).toBe(200);
    expect((await ask(await guarded(true), "POST /compare")).status).toBe(405);
    expect((await ask(await guarded(), "POST /__nextjs_original-stack-frames")).status).toBe(405);
  });

  const tree = (value: unknown) => `Next-Router-State-Tree: ${encodeURIComponent(JSON.stringify(value))}`;
  const nested = (depth: number): unknown => ["a", depth === 0 ? {} : { children: nested(depth - 1) }];

  test.for([
    tree(["", {}]),
    tree(["", { children: ["(flows)", { children: ["cookie", { children: ["__PAGE__", {}] }] }] }, null, null, 16]),
    tree(["", { children: [["pair", "cookie/hybrid", "c", null], {}] }, ["/compare", ""], "refetch"]),
    tree(nested(20)),
  ])("is handed a tree of pages that it can read: %s", async (header) => {
    expect((await ask(await guarded(), "GET /compare?_rsc=x", "RSC: 1", header)).status).toBe(200);
  });

  test.for([
    "Next-Router-State-Tree: broken",
    "Next-Router-State-Tree: %",
    "Next-Router-State-Tree: ",
    ...[null, {}, [], ["a"], ["a", []], ["a", { b: 1 }], ["a", {}, 7], [["p", "v", "z", null], {}], nested(40)].map(
      tree,
    ),
  ])("is not asked for with one that nobody can read: %s", async (header) => {
    const { status, json } = await ask(await guarded(), "GET /compare?_rsc=x", "RSC: 1", header);
    expect([status, json.code]).toEqual([400, "BAD_REQUEST"]);
  });
});
