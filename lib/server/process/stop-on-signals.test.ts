import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, get, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";

/**
 * A program as `next start` is one: it closes its server when it is told to end, waits for every connection, and then ends as one that was killed.
 * `/stream` ends when the process is asked to stop, `/stubborn` never, `/slow` after a moment.
 */
const program = `
  import { createServer } from "node:http";
  import { guardSockets } from "./guard-sockets.ts";
  import { stopOnSignals } from "./stop-on-signals.ts";
  const stopping = new AbortController();
  const server = createServer((request, response) => {
    response.write("begun ");
    if (request.url === "/") response.end();
    if (request.url === "/slow") setTimeout(() => response.end("whole"), 500);
    if (request.url === "/stream") stopping.signal.addEventListener("abort", () => response.end("ended"));
  }).listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    const guard = guardSockets({ trustProxy: false });
    const close = () => server.close(() => process.exit(143));
    process.on("SIGTERM", close);
    process.on("SIGINT", close);
    stopOnSignals(() => guard.serversAt(port), stopping);
    console.log(port);
  });
`;

async function started(): Promise<{ child: ChildProcess; port: number; code: Promise<unknown> }> {
  const flags = ["--input-type=module-typescript", "--eval", rebased(program)];
  const child = spawn(process.execPath, flags, { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const code = once(child, "exit").then(([exitCode, signal]: unknown[]) => exitCode ?? signal);
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  return { child, port: Number(line), code };
}

/** Evaluated text has no place that it could name files from. */
function rebased(source: string): string {
  return source.replaceAll('"./', `"file://${join(import.meta.dirname, "/")}`);
}

function ask(port: number, path: string, agent: Agent | false = false): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => get({ host: "127.0.0.1", port, path, agent }, resolve).on("error", reject));
}

test.for(["SIGTERM", "SIGINT"] as const)(
  "%s ends the process with code 0 as soon as open streams have ended and answers under way are whole",
  async (signal) => {
    const { child, port, code } = await started();
    const idle = new Agent({ keepAlive: true });
    await text(await ask(port, "/", idle));
    const [stream, slow] = [await ask(port, "/stream"), await ask(port, "/slow")];
    const began = performance.now();
    child.kill(signal);
    expect(await Promise.all([text(stream), text(slow)])).toEqual(["begun ended", "begun whole"]);
    expect(await code).toBe(0);
    expect(performance.now() - began).toBeLessThan(4000);
    await expect(ask(port, "/")).rejects.toThrow("ECONNREFUSED");
    idle.destroy();
  },
);

test("what has not ended after four seconds is cut, and the process ends with code 0 all the same", async () => {
  const { child, port, code } = await started();
  const stubborn = await ask(port, "/stubborn");
  const began = performance.now();
  child.kill("SIGTERM");
  await expect(text(stubborn)).rejects.toThrow();
  expect(performance.now() - began).toBeGreaterThan(3500);
  expect(await code).toBe(0);
  expect(performance.now() - began).toBeLessThan(8000);
});

test("a process with no connection ends at once", async () => {
  const { child, code } = await started();
  child.kill("SIGTERM");
  expect(await code).toBe(0);
});
