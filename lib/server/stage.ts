import type { WatchedStage } from "../features/compare/measurement.ts";
import { labCookie } from "../http/request/lab-cookie.ts";
import type { Stage } from "../lab/stage.ts";
import { demoPasswords } from "./demo-people.ts";
import type { Foundation } from "./foundation.ts";

/** The stage of experiments: labs of this process, and the given transport. */
export function stageAt(
  { labContexts, exchanges, env, stopping }: Pick<Foundation, "labContexts" | "exchanges" | "env" | "stopping">,
  transport: Stage["transport"],
): WatchedStage {
  return {
    // After the process is asked to end, an experiment sends nothing but the reset of its lab.
    async transport(request) {
      if (!request.url.endsWith("/api/lab/reset")) stopping.throwIfAborted();
      return transport(request);
    },
    origin: env.origin,
    passwords: demoPasswords,
    async openLab() {
      stopping.throwIfAborted();
      const cookie = labContexts.mintLabCookie();
      await labContexts.open(labContexts.labIdOf(cookie));
      return [labCookie.name, cookie];
    },
    watch: ([, cookie]) => exchanges.collect(labContexts.labIdOf(cookie)),
  };
}
