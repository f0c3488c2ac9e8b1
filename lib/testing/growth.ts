/** One text so many times as long as the short ones: as much work for what is linear, so many times as much for what is quadratic. */
const times = 8;
const rounds = 5;

/**
 * How much more one long input costs than short ones that together are as long: about 1 for what is linear, 8 for what is
 * quadratic. Both are measured in turn, in the processor's time of this thread, so a busy machine changes neither; of
 * several rounds the cheapest counts.
 */
export function growth(run: (size: number) => unknown, size: number): number {
  let [short, long] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < rounds; round++) {
    short = Math.min(
      short,
      cost(() => {
        for (let each = 0; each < times; each++) run(size);
      }),
    );
    long = Math.min(
      long,
      cost(() => run(size * times)),
    );
  }
  return Math.max(long, leastCompared) / Math.max(short, leastCompared);
}

/** In microseconds. What costs less is within what a collection of garbage costs. */
const leastCompared = 2000;

/** Far from 1, and far from 8. */
export const linear = 4;

function cost(run: () => void): number {
  const before = process.threadCpuUsage();
  run();
  const { user, system } = process.threadCpuUsage(before);
  return user + system;
}
