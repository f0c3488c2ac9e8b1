import type { WatchedStage } from "../features/compare/measurement.ts";
import { labCookie } from "../http/request/lab-cookie.ts";
import type { Stage } from "../lab/stage.ts";
import type { Foundation } from "./foundation.ts";

/** The stage of experiments: labs of this process, and the given transport. */
export function stageAt(
  { labContexts, exchanges, env }: Pick<Foundation, "labContexts" | "exchanges" | "env">,
  transport: Stage["transport"],
): WatchedStage {
  return {
    transport,
    origin: env.origin,
    async openLab() {
      const cookie = labContexts.mintLabCookie();
      await labContexts.open(labContexts.labIdOf(cookie));
      return [labCookie.name, cookie];
    },
    watch: ([, cookie]) => exchanges.collect(labContexts.labIdOf(cookie)),
  };
}
