import type { FlowManifest, Variant } from "../core/variant.ts";
import type { Transport } from "./device.ts";
import type { Exchange } from "./exchange.ts";
import type { Experiment } from "./experiment.ts";
import type { Performance } from "./played-cells.ts";

/** Where an experiment takes place: a fresh lab each time, and a way to send requests to it. */
export type Stage = {
  readonly transport: Transport;
  readonly origin: string;
  /** A lab of its own; answers its lab cookie as `[name, value]`. */
  openLab(): Promise<readonly [string, string]>;
  /** Records the requests and answers in a lab, with the server's steps, until the returned function is called. */
  watch?(labCookie: readonly [string, string]): () => readonly Exchange[];
};

/** Who is played, and where. */
export type Part = {
  readonly experiment: Experiment;
  readonly manifest: FlowManifest;
  readonly variant: Variant;
  readonly stage: Stage;
  readonly manifests: readonly FlowManifest[];
  /** Shown each performance once it is over, with its exchanges. Watching takes time, so only who asks for it is. */
  readonly onPerformance?: (performance: Performance) => void;
};
