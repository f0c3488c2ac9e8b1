/**
 * Measures what the server does not give back: `npm run bench:memory`, after `npm run build`. A round is
 *
 * - 1,000 labs with a login each, of all variants in turn; half are reset, and half expire and are cleaned up
 * - three runs of the whole matrix
 * - 200 streams of exchanges, opened and closed
 *
 * After it everything that can be collected is, and the memory is compared with what it was before: heap used, external
 * memory and array buffers together, and the whole of the process (RSS). There are two rounds. It ends with 1 if a
 * target is missed. "Before" is after a short round, which loads what is loaded on demand.
 *
 * The server's inspector collects the garbage, and moves the process's clock so that labs expire. `--part labs,matrix`
 * plays a part, `--snapshots <folder>` writes heap snapshots.
 */

import { existsSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { variants } from "../../lib/flows/registry.ts";
import { startOwnServer } from "../own-server.ts";
import { printer } from "../pages/printer.ts";
import { freePort, giveUp, project, readArguments } from "../processes.ts";
import { inspect } from "./inspected.ts";

/** Megabytes, beyond what there was before. */
const targets = { live: 20, rss: 150, secondRound: 5 } as const;
const megabyte = 1024 ** 2;
/** Time for what ends after its answer: a stream whose reader has gone, and connections that are kept for five seconds. */
const settles = 8_000;
const labHours = 24;
const alice = { username: "alice", password: "alice-likes-tea" };

const { values: asked } = readArguments(
  {
    options: {
      part: { type: "string", default: "labs,matrix,streams" },
      scale: { type: "string", default: "1" },
      snapshots: { type: "string" },
    },
  },
  "The options: --part labs,matrix,streams, --scale <share of a round>, --snapshots <folder>",
);
const parts = asked.part.split(",");
const scale = Number(asked.scale);
if (!(scale > 0 && scale <= 1)) giveUp("--scale takes a number up to 1.");
if (!existsSync(join(project, ".next/BUILD_ID"))) giveUp("Run `npm run build` first.");

const inspectorPort = await freePort();
const server = await startOwnServer("start", {
  NODE_OPTIONS: `--inspect=127.0.0.1:${inspectorPort}`,
  LOGIN_ATTEMPTS_PER_ADDRESS: "1000000",
  LABS_PER_HOUR: "1000000",
  LAB_HOURS: String(labHours),
});
const inspected = await inspect(inspectorPort);
// Those that have a store here.
const { missing } = (await (await fetch(`${server.origin}/api/lab/matrix`)).json()) as {
  readonly missing: readonly { readonly variant: string }[];
};
const offered = variants.map(({ id }) => id).filter((id) => !missing.some(({ variant }) => variant === id));

const row = printer([26, 12, 12, 12, 12, 10]);
let snapshots = 0;
try {
  row("MB", "heap used", "external", "live", "RSS", "seconds");
  await report("as it starts");
  await round(0.02, { variants: ["cookie/plain", "memory-jwt/rotating"] });
  const before = await report("before: a short round");
  await round(scale, {});
  const first = await report("after a round");
  await round(scale, {});
  const second = await report("after a second round");
  const kept = {
    live: first.live - before.live,
    rss: first.rss - before.rss,
    secondRound: second.live - first.live,
  };
  console.log(
    `\nNot given back after a round: ${kept.live.toFixed(1)} MB live (at most ${targets.live}), ${kept.rss.toFixed(1)} MB RSS (at most ${targets.rss}); after a second one ${kept.secondRound.toFixed(1)} MB more (under ${targets.secondRound}).`,
  );
  console.log(`${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)} at the end.`);
  const isKept = kept.live <= targets.live && kept.rss <= targets.rss && kept.secondRound < targets.secondRound;
  process.exitCode = isKept ? 0 : 1;
} finally {
  inspected.close();
  await server.stop();
}

async function report(name: string) {
  await new Promise((resolve) => setTimeout(resolve, settles));
  const { heapUsed, external, rss } = await inspected.memory();
  // What is external includes the array buffers.
  const live = (heapUsed + external) / megabyte;
  const shown = [heapUsed / megabyte, external / megabyte, live, rss / megabyte].map((each) => each.toFixed(1));
  row(name, ...shown, (performance.now() / 1000).toFixed(0));
  if (asked.snapshots !== undefined) {
    snapshots += 1;
    await inspected.snapshot(join(asked.snapshots, `${snapshots}.heapsnapshot`));
  }
  return { live, rss: rss / megabyte };
}

async function round(share: number, matrix: object): Promise<void> {
  if (parts.includes("labs")) await playLabs(Math.ceil(1000 * share));
  if (parts.includes("matrix")) for (let run = 0; run < Math.ceil(3 * share); run += 1) await playMatrix(matrix);
  if (parts.includes("streams")) await openStreams(Math.ceil(200 * share));
}

/** Every second one is reset; the others expire, and the clean-up deletes them. */
async function playLabs(count: number): Promise<void> {
  const left = Array.from({ length: count }, (_, at) => at);
  const next = async () => {
    for (let at = left.shift(); at !== undefined; at = left.shift()) await playLab(at);
  };
  await Promise.all(Array.from({ length: 8 }, next));
  await expireLabs();
}

async function playLab(at: number): Promise<void> {
  const variant = offered[at % offered.length] ?? "";
  const flow = variant.split("/")[0];
  const browser = await enterLab();
  const granted = await browser.send("POST", `/api/${flow}/login`, {
    ...alice,
    variant,
  });
  const { access_token: token } = (await granted.json()) as { readonly access_token?: string };
  const bearer: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const me = await browser.send("GET", `/api/${flow}/me`, undefined, bearer);
  await me.body?.cancel();
  await (await browser.send("GET", "/api/lab")).body?.cancel();
  if (at % 2 === 0) await browser.send("POST", "/api/lab/reset");
}

/** The clean-up of every five minutes, at a time at which all labs have expired. */
async function expireLabs(): Promise<void> {
  await inspected.evaluate(`(async () => {
    const now = Date.now;
    Date.now = () => now() + ${(labHours + 1) * 3_600_000};
    try {
      await (await globalThis[Symbol.for("loginscope.composition")]).sweep();
    } finally {
      Date.now = now;
    }
  })()`);
}

async function playMatrix(wanted: object): Promise<void> {
  const browser = await enterLab();
  const run = await browser.send("POST", "/api/lab/matrix", wanted);
  const text = await run.text();
  if (!text.trimEnd().endsWith('{"type":"done"}')) throw new Error(`The matrix ended early: ${text.slice(-300)}`);
  await browser.send("POST", "/api/lab/reset");
}

/** Each in a lab of its own, which is reset when its reader has gone. */
async function openStreams(count: number): Promise<void> {
  for (let left = count; left > 0; left -= 20) {
    await Promise.all(
      Array.from({ length: Math.min(20, left) }, async () => {
        const browser = await enterLab();
        const gone = new AbortController();
        const stream = await browser.send("GET", "/api/lab/exchanges", undefined, {}, gone.signal);
        const reader = stream.body?.getReader();
        await browser.send("POST", "/api/cookie/login", alice);
        await reader?.read();
        gone.abort();
        await browser.send("POST", "/api/lab/reset");
      }),
    );
  }
}

/** A browser with a lab of its own. */
async function enterLab() {
  const cookies = new Map<string, string>();
  async function send(
    method: string,
    path: string,
    body?: object,
    headers: Readonly<Record<string, string>> = {},
    signal: AbortSignal | null = null,
  ): Promise<Response> {
    const cookie = [...cookies].map((pair) => pair.join("=")).join("; ");
    const answer = await fetch(`${server.origin}${path}`, {
      method,
      headers: { cookie, ...(body && { "content-type": "application/json" }), ...headers },
      body: body ? JSON.stringify(body) : null,
      signal,
    });
    for (const line of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = line.split(";")[0]?.split("=", 2) ?? [];
      cookies.set(name, value);
    }
    // A machine that is busy may be asked too much, and says so. What it did not do leaves nothing.
    if (answer.status >= 400 && answer.status !== 503)
      throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }
  await (await send("GET", "/api/lab")).body?.cancel();
  return { send };
}
