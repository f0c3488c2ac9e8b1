import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { type ParseArgsConfig, parseArgs } from "node:util";

export const project: string = join(import.meta.dirname, "..");

/** Starts a program of node_modules/.bin or of the machine, with its output on this terminal unless told otherwise. */
export function start(program: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  return spawn(program, args, { cwd: project, stdio: "inherit", shell: process.platform === "win32", ...options });
}

/** The exit code. A program that could not be started, or was killed, has failed. */
export function finished(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.on("error", (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on("close", (code) => resolve(code ?? 1));
  });
}

/** A port that is currently free. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === "object" && address ? address.port : 3999;
}

/** Ends this program with sentences that say what to do. */
export function giveUp(...sentences: readonly string[]): never {
  console.error(`\n${sentences.join("\n")}`);
  process.exit(1);
}

/** What was asked for. An option that there is not, or one without its value, ends this program with the message and `usage`. */
export function readArguments<Config extends ParseArgsConfig>(config: Config, usage: string) {
  try {
    return parseArgs<Config>(config);
  } catch (error) {
    return giveUp((error as Error).message, usage);
  }
}
