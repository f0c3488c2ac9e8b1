import type { FlowManifest, Variant } from "../core/variant.ts";
import type { Transport } from "./device.ts";
import type { Experiment } from "./experiment.ts";
import type { Exchange } from "./feed/exchange.ts";
import type { Performance } from "./played-cells.ts";

/** Where experiments are played: opens a fresh lab each time, and sends requests to it. */
export type Stage = {
  readonly transport: Transport;
  readonly origin: string;
  /** The public passwords of the people of every lab there, by username. */
  readonly passwords: Readonly<Record<string, string>>;
  /** Opens a lab; answers its lab cookie as `[name, value]`. */
  openLab(): Promise<readonly [string, string]>;
  /** Records the requests and answers in a lab, with the server's steps, until the returned function is called. */
  watch?(labCookie: readonly [string, string]): () => readonly Exchange[];
};

/** One experiment with one variant on one stage. */
export type Part = {
  readonly experiment: Experiment;
  readonly manifest: FlowManifest;
  readonly variant: Variant;
  readonly stage: Stage;
  readonly manifests: readonly FlowManifest[];
  /** Called after each performance, with its exchanges. Recording takes time, so it is done only if this is given. */
  readonly onPerformance?: (performance: Performance) => void;
};
