import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { createAllow } from "../../http/router.ts";
import { requestText, sendRaw } from "../../testing/raw-http.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { guardSockets } from "./guard-sockets.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

/** A server as Next.js starts it. It answers what it was told, and nothing that is refused at the socket. */
async function guarded(ownHost: string | null = null): Promise<number> {
  const { undo } = guardSockets({ trustProxy: false, ownHost, allowAt: createAllow(app.app, app.table) });
  onTestFinished(undo);
  const server = createServer(({ method, url, headers: { host } }, response) => {
    response.setHeader("content-type", "text/plain");
    response.end(`${method} ${url} at ${host}`);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

const ask = (port: number, line: string, ...headers: string[]) =>
  sendRaw(port, requestText(line, ...headers, "Connection: close"));

describe("a method that this application has nowhere", () => {
  test.for(["PROPFIND", "PURGE", "SEARCH", "LINK", "TRACE", "QUERY", "MKCOL"])(
    "%s is 405, and Allow names what that very address takes",
    async (method) => {
      const port = await guarded();
      for (const [path, allow] of [
        ["/api/cookie/login", "POST, OPTIONS"],
        ["/api/cookie/data/cart", "GET, PUT, DELETE, HEAD, OPTIONS"],
        ["/", "GET, HEAD"],
        ["/.well-known/security.txt", "GET, HEAD"],
        ["/who-still-gets-in?event=logout", "GET, HEAD"],
      ]) {
        const { status, headers, body } = await ask(port, `${method} ${path} HTTP/1.1`, "Host: lab.example");
        expect([path, status, headers.get("allow")]).toEqual([path, 405, allow]);
        expect([headers.get("content-type"), JSON.parse(body).code]).toEqual([
          "application/problem+json",
          "METHOD_NOT_ALLOWED",
        ]);
      }
    },
  );

  test("is NOT_FOUND where there is no address", async () => {
    const { status, body } = await ask(await guarded(), "PROPFIND /api/nonesuch HTTP/1.1", "Host: lab.example");
    expect([status, JSON.parse(body).code]).toEqual([404, "NOT_FOUND"]);
  });

  test("of every address: Allow is what OPTIONS answers", async () => {
    const allowAt = createAllow(app.app, app.table);
    for (const pattern of app.table.keys()) {
      const path = `/api/${pattern.replace(/:\w+\*?/g, "someone")}`;
      const options = await app.dispatch(new Request(`${app.env.origin}${path}`, { method: "OPTIONS" }));
      expect([path, allowAt(path)]).toEqual([path, options.headers.get("allow")]);
    }
  });
});

describe("an address in absolute form (RFC 9112 §3.2.2)", () => {
  test("of the own host is served as its path, and its host counts", async () => {
    const { body } = await ask(
      await guarded("lab.example"),
      "GET http://lab.example/api/health?a=b HTTP/1.1",
      "Host: evil.example",
    );
    expect(body).toBe("GET /api/health?a=b at lab.example");
  });

  test.for(["http://evil.example/", "https://lab.example:8443/", "http://lab.example.evil.example/compare/"])(
    "%s is 421 where this server knows its own, and no Location names it",
    async (address) => {
      const { status, headers, body } = await ask(
        await guarded("lab.example"),
        `GET ${address} HTTP/1.1`,
        "Host: lab.example",
      );
      expect([status, JSON.parse(body).code, headers.has("location")]).toEqual([421, "MISDIRECTED_REQUEST", false]);
      expect(body).not.toContain("evil");
    },
  );

  test("is served as its path where this server does not know its own", async () => {
    const { body } = await ask(await guarded(), "GET http://any.example HTTP/1.1", "Host: lab.example");
    expect(body).toBe("GET / at any.example");
  });

  test.for(["ftp://lab.example/", "http://user:word@lab.example/", "http://lab.example:99999/", "http://[/"])(
    "%s is 400",
    async (address) => {
      const { status } = await ask(await guarded("lab.example"), `GET ${address} HTTP/1.1`, "Host: lab.example");
      expect(status).toBe(400);
    },
  );
});

describe("the Host header (RFC 9112 §3.2)", () => {
  test.for([
    ["Host: lab.example", "Host: lab.example"],
    ["Host: lab.example", "host: evil.example"],
    ["Host: a b"],
    ["Host: ]"],
    ["Host: [::1"],
    ["Host: lab.example/path"],
    ["Host: lab.example@evil.example"],
    ["Host: lab.example, evil.example:x"],
    ["Host: lab.example:99999"],
    ["Host: "],
    ["Host: %zz"],
  ])("%j is 400", async (lines) => {
    const { status, body } = await ask(await guarded(), "GET / HTTP/1.1", ...lines);
    expect([status, JSON.parse(body).code]).toEqual([400, "BAD_REQUEST"]);
  });

  test.for(["lab.example", "lab.example:3000", "127.0.0.1:3000", "[::1]:3000", "my_machine", "evil.localhost:3000"])(
    "%s is taken",
    async (host) => {
      expect((await ask(await guarded(), "GET / HTTP/1.1", `Host: ${host}`)).body).toBe(`GET / at ${host}`);
    },
  );

  test("may be missing before HTTP/1.1 only", async () => {
    const port = await guarded();
    expect((await ask(port, "GET / HTTP/1.0")).status).toBe(200);
    expect((await ask(port, "GET / HTTP/1.1")).status).toBe(400);
  });
});

describe("headers that are too large", () => {
  const cookies = `Cookie: ${"a=b; ".repeat(4000)}`;

  test.for([["Accept: text/html,*/*;q=0.8"], []])(
    "are answered with a page that says what to do: %j",
    async (lines) => {
      const { status, headers, body } = await ask(
        await guarded(),
        "GET / HTTP/1.1",
        "Host: lab.example",
        ...lines,
        cookies,
      );
      expect([status, headers.get("content-type")]).toEqual([431, "text/html; charset=utf-8"]);
      expect(headers.get("content-length")).toBe(String(Buffer.byteLength(body)));
      expect(body).toContain("delete this site's cookies");
    },
  );

  test.for(["*/*", "application/json"])("are a problem for whoever accepts %s", async (accept) => {
    const { status, headers, body } = await ask(
      await guarded(),
      "GET /api/lab HTTP/1.1",
      "Host: lab.example",
      `Accept: ${accept}`,
      cookies,
    );
    expect([status, headers.get("content-type")]).toEqual([431, "application/problem+json"]);
    expect(JSON.parse(body)).toMatchObject({ code: "HEADERS_TOO_LARGE", detail: expect.stringMatching(/cookies/) });
  });

  test("have no body in the answer to HEAD", async () => {
    const { status, body } = await ask(await guarded(), "HEAD / HTTP/1.1", "Host: lab.example", cookies);
    expect([status, body]).toEqual([431, ""]);
  });
});

test.for([
  "GET / HTTP/9.9\r\n\r\n",
  "hello\r\n\r\n",
  "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
])("what is no request is 400 with problem details: %j", async (sent) => {
  const { status, headers, body } = await sendRaw(await guarded(), sent);
  expect([status, headers.get("content-type"), JSON.parse(body).code]).toEqual([
    400,
    "application/problem+json",
    "BAD_REQUEST",
  ]);
});
