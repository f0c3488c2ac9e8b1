import type { Thief } from "@/lib/core/claim.ts";
import type { VariantId } from "@/lib/core/ids.ts";
import type { RefusalCode } from "@/lib/core/refusal.ts";
import type { LifetimePreset } from "@/lib/core/time.ts";
import {
  expectedEnd,
  type RaceCopy,
  type RaceNews,
  type RaceSighting,
  type RaceVerdict,
} from "@/lib/features/race/model.ts";

type News<T extends RaceNews["type"]> = Extract<RaceNews, { readonly type: T }>;

/** The state of one copied credential. */
export type CopyState = RaceCopy & {
  /** The claimed end, in seconds after the plug. `null`: never, or the plug was not pulled yet. */
  readonly claimedEnd: number | null;
  /** The last check that accepted it. `null`: it was not checked yet. */
  readonly sighting: Pick<RaceSighting, "seconds" | "authority" | "reason"> | null;
  readonly verdict: RaceVerdict | null;
};

export type LaneState = {
  readonly variant: VariantId;
  readonly thief: Thief;
  readonly copies: readonly CopyState[];
  readonly failed: { readonly status: number; readonly code: RefusalCode | null } | null;
  readonly pulled: News<"pulled"> | null;
};

/** One race, up to its last received line. */
export type RaceState = {
  readonly plug: string;
  readonly lifetimes: LifetimePreset;
  readonly lanes: readonly LaneState[];
  /** The latest check of all copies, in seconds after the plug. */
  readonly seconds: number;
  readonly isDone: boolean;
};

/** The race after one more line of its stream. `null`: no race has begun. */
export function afterNews(race: RaceState | null, news: RaceNews): RaceState | null {
  if (news.type === "start") return begun(news);
  if (!race) return null;
  switch (news.type) {
    case "failed":
      return withLane(race, news.lane, (lane) => ({ ...lane, failed: { status: news.status, code: news.code } }));
    case "pulled":
      return withLane(race, news.lane, (lane) => pulledIn(lane, news));
    case "in":
      return news.copies.reduce(seen, race);
    case "verdict":
      return withCopy(later(race, news.refusedAfter), news, (copy) => ({ ...copy, verdict: news }));
    case "done":
      return { ...race, isDone: true };
  }
}

function begun({ plug, lifetimes, lanes }: News<"start">): RaceState {
  const lanesBefore = lanes.map(({ variant, thief, copies }) => ({
    variant,
    thief,
    copies: copies.map((copy) => ({ ...copy, claimedEnd: null, sighting: null, verdict: null })),
    failed: null,
    pulled: null,
  }));
  return { plug, lifetimes, lanes: lanesBefore, seconds: 0, isDone: false };
}

/** Checks before the plug do not show its effect. */
function pulledIn(lane: LaneState, news: News<"pulled">): LaneState {
  const copies = lane.copies.map((copy) => ({ ...copy, claimedEnd: expectedEnd(copy, news.afterLoginSeconds) }));
  return { ...lane, copies, pulled: news };
}

function seen(race: RaceState, { lane, credential, ...sighting }: RaceSighting): RaceState {
  return withCopy(later(race, sighting.seconds), { lane, credential }, (before) => ({ ...before, sighting }));
}

function later(race: RaceState, seconds: number | null): RaceState {
  return { ...race, seconds: Math.max(race.seconds, seconds ?? 0) };
}

function withLane(race: RaceState, number: number, change: (lane: LaneState) => LaneState): RaceState {
  return { ...race, lanes: race.lanes.map((lane, at) => (at === number ? change(lane) : lane)) };
}

function withCopy(
  race: RaceState,
  { lane: number, credential }: Pick<RaceSighting, "lane" | "credential">,
  change: (copy: CopyState) => CopyState,
): RaceState {
  return withLane(race, number, (lane) => ({
    ...lane,
    copies: lane.copies.map((copy) => (copy.credential === credential ? change(copy) : copy)),
  }));
}

/** How long after the plug a copy was seen to get in, in seconds. `null`: it did not get in after the plug. */
export function gotInFor({ verdict, sighting }: Pick<CopyState, "verdict" | "sighting">): number | null {
  return verdict === null ? (sighting?.seconds ?? null) : verdict.acceptedAfter;
}

type Tally = Readonly<Record<"inside" | "refused" | "gotIn", number>>;

/** How many copies the last check accepted, how many were refused, and how many got in after the plug, for a while or to the end. */
export function tally({ lanes }: Pick<RaceState, "lanes">): Tally {
  const copies = lanes.filter(({ failed }) => failed === null).flatMap((lane) => lane.copies);
  return {
    gotIn: copies.filter((copy) => gotInFor(copy) !== null).length,
    inside: copies.filter(({ verdict }) => verdict === null || verdict.code === null).length,
    refused: copies.filter(({ verdict }) => verdict !== null && verdict.code !== null).length,
  };
}
