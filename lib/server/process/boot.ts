import { minute } from "../../core/time.ts";
import { application } from "../application.ts";
import { EnvironmentError } from "./env.ts";
import { guardSockets } from "./guard-sockets.ts";

const sweepEvery = 5 * minute;

/** Starts the application, or ends the process with a sentence that says what is missing. */
export async function boot(): Promise<void> {
  try {
    const { env, sweep, app } = await application();
    guardSockets({ trustProxy: env.TRUST_PROXY === "on" });
    setInterval(() => void sweep().catch(app.report), sweepEvery).unref();
  } catch (error) {
    console.error(error instanceof EnvironmentError ? `\n${error.message}\n` : error);
    process.exit(1);
  }
}
