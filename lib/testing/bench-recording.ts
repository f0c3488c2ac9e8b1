import type { BenchRow, Figure, InPlace, OverHttp, Recording } from "../features/bench/model.ts";

/** A median in the middle of its interval. */
export const figure = (median: number, width = 0): Figure => ({ median, low: median - width, high: median + width });

/** Microseconds of one action, with twice as many at the 99th percentile. */
export function tookInPlace(took: number, more: Partial<InPlace> = {}): InPlace {
  const trips = { statements: 2, commands: 0 };
  const own = figure(took);
  return { took: own, p50: took, p99: 2 * took, cpu: own, busy: own, inner: null, trips, ...more };
}

/** By its share of the bare route's throughput. */
export function measuredOverHttp(share: Figure, more: Partial<OverHttp> = {}): OverHttp {
  const rest = { added: figure(100), cpu: figure(800), redis: null, perSecond: figure(1200), p50: 12, p99: 30 };
  return { share, ...rest, ...more };
}

/** A recording made by hand, with what a test says of its rows. */
export function recordingOf(rows: readonly Partial<BenchRow>[], more: Partial<Recording> = {}): Recording {
  const whole = { variant: "cookie/signed", condition: "usual", inPlace: {}, overHttp: null, wire: {} } as const;
  return {
    at: "2026-11-30T10:00:00.000Z",
    machine: { cpu: "A processor", cores: 2, node: "v24.1.0" },
    load: [0.1, 1.2],
    method: {
      inPlace: { requests: 50_000, rounds: 11, logins: 10_000 },
      overHttp: { rounds: 15, seconds: 2, inFlight: 16 },
    },
    edge: tookInPlace(20),
    bare: { cpu: figure(700), perSecond: figure(1400), p50: 11, p99: 20 },
    rows: rows.map((row) => ({ ...whole, ...row })),
    ...more,
  };
}
