import type { Runner } from "../../lib/features/conformance/test-run.ts";
import { noRedis } from "../../lib/testing/redis-server.ts";
import { ensureChromium, noChromium } from "../chromium.ts";
import { ensureRedis } from "../redis.ts";
import { type Count, countPlaywright, countVitest } from "./count-tests.ts";
import { playwrightFailures, vitestFailures } from "./failed-tests.ts";
import { type FileTime, playwrightTimes, vitestTimes } from "./slowest-files.ts";

export type Check = {
  readonly id: string;
  readonly title: string;
  readonly commands: readonly (readonly [program: string, ...args: string[]])[];
  /** What to do when it fails. */
  readonly mend: string;
  /** Left out if this one failed. */
  readonly needs?: string;
  /** Runs only when it is asked for. */
  readonly extra?: true;
  /** Environment variables in addition to those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * Runs at the same time as the other checks of its group. `sources`: it reads or builds, starts no server and measures
   * no time. `servers`: it asks a server of its own one request after another, or waits for an installation, so that it
   * keeps no more than one processor busy.
   */
  readonly beside?: "sources" | "servers";
  /** The files that it writes. Two checks that write the same files take turns. */
  readonly writes?: ".next";
  /** Answers a missing requirement of the check, if it cannot be installed. */
  readonly prepare?: () => string | null;
  /** For a runner of many tests. Any other check counts as one. */
  readonly report?: Report;
};

export type Report = {
  readonly file: string;
  readonly count: (report: never) => Count;
  readonly times: (report: never) => readonly FileTime[];
  readonly failures: (report: never) => readonly string[];
  /**
   * The runner whose results the conformance page shows. Absent:
   * the run does not have all tests, so its results are not stored.
   */
  readonly runner?: Runner;
};

const colors = process.stdout.isTTY ? "--colors=force" : "--colors=off";

const format: Check = {
  id: "format",
  title: "Format and lint",
  commands: [["biome", "ci", "--error-on-warnings", colors]],
  mend: "`npm run format` mends what can be mended by itself.",
  beside: "sources",
};

const types: Check = {
  id: "types",
  title: "Types",
  commands: [
    ["next", "typegen"],
    ["tsc", "--noEmit"],
  ],
  mend: "Mend the first error first; the others often follow from it.",
  beside: "sources",
  writes: ".next",
};

const imports: Check = {
  id: "imports",
  title: "Imports and rooms",
  commands: [
    ["node", "scripts/checks/check-import-rules.ts"],
    ["node", "scripts/checks/check-folder-sizes.ts"],
  ],
  mend: "Each line above says what to do instead.",
  beside: "sources",
};

/** In the order in which they start. */
export const checks: readonly Check[] = [
  types,
  format,
  imports,
  {
    id: "unused",
    title: "Unused code",
    commands: [["knip"]],
    mend: "Delete what is unused, or stop exporting it.",
    beside: "sources",
  },
  {
    id: "openapi",
    title: "The OpenAPI document",
    commands: [["node", "scripts/checks/check-openapi.ts"]],
    mend: "The document is made of the endpoints' own schemas and words: mend the one that each line above names.",
    beside: "sources",
  },
  {
    id: "build",
    title: "Production build",
    commands: [["next", "build"]],
    mend: "`npm run build` shows it alone.",
    beside: "sources",
    writes: ".next",
  },
  {
    id: "unit",
    title: "Unit, contract and claim tests",
    commands: [vitest("test-results/unit.json")],
    prepare: () => (ensureRedis() ? null : noRedis),
    mend: "`npx vitest <file>` runs one file again on each change.",
    report: {
      file: "test-results/unit.json",
      count: countVitest,
      times: vitestTimes,
      failures: vitestFailures,
      runner: "unit",
    },
  },
  {
    id: "fuzz",
    title: "Odd requests to every address",
    commands: [["node", "scripts/fuzz.ts", "--requests", "2000"]],
    mend: "The line of curl above is the smallest such request. `npm run fuzz` sends 100,000.",
    needs: "build",
    beside: "servers",
    prepare: () => (ensureRedis() ? null : noRedis),
  },
  {
    id: "demo",
    title: "The demo, from a fresh copy",
    commands: [["node", "scripts/checks/check-demo.ts"]],
    mend: "`npm run check:demo` shows it alone.",
    extra: true,
    beside: "servers",
  },
  {
    id: "e2e",
    title: "Browser tests",
    commands: [["playwright", "test"]],
    mend: "`npx playwright test <file> --trace on` plays a file again and keeps what the browser saw.",
    needs: "build",
    prepare: () => (!ensureChromium() ? noChromium : ensureRedis() ? null : noRedis),
    report: {
      file: "test-results/e2e.json",
      count: countPlaywright,
      times: playwrightTimes,
      failures: playwrightFailures,
      runner: "e2e",
    },
  },
  {
    id: "lock",
    title: "The lock file, for every system",
    commands: [["node", "scripts/checks/check-lock-file.ts"]],
    mend: "`npm run check:lock` shows it alone.",
    extra: true,
    beside: "sources",
  },
  {
    id: "adding",
    title: "What it takes to add something",
    commands: [["node", "scripts/checks/check-adding.ts"]],
    mend: "`npm run check:adding` shows it alone. docs/adding-*.md say what is promised.",
    prepare: () => (ensureRedis() ? null : noRedis),
    extra: true,
    beside: "sources",
  },
  {
    id: "action",
    title: "A Server Action answers as recorded",
    commands: [["node", "scripts/checks/check-server-action.ts"]],
    mend: "`npm run check:action` shows it alone. `node scripts/record/record-server-action.ts` records it anew. The page of cross-site requests then says something else.",
    extra: true,
    beside: "sources",
  },
];

/** The command for all tests, or for those that the options select, with a report in this file. */
export function vitest(report: string, ...options: readonly string[]): Check["commands"][number] {
  return ["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile=${report}`, ...options];
}
