import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requestText, sendRaw } from "../../testing/raw-http.ts";
import { createTestApplication, type TestApplication } from "../../testing/test-application.ts";
import { enterLab, type Visitor } from "../../testing/visitor.ts";
import { answersAttackersHosts } from "./attackers-hosts.ts";
import { guardSockets } from "./guard-sockets.ts";

const [sibling, attacker, vulnerable] = ["evil.app.localhost:3000", "evil.localhost:3000", "shop.localhost:3000"];
let app: TestApplication;
let real: TestApplication;
let visitor: Visitor;
beforeAll(async () => {
  [app, real] = await Promise.all([createTestApplication(), createTestApplication({ LAB_MODE: "off" })]);
  visitor = await enterLab(app);
});
afterAll(() => Promise.all([app.dispose(), real.dispose()]));

/** Sends it to a guarded server, behind which the application says `application`. */
async function ask(line: string, host: string, { attacks, app: edge } = app, ...headers: readonly string[]) {
  const guard = guardSockets({ trustProxy: false, answersHost: answersAttackersHosts(attacks, edge.report) });
  const server = createServer((_request, response) => void response.end("application"));
  try {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const text = requestText(`${line} HTTP/1.1`, `Host: ${host}`, "Connection: close", ...headers);
    return await sendRaw(port, text);
  } finally {
    server.close();
    guard.undo();
  }
}

describe("a host of attacks", () => {
  const spellings = [sibling, attacker, vulnerable, "EVIL.localhost:3000", "evil.localhost.:3000"];

  test.for(spellings)("serves nothing of the application as %s, and sets no cookie", async (host) => {
    for (const line of ["GET /", "GET /api/lab", "POST /api/lab/reset", "GET /cookie", "GET /_next/static/a.js"]) {
      const answer = await ask(line, host);
      expect([line, answer.status, answer.headers.get("set-cookie")]).toEqual([line, 404, undefined]);
      expect(answer.body).toContain("This host belongs to experiments");
    }
  });

  test("has none of the application's headers, which would refuse what an attack tries", async () => {
    const { headers } = await ask("GET /", attacker);
    expect([headers.get("x-frame-options"), headers.get("cross-origin-opener-policy")]).toEqual([undefined, undefined]);
  });

  test("is told from the application's request by request", async () => {
    const own = "localhost:3000";
    for (const host of [own, attacker, own, sibling, attacker]) {
      const { body } = await ask("GET /", host);
      expect([host, body === "application"]).toEqual([host, host === own]);
    }
  });

  test("opens a page by its code once", async () => {
    const { body } = await visitor.post("/api/lab/attacks/pages", { page: "csrf", host: "attacker" });
    const { host, pathname, search } = new URL(String(body["url"]));
    expect(host).toBe(attacker);
    const opened = await ask(`GET ${pathname}${search}`, host);
    expect([opened.status, opened.headers.get("location")]).toEqual([
      303,
      expect.stringMatching(/^\/csrf\/[\w-]{43}$/),
    ]);
    expect((await ask(`GET ${pathname}${search}`, host)).status).toBe(404);
  });

  test("keeps loot for the lab of its ticket, and for no other", async () => {
    const ticket = app.attacks.ticket(app.labContexts.labIdOf(visitor.cookies.get("__Host-lab") ?? ""), "csrf");
    const kept = await ask(`GET /loot/${ticket}?text=a%20token`, attacker, app, "Sec-Fetch-Dest: image");
    expect([kept.status, kept.headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
    expect((await ask("GET /loot/nonsense?text=a", attacker)).status).toBe(404);
    const view = await visitor.get("/api/lab/attacks");
    expect(view.body["loot"]).toEqual([{ at: expect.any(String), page: "csrf", dest: "image", text: "a token" }]);
    expect((await (await enterLab(app)).get("/api/lab/attacks")).body["loot"]).toEqual([]);
  });

  test("is the application's like any other outside lab mode", async () => {
    expect((await ask("GET /", attacker, real)).body).toBe("application");
  });
});

test("behind a trusted proxy such a host hears of the client that the proxy names", async () => {
  const guard = guardSockets({
    trustProxy: true,
    answersHost: (_request, response, peer) => Boolean(response.end(peer)),
  });
  const server = createServer();
  try {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const lines = [`Host: ${attacker}`, "Connection: close", "X-Forwarded-For: 198.51.100.7, 203.0.113.9"];
    expect((await sendRaw(port, requestText("GET / HTTP/1.1", ...lines))).body).toBe("203.0.113.9");
  } finally {
    server.close();
    guard.undo();
  }
});

test("every other host is the application's", async () => {
  for (const host of ["localhost:3000", "app.localhost:3000", "evil.localhost:3001", "x.evil.localhost:3000"]) {
    expect((await ask("GET /", host)).body).toBe("application");
  }
});
