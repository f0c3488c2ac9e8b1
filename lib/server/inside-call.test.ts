import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { overLoopback, quietly } from "./inside-call.ts";

async function listen(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.closeAllConnections());
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

const asked = { method: "POST", headers: { "content-type": "text/plain" }, body: "é" } as const;

test("a call inside sends method, headers and body, and answers with those of the service", async () => {
  const port = await listen(async (incoming, outgoing) => {
    outgoing.writeHead(201, { "x-seen": `${incoming.method} ${incoming.url} ${incoming.headers["content-type"]}` });
    outgoing.end(await text(incoming));
  });
  const answer = await overLoopback(port)("/api/x", asked);
  expect([answer.status, answer.headers.get("x-seen"), await answer.text()]).toEqual([
    201,
    "POST /api/x text/plain",
    "é",
  ]);
});

test("calls inside in turn share a connection, and ask for no compressed answer", async () => {
  const seen: unknown[] = [];
  const port = await listen(({ socket, headers }, outgoing) => {
    seen.push([socket.remotePort, headers["accept-encoding"]]);
    outgoing.writeHead(204).end();
  });
  const call = overLoopback(port);
  for (let times = 0; times < 3; times += 1) expect((await call("/", asked)).status).toBe(204);
  expect(new Set(seen.map((each) => JSON.stringify(each))).size).toBe(1);
  expect(seen[0]).toEqual([expect.any(Number), undefined]);
});

test.for([
  ["closes the connection", ({ socket }) => socket.destroy()],
  [
    "breaks off in its answer",
    (_incoming, outgoing) => {
      outgoing.writeHead(200, { "content-length": "9" }).write("half");
      setTimeout(() => outgoing.destroy(), 20);
    },
  ],
] as const satisfies readonly (readonly [string, RequestListener])[])(
  "a call inside fails where the service %s",
  async ([, listener]) => {
    await expect(overLoopback(await listen(listener))("/", asked)).rejects.toThrow();
  },
);

test("a quiet call is told to nobody who watches", async () => {
  const port = await listen(({ headers }, outgoing) => void outgoing.end(JSON.stringify(headers)));
  const heard = await (await quietly(overLoopback(port))("/", asked)).json();
  expect(heard).toMatchObject({ "x-loginscope-quiet": "1", "content-type": "text/plain" });
});
