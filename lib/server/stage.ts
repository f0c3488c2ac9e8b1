import type { WatchedStage } from "../features/compare/measurement.ts";
import { labCookie } from "../http/request/lab-cookie.ts";
import type { Stage } from "../lab/stage.ts";
import type { Foundation } from "./foundation.ts";

/** The stage of experiments: labs of this process, and the given transport. */
export function stageAt(
  { worlds, exchanges, env }: Pick<Foundation, "worlds" | "exchanges" | "env">,
  transport: Stage["transport"],
): WatchedStage {
  return {
    transport,
    origin: env.origin,
    async openLab() {
      const cookie = worlds.mintLabCookie();
      await worlds.open(worlds.labIdOf(cookie));
      return [labCookie.name, cookie];
    },
    watch: ([, cookie]) => exchanges.collect(worlds.labIdOf(cookie)),
  };
}
