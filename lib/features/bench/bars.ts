import { lengthOf } from "../../core/claim.ts";
import { wholeDuration } from "../../core/time.ts";
import type { FlowManifest, Variant } from "../../core/variant.ts";
import type {
  BenchBar,
  BenchGroup,
  BenchRow,
  BenchTraffic,
  ConditionId,
  Recording,
  RefusalCost,
  TimedAction,
} from "./model.ts";
import { type Asked, askedOf, judgedOf, judgeInPlace, judgeShare } from "./targets.ts";

export type BenchChoice = {
  readonly measure: "over-http" | "in-place";
  readonly action: TimedAction;
  readonly condition: ConditionId;
};

/** The bars of one measure, by flow; a variant that was not measured so has none. */
export function barsOf(
  recording: Recording,
  manifests: readonly FlowManifest[],
  choice: BenchChoice,
): readonly BenchGroup[] {
  const bar = choice.measure === "over-http" ? overHttpBar : inPlaceBar;
  return manifests
    .map(({ id: flow, title, variants }) => ({
      flow,
      title,
      bars: variants.flatMap((variant): readonly BenchBar[] => {
        const row = rowOf(recording, variant, choice.condition);
        const drawn = row ? bar(recording, variant, row, choice) : null;
        return drawn ? [drawn] : [];
      }),
    }))
    .filter(({ bars }) => bars.length > 0);
}

/** CPU that a request adds to that of the bare route. The target is a share of throughput: so much CPU it leaves. */
function overHttpBar({ bare }: Recording, { id, title }: Variant, { overHttp, condition }: BenchRow): BenchBar | null {
  if (!(overHttp && bare)) return null;
  const least = askedOf(id, condition)?.share ?? null;
  return {
    variant: id,
    title,
    figure: overHttp.added,
    target: least === null ? null : bare.cpu.median * (1 / least - 1),
    verdict: least === null ? null : judgeShare(overHttp, least),
    beside: overHttp.share.median.toFixed(2),
  };
}

function inPlaceBar(
  _: Recording,
  { id, title }: Variant,
  { inPlace, condition }: BenchRow,
  { action }: BenchChoice,
): BenchBar | null {
  const measured = inPlace[action];
  if (!measured) return null;
  const asked = askedOf(id, condition);
  const figure = action === "hot" && asked ? (judgedOf(measured, asked) ?? measured.took) : measured.took;
  const most = mostOf(asked, action);
  return {
    variant: id,
    title,
    figure,
    target: most,
    verdict: most === null ? null : judgeInPlace(figure, most),
    beside: `${Math.round(measured.p99).toLocaleString("en")}`,
  };
}

function mostOf(asked: Asked | null, action: TimedAction): number | null {
  if (action === "hot") return asked?.hot.most ?? null;
  return action === "cold" ? (asked?.cold ?? null) : null;
}

/** What a request adds, by how long a copy gets in after a logout, as the variants claim and the matrix plays. */
export function refusalCosts(recording: Recording, manifests: readonly FlowManifest[]): readonly RefusalCost[] {
  const all = manifests.flatMap(({ id: flow, variants }) =>
    variants.flatMap((variant) => {
      const added = rowOf(recording, variant, "usual")?.overHttp?.added.median;
      return added === undefined ? [] : [{ flow, variant, added, length: exposedFor(variant) }];
    }),
  );
  const lengths = [...new Set(all.map(({ length }) => length))].sort((one, other) => one - other);
  return lengths.map((length) => ({
    until: length === 0 ? "at once" : wholeDuration(length),
    exposed: length > 0,
    variants: all
      .filter((each) => each.length === length)
      .sort((one, other) => one.added - other.added)
      .map(({ flow, variant, added }) => ({ flow, variant: variant.id, title: variant.title, added })),
  }));
}

/** What travels, and what is asked of stores, variant by variant. */
export function trafficOf(recording: Recording, manifests: readonly FlowManifest[]): readonly BenchTraffic[] {
  return manifests.flatMap(({ id: flow, variants }) =>
    variants.flatMap((variant): readonly BenchTraffic[] => {
      const { wire, inPlace } = rowOf(recording, variant, "usual") ?? {};
      if (!(wire?.hot && wire.login)) return [];
      const trips = inPlace?.hot?.trips ?? null;
      return [{ variant: variant.id, flow, title: variant.title, me: wire.hot, login: wire.login, trips }];
    }),
  );
}

/** An unused copy, the longer of its credentials. */
function exposedFor({ claims, settings }: Variant): number {
  const claimed = claims["replay-after-logout"] ?? [];
  const silent = claimed.filter(({ thief }) => thief === undefined || thief === "silent");
  return Math.max(0, ...silent.map(({ until }) => lengthOf(until, settings) ?? Number.POSITIVE_INFINITY));
}

function rowOf({ rows }: Recording, { id }: Pick<Variant, "id">, condition: ConditionId): BenchRow | undefined {
  return rows.find((row) => row.variant === id && row.condition === condition);
}

/** How many targets of one measure are reached or undecided, of those that are asked. */
export function reachedOf(groups: readonly BenchGroup[]): { reached: number; undecided: number; of: number } {
  const verdicts = groups.flatMap(({ bars }) => bars.flatMap(({ verdict }) => verdict ?? []));
  const count = (wanted: string) => verdicts.filter((verdict) => verdict === wanted).length;
  return { reached: count("reached"), undecided: count("undecided"), of: verdicts.length };
}
