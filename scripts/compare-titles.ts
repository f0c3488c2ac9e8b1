/**
 * Compares the titles of two test runs, so that no test is lost while tests are moved or made faster:
 * `node scripts/compare-titles.ts before.json after.json [named.json]`.
 *
 * Reads the output of Vitest and Playwright: their JSON reports, `vitest list --json`, `playwright test --list
 * --reporter=json`. A test may move to another file. Its title may change only if `named.json` says so: `{ "renamed":
 * { "old title": "new title" }, "added": ["title"] }`. Titles are written with their groups, `group > test`.
 */

import { readFileSync } from "node:fs";
import { z } from "zod";
import {
  type PlaywrightReport,
  type RunTest,
  testsOfPlaywright,
  testsOfVitest,
  type VitestReport,
} from "../lib/features/conformance/test-run.ts";
import { giveUp } from "./processes.ts";

const namedChanges = z.strictObject({
  renamed: z.record(z.string(), z.string()).default({}),
  added: z.array(z.string()).default([]),
});

type NamedChanges = z.infer<typeof namedChanges>;

type Difference = {
  /** Missing titles, each as often as it is missing. */
  readonly lost: readonly string[];
  /** New titles that `named.json` does not contain. */
  readonly unnamed: readonly string[];
  /** Named changes that did not happen. */
  readonly idle: readonly string[];
};

const titleOf = ({ titles }: Pick<RunTest, "titles">) => titles.join(" > ");

/** All titles in a report, with repetitions. Throws if it is not a report. */
export function titlesIn(report: unknown): readonly string[] {
  if (Array.isArray(report))
    return z
      .array(z.object({ name: z.string() }))
      .parse(report)
      .map(({ name }) => name);
  if (typeof report === "object" && report !== null) {
    if ("testResults" in report) return testsOfVitest(report as VitestReport, "").map(titleOf);
    if ("suites" in report) return testsOfPlaywright(report as PlaywrightReport, "").map(titleOf);
  }
  throw new Error("Neither a report of Vitest nor one of Playwright");
}

export function compareTitles(
  before: readonly string[],
  after: readonly string[],
  { renamed, added }: NamedChanges = { renamed: {}, added: [] },
): Difference {
  const expected = [...before.map((title) => renamed[title] ?? title), ...added];
  const idle = [
    ...Object.keys(renamed).filter((title) => !before.includes(title)),
    ...added.filter((title) => !after.includes(title)),
  ];
  const lost = missingFrom(after, expected).filter((title) => !idle.includes(title));
  return { lost, unnamed: missingFrom(expected, after), idle };
}

/** The titles that occur more often in `wanted` than in `there`. */
function missingFrom(there: readonly string[], wanted: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const title of there) left.set(title, (left.get(title) ?? 0) + 1);
  return wanted.filter((title) => {
    const count = left.get(title) ?? 0;
    left.set(title, count - 1);
    return count <= 0;
  });
}

function read(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}

function main([before, after, named]: readonly string[]): void {
  if (!before || !after) giveUp("Two reports are needed: before.json after.json [named.json]");
  const [old, now] = [titlesIn(read(before)), titlesIn(read(after))];
  const difference = compareTitles(old, now, named ? namedChanges.parse(read(named)) : undefined);
  const told = [
    ["Lost", difference.lost],
    ["New, and not named", difference.unnamed],
    ["Named, and not found", difference.idle],
  ] as const;
  for (const [what, titles] of told) for (const title of titles) console.log(`${what}: ${title}`);
  const differs = told.some(([, titles]) => titles.length > 0);
  console.log(`${old.length} titles before, ${now.length} after: ${differs ? "they differ" : "the same, as named"}`);
  process.exitCode = differs ? 1 : 0;
}

if (import.meta.main) main(process.argv.slice(2));
