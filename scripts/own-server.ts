import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished, freePort, start } from "./processes.ts";

export type OwnServer = {
  readonly port: number;
  readonly origin: string;
  readonly pid: number;
  /** What it has printed so far. */
  printed(): string;
  stop(): Promise<void>;
};

/**
 * Starts the application as a developer or an operator does, in lab mode, with a database and a secret of its own.
 * `application`: the folder of another one in this repository.
 */
export async function startOwnServer(
  command: "dev" | "start",
  env: Readonly<Record<string, string>> = {},
  application?: string,
): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), "loginscope-server-"));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const server = start("next", [command, ...(application ? [application] : []), "--port", String(port)], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      NODE_ENV: command === "dev" ? "development" : "production",
      PORT: String(port),
      LAB_MODE: "on",
      LOGINSCOPE_ORIGIN: origin,
      LOGINSCOPE_SECRET: randomBytes(48).toString("base64url"),
      DATABASE_URL: `file:${join(folder, "loginscope.db")}`,
      REDIS_URL: "",
      ...env,
    },
  });
  const ended = finished(server);
  async function stop(): Promise<void> {
    server.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  let text = "";
  const ready = new Promise<boolean>((resolve) => {
    const hear = (more: Buffer) => {
      text += more;
      if (text.includes("Ready in")) resolve(true);
    };
    server.stdout?.on("data", hear);
    server.stderr?.on("data", hear);
    void ended.then(() => resolve(false));
  });
  if (!(await ready) || server.pid === undefined) {
    await stop();
    throw new Error(`The server ended by itself.\n${text}`);
  }
  return { port, origin, pid: server.pid, printed: () => text, stop };
}
