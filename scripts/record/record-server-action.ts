/** `node scripts/record/record-server-action.ts`: asks a Server Action of the installed Next.js, and keeps what it answers. */

import type { SpawnOptions } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ActionPlay, actionSenders, forwardedHost } from "../../lib/features/attacks/csrf/model.ts";
import { finished, freePort, giveUp, project, start } from "../processes.ts";

/** Outside of the project, whose settings, proxy and start Next.js would take for its own. */
const folder = mkdtempSync(join(tmpdir(), "server-action-"));
const file = join(project, "lib/features/attacks/csrf/recorded-action.json");

cpSync(join(import.meta.dirname, "server-action"), folder, { recursive: true });
symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
const next = (args: readonly string[], options: SpawnOptions = {}) =>
  start(process.execPath, [join(project, "node_modules/next/dist/bin/next"), ...args], {
    cwd: folder,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
    ...options,
  });
if ((await finished(next(["build", "--webpack"]))) !== 0)
  giveUp("The application with the Server Action was not built.");

const port = await freePort();
const origin = `http://localhost:${port}`;
const server = next(["start", "--port", String(port)], { stdio: ["ignore", "pipe", "inherit"] });
const ended = finished(server);
await new Promise<void>((resolve) => {
  server.stdout?.on("data", (text: Buffer) => text.includes("Ready") && resolve());
});

const page = await (await fetch(`${origin}/`)).text();
const [, name = ""] = /name="(\$ACTION_ID_\w+)"/.exec(page) ?? [];
const { version } = JSON.parse(readFileSync(join(project, "node_modules/next/package.json"), "utf8"));

/** The status of a form that is sent there. A Server Action that acts answers with a redirect. */
async function statusOf(path: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const body = new FormData();
  body.set(name, "");
  const answer = await fetch(`${origin}${path}`, { method: "POST", headers, body, redirect: "manual" });
  return answer.status;
}

const senders: ActionPlay["senders"][number][] = [];
for (const { id, originAt } of actionSenders) {
  const sent = originAt(origin);
  const headers: Record<string, string> = sent === null ? {} : { origin: sent };
  const proxied = { ...headers, "x-forwarded-host": forwardedHost };
  const [handler, action] = [await statusOf("/handler", headers), await statusOf("/", headers)];
  senders.push({ id, handler, action, behindProxy: await statusOf("/", proxied) });
}
server.kill();
await ended;
rmSync(folder, { recursive: true, force: true });
const play: ActionPlay = { playedAt: new Date().toISOString(), next: version, senders };
writeFileSync(file, `${JSON.stringify(play, null, 2)}\n`);
console.log(play.senders);
