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

type Place = {
  readonly port: number;
  readonly origin: string;
  /** Of this server alone, and gone with it. */
  readonly folder: string;
};

/**
 * Starts the application as a developer or an operator does, in lab mode, with a database and a secret of its own.
 */
export function startOwnServer(
  command: "dev" | "start",
  env: Readonly<Record<string, string>> = {},
): Promise<OwnServer> {
  return startServer(
    ({ port }) => ["next", command, "--port", String(port)],
    ({ origin, folder }) => ({
      NODE_ENV: command === "dev" ? "development" : "production",
      LAB_MODE: "on",
      LOGINSCOPE_ORIGIN: origin,
      LOGINSCOPE_SECRET: randomBytes(48).toString("base64url"),
      DATABASE_URL: `file:${join(folder, "loginscope.db")}`,
      REDIS_URL: "",
      ...env,
    }),
  );
}

/** Starts a server that listens at the PORT it is given, and prints `Ready in` when it does. Throws if it ends before. */
export async function startServer(
  command: (place: Place) => readonly [program: string, ...args: string[]],
  env: (place: Place) => Readonly<Record<string, string>>,
): Promise<OwnServer> {
  const port = await freePort();
  const place = { port, origin: `http://localhost:${port}`, folder: mkdtempSync(join(tmpdir(), "loginscope-server-")) };
  const [program, ...args] = command(place);
  const server = start(program, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PORT: String(port), ...env(place) },
  });
  const ended = finished(server);
  async function stop(): Promise<void> {
    server.kill();
    await ended;
    rmSync(place.folder, { recursive: true, force: true, maxRetries: 5 });
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
  return { port, origin: place.origin, pid: server.pid, printed: () => text, stop };
}
