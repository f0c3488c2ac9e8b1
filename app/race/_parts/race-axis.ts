/** An axis in seconds, from the plug to a little after the latest check. */
export type RaceAxis = {
  readonly far: number;
  readonly ticks: readonly number[];
  /** The position on the axis, in percent. */
  readonly at: (seconds: number) => number;
};

const lengths = [
  { far: 20, tick: 5 },
  { far: 40, tick: 10 },
  { far: 75, tick: 15 },
  { far: 130, tick: 30 },
] as const;

/** The axis grows in large steps, so that fixed marks on it rarely move. */
export function raceAxis(seconds: number): RaceAxis {
  const { far, tick } = lengths.find((length) => length.far > seconds) ?? lengths[lengths.length - 1] ?? lengths[0];
  const ticks = Array.from({ length: Math.ceil(far / tick) }, (_, before) => before * tick);
  return { far, ticks, at: (at) => (Math.min(Math.max(at, 0), far) / far) * 100 };
}
