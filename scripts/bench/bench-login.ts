/**
 * Measures what logins do to everybody else: `npm run bench:login`, after `npm run build`. It prints p99 of `me` while
 * nothing else is asked and while 16 clients log in without a pause, as a ratio of both in one round, and beside it the
 * logins a second. It ends with 1 if the median ratio is above the target.
 *
 * What a bound on hashes costs is seen beside it: how many argon2id are done in a second here, so many at once.
 *
 * It is meant for a quiet machine, so no test runs it. `--rounds 3 --seconds 2` is a shorter one.
 */

import { existsSync } from "node:fs";
import { Agent, request } from "node:http";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { createArgon2Passwords } from "../../lib/adapters/argon2-passwords.ts";
import { startOwnServer } from "../own-server.ts";
import { medianOf } from "../pages/median-of.ts";
import { printer } from "../pages/printer.ts";
import { giveUp, project, readArguments } from "../processes.ts";
import { percentileOf } from "./percentile-of.ts";

/** How many times its idle value p99 of `me` may be. */
const target = 3;
const clients = 16;
const flow = "server-session";
const alice = JSON.stringify({ username: "alice", password: "alice-likes-tea" });
/** A server that has just started compiles what it is asked for. */
const warmUp = 3_000;

const { values: asked } = readArguments(
  { options: { rounds: { type: "string", default: "9" }, seconds: { type: "string", default: "5" } } },
  "There are two options: npm run bench:login -- --rounds 3 --seconds 2",
);
const [rounds, seconds] = [asked.rounds, asked.seconds].map(Number);
if (!(rounds && seconds && Number.isInteger(rounds) && rounds > 0 && seconds > 0))
  giveUp("--rounds takes a whole number, --seconds a number.");
if (!existsSync(join(project, ".next/BUILD_ID"))) giveUp("Run `npm run build` first.");

type Round = Readonly<Record<"idle" | "busy" | "ratio" | "logins", number>>;
/** Its cookies. */
type Browser = Map<string, string>;

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
// Each login counts for this address, right or wrong, and all come from one.
const server = await startOwnServer("start", { LOGIN_ATTEMPTS_PER_ADDRESS: "1000000" });
const row = printer([10, 14, 14, 10, 14, 14]);
try {
  const mine: Browser = new Map();
  const others = Array.from({ length: clients }, (): Browser => new Map());
  await logIn(mine);
  await measure(mine, warmUp, others);
  row("round", "p99 idle", "p99 logins", "ratio", "logins/s", "OVERLOADED");
  const measured: Round[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const idle = await measure(mine, seconds * 1000, []);
    const busy = await measure(mine, seconds * 1000, others);
    const ratio = busy.p99 / idle.p99;
    measured.push({ idle: idle.p99, busy: busy.p99, ratio, logins: busy.logins / seconds });
    row(
      `${round}`,
      `${idle.p99.toFixed(2)} ms`,
      `${busy.p99.toFixed(2)} ms`,
      ratio.toFixed(2),
      (busy.logins / seconds).toFixed(1),
      `${busy.overloaded}`,
    );
  }
  const middle = (pick: (each: Round) => number) => medianOf(measured.map(pick));
  const ratio = middle((each) => each.ratio);
  row(
    "median",
    `${middle((each) => each.idle).toFixed(2)} ms`,
    `${middle((each) => each.busy).toFixed(2)} ms`,
    ratio.toFixed(2),
    middle((each) => each.logins).toFixed(1),
    "",
  );
  console.log(`\nThe target: a ratio of at most ${target}.`);
  for (const atOnce of [1, 2, 4])
    console.log(`argon2id alone, ${atOnce} at once: ${await hashesASecond(atOnce)} a second`);
  console.log(`${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)} at the end.`);
  process.exitCode = ratio <= target ? 0 : 1;
} finally {
  agent.destroy();
  await server.stop();
}

/** One `me` after another for that long, while others log in, each as soon as it was answered. */
async function measure(browser: Browser, milliseconds: number, loggingIn: readonly Browser[]) {
  const until = performance.now() + milliseconds;
  const took: number[] = [];
  let logins = 0;
  let overloaded = 0;
  const client = async (browser: Browser) => {
    while (performance.now() < until) {
      const status = await logIn(browser);
      if (status === 200) logins += 1;
      if (status === 503) overloaded += 1;
    }
  };
  const load = loggingIn.map(client);
  while (performance.now() < until) {
    const began = performance.now();
    const status = await send(browser, "GET", "me");
    took.push(performance.now() - began);
    if (status !== 200) throw new Error(`me was answered ${status}.`);
  }
  await Promise.all(load);
  return { p99: percentileOf(took, 99), logins, overloaded };
}

/** In the browser's own lab, and in place of its login before. */
function logIn(browser: Browser): Promise<number> {
  return send(browser, "POST", "login", alice);
}

/** Answers the status, and keeps the cookies. */
function send(browser: Browser, method: string, action: string, body?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const cookie = [...browser].map((pair) => pair.join("=")).join("; ");
    const headers = { cookie, ...(body !== undefined && { "content-type": "application/json" }) };
    const sending = request(`${server.origin}/api/${flow}/${action}`, { agent, method, headers }, (answer) => {
      for (const line of answer.headers["set-cookie"] ?? []) {
        const [name = "", value = ""] = line.split(";")[0]?.split("=", 2) ?? [];
        browser.set(name, value);
      }
      answer.resume().on("end", () => resolve(answer.statusCode ?? 0));
    });
    sending.on("error", reject).end(body);
  });
}

/** In this process, while the server has nothing to do. */
async function hashesASecond(atOnce: number): Promise<string> {
  const passwords = createArgon2Passwords();
  const began = performance.now();
  const [until, each] = [began + 2000, Array.from({ length: atOnce })];
  let hashes = 0;
  await Promise.all(
    each.map(async () => {
      for (; performance.now() < until; hashes += 1) await passwords.hash("correct horse");
    }),
  );
  return ((1000 * hashes) / (performance.now() - began)).toFixed(0);
}
