/**
 * The tests that take most of the time of all. A whole run begins with them: whatever is begun last is waited for on
 * one core alone. `npm run test:quick` leaves them out.
 */
export const slowTests = [
  { what: "played claims", files: ["claims.test.ts", "claims-can-fail.test.ts"] },
  { what: "variants that are taken away, compiled and started", files: ["take-away.test.ts"] },
  { what: "every operation of every variant in two labs", files: ["labs-apart.test.ts"] },
  { what: "thousands of random requests", files: ["robust.test.ts"] },
  { what: "recorded exchanges, played again", files: ["http-as-recorded.test.ts"] },
  { what: "thousands of refreshes in every order", files: ["refresh-bench.test.ts"] },
  { what: "cells of the matrix, played by a page", files: ["matrix/endpoints.test.ts"] },
] as const;

/** Its place among the slow ones, or behind them all. */
export function slowness(path: string): number {
  const names = slowTests.flatMap(({ files }): readonly string[] => files);
  const place = names.findIndex((name) => path.endsWith(`/${name}`));
  return place < 0 ? names.length : place;
}
