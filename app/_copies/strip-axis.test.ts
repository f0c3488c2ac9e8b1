import { expect, test } from "vitest";
import { day, hour, minute, second } from "@/lib/core/time.ts";
import { stripAxis } from "./strip-axis.ts";

/** A bar of 17rem, and the widest of two labels side by side ("30 min" and "30 days") with a gap, in CSS pixels. */
const [bar, widest] = [272, 45];

const stillIn = (afterSeconds: number, forSeconds: number): Parameters<typeof stripAxis>[0][number] => ({
  letIn: [],
  verdict: {
    ...{ accepted: true, afterSeconds, role: "user", authority: "current" },
    until: new Date(forSeconds * second).toISOString(),
  },
});

const ends = [40 * second, 4 * minute, 29 * minute, 2 * hour, 8 * hour, 7 * day, 30 * day].map((end) => end / second);

test.for(ends.flatMap((end) => [0, 1, 5, 90, 1000].map((since) => ({ since, end }))))(
  "$since s after a plug no two labels of a strip lie on each other, where a copy gets in for $end s more",
  ({ since, end }) => {
    const { at, ticks } = stripAxis([stillIn(since, end)], 0);
    const places = ticks.map(({ seconds }) => (at(seconds) / 100) * bar);
    for (const [index, place] of places.entries()) {
      const before = places[index - 1];
      if (before !== undefined) expect(place - before).toBeGreaterThan(widest);
    }
    // The label of now has some 80 pixels, and is centred on it.
    if (since > 0) for (const place of places) expect(place - (at(since) / 100) * bar).toBeGreaterThan(40 + 20);
  },
);
