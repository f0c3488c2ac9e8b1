import { once } from "node:events";
import { readdirSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test, vi } from "vitest";
import { requestText, sendRaw } from "../../testing/raw-http.ts";
import { guardSockets } from "./guard-sockets.ts";

/** A server as Next.js starts it: it listens for upgrades, takes some while developing, and answers no other. */
async function listen(): Promise<{ server: Server; port: number }> {
  const server = createServer(({ method, url }, response) => response.end(`${method} ${url}`));
  server.on("upgrade", ({ url }, socket) => {
    if (url === "/_next/hmr")
      socket.end("HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { server, port };
}

function guard(takesUpgrade?: (url: string) => boolean): void {
  onTestFinished(guardSockets({ trustProxy: false, ...(takesUpgrade && { takesUpgrade }) }).undo);
}

async function upgraded(port: number, path: string, upgrade: string): Promise<string> {
  const asked = request({ port, path, headers: { connection: "Upgrade", upgrade }, agent: false }).end();
  return new Promise((resolve, reject) => {
    asked.on("response", (response) => resolve(text(response)));
    asked.on("upgrade", (_response, socket) => {
      socket.destroy();
      resolve("101");
    });
    asked.on("error", reject);
  });
}

const asked = (line: string, ...headers: string[]) => requestText(line, "Host: localhost", ...headers);

test.for(["websocket", "h2c", "TLS/1.0", "anything"])(
  "an upgrade that no address takes is answered as without it (RFC 9110 §7.8): %s",
  async (protocol) => {
    guard();
    const { port } = await listen();
    expect(await upgraded(port, "/api/health", protocol)).toBe("GET /api/health");
    expect(await upgraded(port, "/_next/hmr", protocol)).toBe("GET /_next/hmr");
  },
);

test("an address that takes an upgrade is given it", async () => {
  guard((url) => url === "/_next/hmr");
  const { port } = await listen();
  expect(await upgraded(port, "/_next/hmr", "websocket")).toBe("101");
  expect(await upgraded(port, "/nope", "websocket")).toBe("GET /nope");
});

test.for([
  ["CONNECT evil.example:443 HTTP/1.1", 405],
  ["TRACE / HTTP/1.1", 405],
  ["GET /%ff HTTP/1.1", 400],
] as const)("what goes no further is answered, and its connection closed: %s", async ([line, status]) => {
  guard();
  const { port } = await listen();
  const { status: given, headers, body } = await sendRaw(port, asked(line));
  expect([given, headers.get("connection"), headers.has("allow")]).toEqual([status, "close", status === 405]);
  expect(headers.get("content-type")).toBe("application/problem+json");
  expect(JSON.parse(body)).toMatchObject({ status });
});

test("a disconnected client leaves no descriptor open, also after an upgrade, CONNECT or half a request", async () => {
  guard();
  const { server, port } = await listen();
  await upgraded(port, "/", "websocket");
  const before = descriptors();
  const requests = [
    asked("GET /nope HTTP/1.1", "Connection: Upgrade", "Upgrade: websocket"),
    asked("GET /nope HTTP/1.1", "Connection: Upgrade", "Upgrade: h2c"),
    asked("CONNECT evil.example:443 HTTP/1.1"),
    asked("TRACE / HTTP/1.1", "Connection: Upgrade", "Upgrade: websocket"),
    asked("GET /%ff HTTP/1.1"),
    "GET / HTTP/1.1\r\nHost: localhost\r\nX: ",
  ];
  for (const sent of requests) await Promise.all(Array.from({ length: 50 }, () => leaveAfter(port, sent)));
  await vi.waitFor(async () => expect(await connections(server)).toBe(0), 5000);
  await vi.waitFor(() => expect(descriptors()).toBeLessThanOrEqual(before), 5000);
});

async function leaveAfter(port: number, sent: string): Promise<void> {
  const socket = connect({ port, host: "127.0.0.1" });
  // The answer may come when this end is gone already.
  socket.on("error", () => {});
  await once(socket, "connect");
  await new Promise((resolve) => socket.write(sent, resolve));
  await new Promise((resolve) => setTimeout(resolve, 5));
  socket.destroy();
}

function connections(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });
}

/** Of this process. Where the system has no such folder, the server's own count has to do. */
function descriptors(): number {
  return process.platform === "win32" ? 0 : readdirSync("/dev/fd").length;
}
