import { globSync } from "node:fs";
import { flows, variants } from "../../lib/flows/registry.ts";
import { noRedis } from "../../lib/testing/redis-server.ts";
import { giveUp, project } from "../processes.ts";
import { hasRedis } from "../redis.ts";
import { countVitest } from "./count-tests.ts";
import { vitestFailures } from "./failed-tests.ts";
import { slowTests } from "./slow-tests.ts";
import { vitestTimes } from "./slowest-files.ts";
import { type Check, checks, vitest } from "./table.ts";

type Quick = { readonly checks: readonly Check[]; readonly leftOut: readonly string[] };

/**
 * The checks of a quick run, about a minute on two cores: those that most changes break first, with the default
 * variants of each flow. With `files` (paths of tests or parts of paths) it runs all tests of these files instead.
 */
export function quickChecks(files: readonly string[], redis = hasRedis()): Quick {
  const all = files.length > 0;
  const unknown = files.filter((file) => !testFiles().some((each) => each.includes(file.replace(/^\.\//, ""))));
  if (unknown.length > 0) giveUp(`No test file has this in its path: ${unknown.join(", ")}`);
  const others = all ? [] : otherVariants();
  const unnamed = [...others.map((id) => `${id}(?![\\w-])`), ...(redis ? [] : ["[Rr]edis"])];
  const options = [
    ...(all ? [] : slowTests.flatMap((each) => each.files.map((name) => `--exclude=**/${name}`))),
    ...(unnamed.length > 0 ? [`--testNamePattern=^(?!.*(?:${unnamed.join("|")}))`] : []),
    ...(redis ? [] : ["--tagsFilter=!redis", "--exclude=**/redis-*.test.ts", "--exclude=**/http-as-recorded.test.ts"]),
  ];
  const unit: Check = {
    id: "unit",
    title: "Unit tests, the quick ones",
    commands: [vitest("test-results/quick.json", ...options, ...files)],
    env: redis ? {} : { WITHOUT_REDIS: "yes" },
    mend: "`npx vitest <file>` runs one file again on each change.",
    beside: "sources",
    report: { file: "test-results/quick.json", count: countVitest, times: vitestTimes, failures: vitestFailures },
  };
  return {
    checks: [unit, ...checks.filter(({ id }) => ["types", "format", "imports"].includes(id))],
    leftOut: [
      ...(all ? [] : slowTests.map(({ what, files: names }) => `${what} (${names.join(", ")})`)),
      ...(all
        ? []
        : [`what is tested of ${others.length} of ${variants.length} variants: of those that are no default`]),
      ...(redis ? [] : [`what needs a Redis server. ${noRedis}`]),
      "unused code, the production build, and everything in a browser",
      "`npm test` runs all of it, `npm run test:quick <file>` all that is in one file.",
    ],
  };
}

function testFiles(): readonly string[] {
  return globSync("{lib,app,scripts}/**/*.test.{ts,tsx}", { cwd: project });
}

/** The variants that are no flow's default, in lab mode or outside it. */
function otherVariants(): readonly string[] {
  const usual = flows.flatMap(({ manifest: { defaults } }): readonly string[] => [defaults.lab, defaults.production]);
  return variants.map(({ id }) => id).filter((id) => !usual.includes(id));
}
