import type { SpawnOptions } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ActionPlay, actionSenders, forwardedHost } from "../../lib/features/attacks/csrf/model.ts";
import { finished, freePort, project, start } from "../processes.ts";

/**
 * Builds a small application with a Server Action and a route handler, starts it, and sends each what every sender does.
 * Answers what they answered. Throws if it cannot be built or started.
 */
export async function playServerAction(): Promise<ActionPlay> {
  // Outside of the project, whose settings, proxy and start Next.js would take for its own.
  const folder = mkdtempSync(join(tmpdir(), "server-action-"));
  try {
    cpSync(join(import.meta.dirname, "server-action"), folder, { recursive: true });
    symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
    if ((await finished(next(folder, ["build", "--webpack"], { stdio: ["ignore", "ignore", "inherit"] }))) !== 0)
      throw new Error("The application with the Server Action was not built.");
    return await playIn(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function next(folder: string, args: readonly string[], options: SpawnOptions) {
  return start(process.execPath, [join(project, "node_modules/next/dist/bin/next"), ...args], {
    cwd: folder,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
    ...options,
  });
}

async function playIn(folder: string): Promise<ActionPlay> {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  // It logs each refusal.
  const server = next(folder, ["start", "--port", String(port)], { stdio: ["ignore", "pipe", "ignore"] });
  const ended = finished(server);
  try {
    const ready = new Promise<true>((resolve) => {
      server.stdout?.on("data", (text: Buffer) => text.includes("Ready") && resolve(true));
    });
    if ((await Promise.race([ready, ended])) !== true)
      throw new Error("The application with the Server Action ended by itself.");
    return await playAt(origin);
  } finally {
    server.kill();
    await ended;
  }
}

async function playAt(origin: string): Promise<ActionPlay> {
  const page = await (await fetch(`${origin}/`)).text();
  const [, name = ""] = /name="(\$ACTION_ID_\w+)"/.exec(page) ?? [];

  /** The status of a form that is sent there. A Server Action that acts answers with a redirect. */
  async function statusOf(path: string, headers: Readonly<Record<string, string>>): Promise<number> {
    const body = new FormData();
    body.set(name, "");
    return (await fetch(`${origin}${path}`, { method: "POST", headers, body, redirect: "manual" })).status;
  }

  const senders: ActionPlay["senders"][number][] = [];
  for (const { id, originAt } of actionSenders) {
    const sent = originAt(origin);
    const headers: Record<string, string> = sent === null ? {} : { origin: sent };
    const proxied = { ...headers, "x-forwarded-host": forwardedHost };
    const [handler, action] = [await statusOf("/handler", headers), await statusOf("/", headers)];
    senders.push({ id, handler, action, behindProxy: await statusOf("/", proxied) });
  }
  const { version } = JSON.parse(readFileSync(join(project, "node_modules/next/package.json"), "utf8"));
  return { playedAt: new Date().toISOString(), next: version, senders };
}
