/**
 * Checks the promise of `npm run demo`. It copies the project without installed or built files, starts the demo there
 * as a newcomer would, and logs in with each flow by curl, a client that is independent of the project.
 */

import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { freePort, giveUp, project, start } from "../processes.ts";
import { copyProject } from "../project-copy.ts";

/** The promised time from a fresh clone to the first answer. */
const promisedSeconds = 120;

/** Within these seconds after Ctrl-C the demo has left nothing running. */
const leftForSeconds = 2;

type Lab = { people: { username: string; password: string }[]; variants: { flow: string }[] };
type Answer = { readonly status: number; readonly body: string };

const folder = mkdtempSync(join(tmpdir(), "loginscope-demo-"));
const copy = join(folder, "copy");
const port = await freePort();
const origin = `http://localhost:${port}`;
const failures: string[] = [];

const copied = copyProject(copy);
console.log(`Starting the demo in a fresh copy of the project, on port ${port}.\n`);
const started = performance.now();
// A new process group, so that the demo and its child processes can be ended together.
const demo = start("npm", ["run", "demo"], { cwd: copy, env: environmentOfANewcomer(), detached: true });
let ended = false;
demo.on("exit", () => {
  ended = true;
});
try {
  await waitForAnswer();
  await tryEachFlow();
  expectTreeAsItWas();
} catch (error) {
  failures.push(error instanceof Error ? error.message : String(error));
} finally {
  await stopDemo();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

if (failures.length > 0) giveUp("The demo does not keep its promise:", ...failures.map((failure) => `  ${failure}`));
console.log("\nThe demo keeps its promise.");

/** Checks that setup and start write only files that git ignores. */
function expectTreeAsItWas(): void {
  const changed = copied.filter((file) => !readFileSync(join(copy, file)).equals(readFileSync(join(project, file))));
  expect(`no file of the project was changed${changed.map((file) => `, but ${file}`).join("")}`, changed.length === 0);
}

/** Without the Node.js and the npm settings that this program was started with. */
function environmentOfANewcomer(): NodeJS.ProcessEnv {
  const path = process.env["PATH"]?.split(delimiter).filter((entry) => !entry.includes("node_modules"));
  const environment: NodeJS.ProcessEnv = { ...process.env, PATH: path?.join(delimiter), PORT: String(port) };
  for (const name of Object.keys(environment)) {
    if (/^(npm_|NODE_ENV$|LAB_|LOGINSCOPE_|DATABASE_URL$)/i.test(name)) environment[name] = undefined;
  }
  return environment;
}

async function curl(path: string, ...more: string[]): Promise<Answer> {
  const args = [
    "--silent",
    "--show-error",
    "--max-time",
    "60",
    "--write-out",
    "\n%{http_code}",
    ...more,
    origin + path,
  ];
  const { stdout } = await promisify(execFile)("curl", args);
  const end = stdout.lastIndexOf("\n");
  return { body: stdout.slice(0, end), status: Number(stdout.slice(end + 1)) };
}

async function waitForAnswer(): Promise<void> {
  for (;;) {
    const answer = await curl("/api/health").catch(() => null);
    const seconds = (performance.now() - started) / 1000;
    if (answer?.status === 200) return expect(`answered after ${seconds.toFixed(0)} s`, seconds <= promisedSeconds);
    if (ended) throw new Error("npm run demo ended by itself");
    if (seconds > 2 * promisedSeconds)
      throw new Error(`no answer on /api/health (last: ${answer?.body ?? "no connection"})`);
    await sleep(500);
  }
}

async function tryEachFlow(): Promise<void> {
  const page = await curl("/");
  expect("the first page is there", page.status === 200 && page.body.includes("<html"));
  const lab: Lab = JSON.parse((await curl("/api/lab")).body);
  const [person] = lab.people;
  if (!person) throw new Error("GET /api/lab names no people");
  for (const flow of new Set(lab.variants.map((variant) => variant.flow))) await tryFlow(flow, person);
}

async function tryFlow(flow: string, { username, password }: Lab["people"][number]): Promise<void> {
  const jar = join(folder, `${flow}.cookies`);
  const cookies = ["--cookie", jar, "--cookie-jar", jar];
  const json = ["--header", "Content-Type: application/json", "--data"];
  const login = await curl(`/api/${flow}/login`, ...cookies, ...json, JSON.stringify({ username, password }));
  expect(`${flow}: ${username} logs in`, login.status === 200);
  // A bearer token is in the answer. Otherwise the cookie jar has the credential.
  const token: string | undefined = login.status === 200 ? JSON.parse(login.body).access_token : undefined;
  const proof = token ? ["--header", `Authorization: Bearer ${token}`] : cookies;
  const me = await curl(`/api/${flow}/me`, ...proof);
  expect(`${flow}: is recognised`, me.status === 200 && me.body.includes(`"${username}"`));
  const wrong = await curl(`/api/${flow}/login`, ...json, JSON.stringify({ username, password: `${password}?` }));
  expect(`${flow}: a wrong password is refused`, wrong.status === 401);
  const logout = await curl(`/api/${flow}/logout`, ...cookies, "--request", "POST");
  expect(`${flow}: logs out`, logout.status === 204);
}

function expect(what: string, held: boolean): void {
  console.log(`  ${held ? "✓" : "✗"} ${what}`);
  if (!held) failures.push(`not so: ${what}`);
}

/** Ends the demo like Ctrl-C, while a page still listens to it, and then any processes that are left. */
async function stopDemo(): Promise<void> {
  if (demo.pid === undefined) return;
  const page = curl("/api/lab/exchanges", "--no-buffer").catch(() => null);
  await sleep(500);
  const asked = performance.now();
  signalGroup(demo.pid, "SIGINT");
  const seconds = () => (performance.now() - asked) / 1000;
  while (seconds() < 10 && isRunning(demo.pid)) await sleep(50);
  expect(`after Ctrl-C nothing is left (${seconds().toFixed(1)} s)`, seconds() <= leftForSeconds);
  signalGroup(demo.pid, "SIGKILL");
  await page;
}

/** Whether a process of the group is left. One that has ended and that nobody has asked about does not count. */
function isRunning(group: number): boolean {
  if (process.platform !== "linux") return signalGroup(group, 0);
  return readdirSync("/proc").some((id) => {
    if (!/^\d+$/.test(id)) return false;
    // After the name, which stands in brackets and may have any character: the state, the parent, the group.
    const [state, , its] = statusOf(id).split(") ").at(-1)?.split(" ") ?? [];
    return Number(its) === group && state !== "Z";
  });
}

function statusOf(id: string): string {
  try {
    return readFileSync(join("/proc", id, "stat"), "utf8");
  } catch {
    // It ended meanwhile.
    return "";
  }
}

/** False: the group has no processes left. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}
