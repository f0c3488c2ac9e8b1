/** An axis in seconds, from the plug to a little after the latest check. What came before the plug has a fixed width. */
export type RaceAxis = {
  readonly far: number;
  readonly ticks: readonly number[];
  /** The position of a second after the plug, in percent. */
  readonly at: (seconds: number) => number;
};

/** Where the plug is, in percent. */
export const plugAt = 11.5;

const lengths = [
  { far: 20, tick: 5 },
  { far: 40, tick: 10 },
  { far: 75, tick: 10 },
  { far: 130, tick: 20 },
] as const;

/** The axis grows in large steps, so that fixed marks on it rarely move. */
export function raceAxis(seconds: number): RaceAxis {
  const { far, tick } = lengths.find((length) => length.far > seconds) ?? lengths[lengths.length - 1] ?? lengths[0];
  const ticks = Array.from({ length: Math.ceil(far / tick) - 1 }, (_, before) => (before + 1) * tick);
  const at = (second: number) => plugAt + (Math.min(Math.max(second, 0), far) / far) * (100 - plugAt);
  return { far, ticks, at };
}
