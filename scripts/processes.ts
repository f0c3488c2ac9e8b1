import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import { type ParseArgsConfig, parseArgs } from "node:util";

export const project: string = join(import.meta.dirname, "..");

/** Starts a program of node_modules/.bin or of the machine, with its output on this terminal unless told otherwise. */
export function start(program: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  const { cwd = project, env = process.env, ...rest } = options;
  // In a copy of the project the environment is as it was given: the copy has programs of its own.
  const own = cwd === project ? withOwnPrograms(env) : env;
  return spawn(program, args, { cwd, env: own, stdio: "inherit", shell: process.platform === "win32", ...rest });
}

/** npm puts the project's programs first in the search path. A script that Node.js runs by itself does it here. */
function withOwnPrograms(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const programs = join(project, "node_modules/.bin");
  // Windows spells the name as it likes, and a copy of the environment has it in that spelling only.
  const name = Object.keys(env).find((each) => each.toUpperCase() === "PATH") ?? "PATH";
  return { ...env, [name]: [programs, env[name]].filter(Boolean).join(delimiter) };
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
