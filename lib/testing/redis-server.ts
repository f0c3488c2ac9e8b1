import { spawn } from "node:child_process";
import { connect, createServer } from "node:net";

export const noRedis =
  "No Redis to test with. Install redis-server (Debian: `apt-get install redis-server`, macOS: `brew install redis`), " +
  "or set REDIS_URL to the address of a server that tests may write to.";

export type RedisServer = {
  readonly url: string;
  readonly pid: number;
  /** Stops answering, with its connections open. */
  pause(): void;
  resume(): void;
  /** Has no memory left from now on, or has again: while it is full it refuses what would take some, and deletes. */
  setFull(isFull: boolean): Promise<void>;
  stop(): Promise<void>;
};

/** An empty Redis on a free port of this machine, without persistence. Throws `noRedis` if no Redis can be started. */
export async function startRedis(port?: number): Promise<RedisServer> {
  const chosen = port ?? (await freePort());
  const settings = ["--port", String(chosen), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const server = spawn("redis-server", settings, { stdio: ["ignore", "pipe", "inherit"] });
  const stopped = new Promise<void>((resolve) => server.once("close", () => resolve()));
  const kill = () => void server.kill("SIGKILL");
  process.once("exit", kill);
  await new Promise<void>((resolve, reject) => {
    server.once("error", () => reject(new Error(noRedis)));
    server.once("close", (code) => reject(new Error(`redis-server ended with ${code} before it was ready`)));
    server.stdout.on("data", (lines: Buffer) => {
      if (lines.includes("Ready to accept connections")) resolve();
    });
  });
  return {
    url: `redis://127.0.0.1:${chosen}`,
    pid: server.pid ?? 0,
    pause: () => void server.kill("SIGSTOP"),
    resume: () => void server.kill("SIGCONT"),
    setFull: (isFull) => command(chosen, `CONFIG SET maxmemory ${isFull ? 1 : 0} maxmemory-policy noeviction`),
    async stop() {
      process.off("exit", kill);
      kill();
      await stopped;
    },
  };
}

/** One inline command, on a connection of its own. */
function command(port: number, line: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(`${line}\r\n`));
    socket.once("error", reject);
    socket.once("data", (answer: Buffer) => {
      socket.destroy();
      if (answer.toString().startsWith("+OK")) resolve();
      else reject(new Error(`${line}: ${answer}`));
    });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("No port")),
      );
    });
  });
}
