/**
 * The slowest tests. A whole run starts with them, because a slow test at the end would keep one core busy while the
 * other is idle. `npm run test:quick` leaves them out.
 */
export const slowTests = [
  { what: "played claims", files: ["claims.test.ts", "claims-can-fail.test.ts"] },
  { what: "variants that are taken away, compiled and started", files: ["take-away.test.ts"] },
  { what: "every operation of every variant in two labs", files: ["labs-apart.test.ts"] },
  { what: "thousands of random requests", files: ["robust.test.ts"] },
  { what: "recorded exchanges, played again", files: ["http-as-recorded.test.ts"] },
  { what: "thousands of refreshes in every order", files: ["refresh-bench.test.ts"] },
  { what: "cells of the matrix, played by a page", files: ["matrix/endpoints.test.ts"] },
  { what: "what takes long for a costly expression, measured", files: ["check-expressions.test.ts"] },
  {
    what: "what waits in real time: for a locked database, a store that hangs, a process that was told to end",
    files: ["locked-database.test.ts", "redis-records.test.ts", "stop-on-signals.test.ts"],
  },
  { what: "a command, started as a shell starts it", files: ["add-person.test.ts"] },
] as const;

/** The position of a file in the list of slow tests, or after all of them. */
export function slowness(path: string): number {
  const names = slowTests.flatMap(({ files }): readonly string[] => files);
  const place = names.findIndex((name) => path.endsWith(`/${name}`));
  return place < 0 ? names.length : place;
}
