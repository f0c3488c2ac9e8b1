import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requestText, sendRaw } from "../../lib/testing/raw-http.ts";
import { finished, freePort, start } from "../../scripts/processes.ts";
import { expect, test } from "../fixtures/test.ts";

const close = "Connection: close";
const upgrade = (protocol: string) => ["Connection: Upgrade, close", `Upgrade: ${protocol}`];
const tree = (text: string) => [close, "RSC: 1", `Next-Router-State-Tree: ${text}`];

/** Odd requests, each with the status that the production build answers. `{own}` is this server. */
const requests: readonly (readonly [line: string, status: number, ...headers: string[]])[] = [
  ["GET /api/health", 200, ...upgrade("h2c")],
  ["GET /nope", 404, ...upgrade("websocket")],
  ["PROPFIND /api/cookie/login", 405, close],
  ["SEARCH /compare", 405, close],
  ["TRACE /api/lab", 405, close],
  ["POST /compare", 405, close, "Content-Length: 0"],
  ["GET http://{own}/api/health", 200, close],
  ["GET http://evil.example/compare/", 421, close],
  ["GET *", 400, close],
  ["OPTIONS *", 400, close],
  ["GET /%ff", 400, close],
  ["GET //api/lab", 404, close],
  ["GET /api/lab/", 404, close],
  ["GET /api/health", 200, close, "RSC: 1", "Next-Router-State-Tree: broken"],
  ["GET /compare", 400, ...tree("broken")],
  ["GET /_next/image?url=/api//lab/exchanges&w=640&q=75", 404, close],
  ["GET /compare/%25/%25", 404, close],
  ["GET /", 431, close, `Cookie: ${"a=b; ".repeat(4000)}`],
];

for (const [line, status, ...headers] of requests) {
  test(`${line} ${headers[0]} is answered with ${status}, and sent nowhere else`, async ({ baseURL }) => {
    const { host, port } = new URL(baseURL ?? "");
    const sent = requestText(`${line.replace("{own}", host)} HTTP/1.1`, `Host: ${host}`, ...headers);
    const answer = await sendRaw(Number(port), sent);
    expect(answer.status).toBe(status);
    expect(answer.headers.has("content-type")).toBe(true);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.has("location")).toBe(false);
    expect(answer.headers.has("content-security-policy")).toBe(true);
  });
}

test("a page with a slash too many is sent to its address, by a path alone and with text that has a type", async ({
  baseURL,
}) => {
  const sent = requestText("GET /compare/ HTTP/1.1", `Host: ${new URL(baseURL ?? "").host}`, close);
  const { status, headers } = await sendRaw(Number(new URL(baseURL ?? "").port), sent);
  expect([status, headers.get("location")]).toEqual([308, "/compare"]);
  expect(headers.get("content-type")).toBe("text/plain; charset=utf-8");
});

test("a file is sent whole, also where the request asks for a part that is not there or names a condition that does not hold", async ({
  request,
}) => {
  for (const headers of [{ range: "bytes=99999999-" }, { "if-match": '"another"' }]) {
    const answer = await request.get("/social.png", { headers: { ...headers } });
    expect([headers, answer.status()]).toEqual([headers, 200]);
  }
});

test("[ASVS 3.4.3] every page has a nonce of its own, also at /icons or /favicon, and also when prefetched", async ({
  request,
}) => {
  const known = { "x-nonce": "known-before" };
  const ahead = { ...known, rsc: "1", "next-router-prefetch": "1" };
  for (const path of ["/icons", "/favicon", "/compare"]) {
    for (const headers of [known, ahead]) {
      const answer = await request.get(path, { headers: { ...headers } });
      expect(answer.headers()["content-security-policy"]).toMatch(/script-src 'nonce-[\w+/=-]{20,}'/);
      expect(await answer.text()).not.toContain("known-before");
    }
  }
});

test("the production server ends soon after SIGTERM and with code 0, although a stream of events is open", async () => {
  const folder = await mkdtemp(join(tmpdir(), "loginscope-"));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const server = start("next", ["start", "--port", String(port)], {
    env: {
      ...process.env,
      ...{ PORT: String(port), NODE_ENV: "production", LAB_MODE: "on", REDIS_URL: "", LOGINSCOPE_ORIGIN: origin },
      LOGINSCOPE_SECRET: randomBytes(48).toString("base64url"),
      DATABASE_URL: `file:${join(folder, "loginscope.db")}`,
    },
  });
  const ended = finished(server);
  try {
    await expect.poll(() => fetch(`${origin}/api/health`).then(({ status }) => status, String)).toBe(200);
    const cookie = (await fetch(`${origin}/api/lab`)).headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const events = await fetch(`${origin}/api/lab/exchanges`, { headers: { cookie } });
    const began = Date.now();
    server.kill("SIGTERM");
    expect(await events.text()).toContain("retry: 2000");
    expect(await ended).toBe(0);
    expect(Date.now() - began).toBeLessThan(6000);
  } finally {
    server.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  }
});
