import { minute } from "../../core/time.ts";
import { runningVersion } from "../../features/source/running-version.ts";
import { createAllow } from "../../http/router.ts";
import { startApplication } from "../application.ts";
import { compose } from "../compose.ts";
import type { Composition } from "../composition.ts";
import { overLoopback } from "../inside-call.ts";
import { answersAttackersHosts } from "./attackers-hosts.ts";
import { EnvironmentError, readEnvironment } from "./env.ts";
import { guardSockets } from "./guard-sockets.ts";
import { ensureLocalSecret } from "./local-secret.ts";
import { openOtherPort } from "./other-port.ts";
import { stopOnSignals } from "./stop-on-signals.ts";

const sweepEvery = 5 * minute;

const stopping = new AbortController();

/** Starts the application, or ends the process with a sentence on what is missing. */
export async function boot(): Promise<void> {
  try {
    const { env, sweep, app, table, attacks } = await startApplication(start);
    const guard = guardSockets({
      trustProxy: env.TRUST_PROXY === "on",
      takesUpgrade: isHotReload,
      development: process.env.NODE_ENV === "development",
      ownHost: env.LOGINSCOPE_ORIGIN === undefined ? null : new URL(env.origin).host,
      allowAt: createAllow(app, table),
      answersHost: answersAttackersHosts(attacks, app.report),
    });
    // `next dev` cuts every connection at once, and takes its own processes along.
    if (process.env.NODE_ENV === "production") stopOnSignals(() => guard.serversAt(env.PORT), stopping);
    setInterval(() => void sweep().catch(app.report), sweepEvery).unref();
  } catch (error) {
    console.error(error instanceof EnvironmentError ? `\n${error.message}\n` : error);
    process.exit(1);
  }
}

/** The one address that speaks another protocol: `next dev` tells its pages there of changed files. */
function isHotReload(url: string): boolean {
  return process.env.NODE_ENV === "development" && url.startsWith("/_next/hmr");
}

async function start(): Promise<Composition> {
  if (process.env.NODE_ENV !== "production") ensureLocalSecret();
  const env = await openOtherPort(readEnvironment());
  // Read at the start, while the files are those that were loaded.
  await runningVersion();
  return compose(env, { call: overLoopback(env.PORT), stopping: stopping.signal });
}
