const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Candidates for ticks. The axis shows those that are within its range. */
const ticks = [minute, 5 * minute, 15 * minute, hour, 4 * hour, day, 7 * day, 30 * day, 180 * day, 400 * day];
const shortTicks = [5_000, 15_000, 30_000, minute, 2 * minute, 5 * minute];

export type TimeScale = {
  /** 0 at now, 1 at the far end. */
  readonly at: (milliseconds: number) => number;
  /** Milliseconds from now. */
  readonly from: (part: number) => number;
  readonly ticks: readonly number[];
  readonly far: number;
};

/** So far apart two positions on the axis can be told from each other: a thousandth of it, in wide windows a pixel. */
const finest = 1000;

/**
 * The moment for which the axis is drawn: the last one that moves something on it by a position, or at which an end was
 * reached. Drawn anew each second it would cost more than the rest of an idle page.
 */
export function drawnAt(now: number, ends: readonly number[]): number {
  const left = ends.map((at) => at - now);
  const { at, from } = timeScale(left);
  // The nearest end moves fastest: near times have more room.
  const nearest = Math.min(...left.filter((each) => each > 0));
  const next = Number.isFinite(nearest) ? nearest : 0;
  const step = Math.max(1000, Math.floor((from(at(next) + 1 / finest) - next) / 1000) * 1000);
  return Math.max(Math.floor(now / step) * step, ...ends.filter((end) => end <= now));
}

/**
 * Puts fifteen minutes and thirty days on one axis: near times get more room. The scale is logarithmic, and linear
 * near now, so that one minute is visible at both ends.
 */
export function timeScale(ends: readonly number[]): TimeScale {
  const latest = Math.max(0, ...ends);
  const classroom = latest <= 5 * minute && latest > 0;
  const far = Math.max(latest * 1.15, classroom ? 30_000 : hour);
  const grain = classroom ? 10_000 : 5 * minute;
  const whole = Math.log1p(far / grain);
  return {
    at: (milliseconds) => Math.min(1, Math.max(0, Math.log1p(Math.max(0, milliseconds) / grain) / whole)),
    from: (part) => Math.expm1(part * whole) * grain,
    ticks: (classroom ? shortTicks : ticks).filter((tick) => tick <= far),
    far,
  };
}

/** The ticks with enough distance to the previous tick and to the far end. */
export function spaced({ ticks: all, at }: TimeScale, room: number): readonly number[] {
  const kept: number[] = [];
  for (const tick of all) {
    if (at(tick) - at(kept.at(-1) ?? 0) > room && at(tick) < 0.97) kept.push(tick);
  }
  return kept;
}

/** Near the far end a label stands before its mark, because it would leave the axis after it. */
export function standsBefore(part: number): boolean {
  return part > 0.82;
}

/** The row of each label. A label that starts within the `width` of the previous one goes to the next row. */
export function labelRows(parts: readonly number[], width: number): readonly number[] {
  const rows: number[] = [];
  const begin = (part: number) => (standsBefore(part) ? part - width : part);
  for (const [index, part] of parts.entries()) {
    const crowded = index > 0 && begin(part) < begin(parts[index - 1] ?? 0) + width;
    rows.push(crowded ? (rows[index - 1] ?? 0) + 1 : 0);
  }
  return rows;
}

/** Rounds a dragged length of time: 31 min 7 s becomes a round value. */
export function rounded(milliseconds: number): number {
  const step =
    milliseconds < 2 * minute ? 1000 : milliseconds < 2 * hour ? minute : milliseconds < 2 * day ? 15 * minute : hour;
  return Math.round(milliseconds / step) * step;
}
