import { z } from "zod";
import { parsedFile } from "./parsed-file.ts";
import type { TestRuns } from "./test-run.ts";

const run = z.object({
  date: z.iso.datetime(),
  commit: z.string().nullable(),
  engines: z.record(z.string(), z.string()),
  tree: z.string(),
  passed: z.int(),
  failed: z.int(),
  tests: z.array(
    z.object({ file: z.string(), titles: z.array(z.string()), status: z.enum(["passed", "failed", "skipped"]) }),
  ),
});

const runs = z.object({ unit: run.optional(), e2e: run.optional() });

/** The results that the last test runs left behind in a file. */
export const readTestRuns: (path: string) => Promise<TestRuns> = parsedFile<TestRuns>((json) => {
  const { unit, e2e } = runs.parse(json);
  return { ...(unit && { unit }), ...(e2e && { e2e }) };
}, {});
