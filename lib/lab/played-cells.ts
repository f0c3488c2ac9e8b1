import type { VariantId } from "../core/ids.ts";
import type { LifetimePreset } from "../core/time.ts";
import type { Exchange } from "./exchange.ts";
import type { Experiment, StepReport, Verdict } from "./experiment.ts";

/** One experiment against one variant, as it was played. `playedAt`: ISO 8601, on the system's clock. */
export type MatrixCell = Verdict & { readonly playedAt: string };

/** The answer of `GET /api/lab/matrix`: every cell that this lab has played, with the conditions. */
export type MatrixView = {
  /** The public id of the lab that had it played. */
  readonly lab: string;
  /** Of the application that was asked. */
  readonly version: string;
  /** What the labs of the cells were set to: one of their own each, as a new lab is. */
  readonly settings: { readonly lifetimes: LifetimePreset };
  readonly variants: readonly VariantId[];
  readonly experiments: readonly Experiment["id"][];
  /** The number of cells. If an experiment replays no credential of a variant, they have no cell. */
  readonly total: number;
  /** Variants that cannot be logged in with here, each with a sentence on what it needs. */
  readonly missing: readonly { readonly variant: VariantId; readonly needs: string }[];
  readonly cells: readonly MatrixCell[];
  /** Cells of this lab are being played right now. */
  readonly running: boolean;
};

/** Which cells to play. Absent: all of them. */
export type MatrixWanted = {
  readonly variants?: readonly VariantId[];
  readonly experiments?: readonly Experiment["id"][];
  /** Also those that were played before. */
  readonly again?: boolean;
};

/** A cell that could not be judged, and why. */
export type UnjudgedCell = { readonly variant: VariantId; readonly experiment: string; readonly reason: string };

/** A line of a run. `cell` brings a result; `failed` a cell that could not be judged, which is not kept. */
export type MatrixNews =
  | { readonly type: "begun"; readonly cells: number }
  | { readonly type: "cell"; readonly cell: MatrixCell }
  | ({ readonly type: "failed" } & UnjudgedCell)
  | { readonly type: "done" };

/** A line of one experiment: its steps as they happen, then for each variant how it ended. */
export type ExperimentNews =
  | ({ readonly type: "step"; readonly variant: VariantId } & StepReport)
  /** `performances`: where the exchanges were asked for. */
  | ({ readonly type: "verdict"; readonly performances?: readonly Performance[] } & MatrixCell)
  | ({ readonly type: "failed" } & UnjudgedCell);

/** A run as its caller follows it, during and after. */
export type MatrixRun = {
  readonly state: "playing" | "stopped" | "done" | "failed";
  readonly done: number;
  readonly of: number;
  /** Milliseconds since 1970, by this machine's clock. */
  readonly beganAt: number;
  readonly endedAt: number | null;
  /** Cells that could not be judged, and were not since. */
  readonly unjudged: readonly UnjudgedCell[];
  readonly problem: { readonly detail: string } | null;
};

/** What one performance of an experiment's script sent and was answered: the proof of a reading. */
export type Performance = { readonly title: string; readonly exchanges: readonly Exchange[] };
