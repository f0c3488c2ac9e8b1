import type { BenchRow, Recording } from "../../lib/features/bench/model.ts";
import { isSameClass } from "./machine.ts";

/** A ratio that became worse by a third or more. */
export type Worsening = { readonly what: string; readonly recorded: number; readonly now: number };

export type Comparison = {
  /** Only figures of the same class of machine say that the application became slower. */
  readonly sameClass: boolean;
  readonly compared: number;
  readonly worse: readonly Worsening[];
};

const third = 1 / 3;

/**
 * Compares ratios, since a machine's own speed drifts: the share of the bare route's throughput, and how many times the
 * edge's time a request takes in place. What only one of the two recordings has is not compared.
 */
export function compareRecordings(now: Recording, recorded: Recording): Comparison {
  const pairs = now.rows.flatMap((row) => {
    const before = recorded.rows.find((each) => each.variant === row.variant && each.condition === row.condition);
    return before ? [...shares(row, before), ...timesTheEdge({ row, now }, { row: before, now: recorded })] : [];
  });
  return {
    sameClass: isSameClass(now.machine, recorded.machine),
    compared: pairs.length,
    worse: pairs.filter(({ isWorse }) => isWorse).map(({ isWorse: _, ...pair }) => pair),
  };
}

type Pair = Worsening & { readonly isWorse: boolean };

function shares(row: BenchRow, before: BenchRow): readonly Pair[] {
  if (!(row.overHttp && before.overHttp)) return [];
  const [now, recorded] = [row.overHttp.share.median, before.overHttp.share.median];
  return [{ what: `${nameOf(row)}, share of bare`, recorded, now, isWorse: now <= recorded * (1 - third) }];
}

type In = { readonly row: BenchRow; readonly now: Pick<Recording, "edge"> };

function timesTheEdge(here: In, there: In): readonly Pair[] {
  const ratio = ({ row, now }: In, action: "hot" | "cold") => {
    const measured = row.inPlace[action];
    return measured && now.edge ? measured.took.median / now.edge.took.median : null;
  };
  return (["hot", "cold"] as const).flatMap((action) => {
    const [now, recorded] = [ratio(here, action), ratio(there, action)];
    if (now === null || recorded === null) return [];
    const what = `${nameOf(here.row)}, ${action} in place, times the edge`;
    return [{ what, recorded, now, isWorse: now >= recorded * (1 + third) }];
  });
}

function nameOf({ variant, condition }: BenchRow): string {
  return condition === "usual" ? variant : `${variant} (${condition})`;
}
