import type { VariantId } from "../core/ids.ts";
import type { LifetimePreset } from "../core/time.ts";
import type { Experiment, StepReport, Verdict } from "./experiment.ts";
import type { Exchange } from "./feed/exchange.ts";

/** One experiment against one variant, as it was played. `playedAt`: ISO 8601, on the system's clock. */
export type MatrixCell = Verdict & { readonly playedAt: string };

/** The answer of `GET /api/lab/matrix`: every cell that this lab has played, with the conditions. */
export type MatrixView = {
  /** The public id of the lab that played it. */
  readonly lab: string;
  /** Of the application that was asked. */
  readonly version: string;
  /** The settings of the cells' own labs: those of a new lab. */
  readonly settings: { readonly lifetimes: LifetimePreset };
  readonly variants: readonly VariantId[];
  readonly experiments: readonly Experiment["id"][];
  /** The number of cells. If an experiment replays no credential of a variant, they have no cell. */
  readonly total: number;
  /** Variants that cannot log in here, each with a sentence on what is missing. */
  readonly missing: readonly { readonly variant: VariantId; readonly needs: string }[];
  readonly cells: readonly MatrixCell[];
  /** Cells of this lab are being played right now. */
  readonly running: boolean;
};

/** The cells to play. Absent: all of them. */
export type MatrixWanted = {
  readonly variants?: readonly VariantId[];
  readonly experiments?: readonly Experiment["id"][];
  /** Also cells that were played before. */
  readonly again?: boolean;
};

/** A cell without a verdict, and why. */
export type UnjudgedCell = { readonly variant: VariantId; readonly experiment: string; readonly reason: string };

/** One line of a run. `cell` is a result; `failed` is a cell without a verdict, which is not kept. */
export type MatrixNews =
  | { readonly type: "begun"; readonly cells: number }
  | { readonly type: "cell"; readonly cell: MatrixCell }
  | ({ readonly type: "failed" } & UnjudgedCell)
  | { readonly type: "done" };

/** One line of one experiment: its steps as they happen, then the outcome for each variant. */
export type ExperimentNews =
  | ({ readonly type: "step"; readonly variant: VariantId } & StepReport)
  /** `performances`: only if the exchanges were asked for. */
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
  /** Cells without a verdict. */
  readonly unjudged: readonly UnjudgedCell[];
  readonly problem: { readonly detail: string } | null;
};

/** The requests and answers of one performance: the proof of a reading. */
export type Performance = { readonly title: string; readonly exchanges: readonly Exchange[] };
