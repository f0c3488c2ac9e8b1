import { readFile, stat } from "node:fs/promises";
import { z } from "zod";
import type { TestRuns } from "./test-run.ts";

const run = z.object({
  date: z.iso.datetime(),
  commit: z.string().nullable(),
  node: z.string(),
  digest: z.string(),
  passed: z.int(),
  failed: z.int(),
  tests: z.array(
    z.object({ file: z.string(), titles: z.array(z.string()), status: z.enum(["passed", "failed", "skipped"]) }),
  ),
});

const runs = z.object({ unit: run.optional(), e2e: run.optional() });

const none: TestRuns = {};
const known = new Map<string, { readonly stamp: string; readonly runs: TestRuns }>();

/**
 * The results that the last test runs left behind; a file that is not there, or not as it was written, holds none. The
 * same object as long as the file is the same.
 */
export async function readTestRuns(path: string): Promise<TestRuns> {
  const stamp = await stampOf(path);
  if (stamp === null) return none;
  const last = known.get(path);
  if (last?.stamp === stamp) return last.runs;
  const found = { stamp, runs: await parsed(path) };
  known.set(path, found);
  return found.runs;
}

async function stampOf(path: string): Promise<string | null> {
  try {
    const { mtimeMs, ctimeMs, size } = await stat(path);
    return `${mtimeMs} ${ctimeMs} ${size}`;
  } catch {
    return null;
  }
}

async function parsed(path: string): Promise<TestRuns> {
  try {
    const { unit, e2e } = runs.parse(JSON.parse(await readFile(path, "utf8")));
    return { ...(unit && { unit }), ...(e2e && { e2e }) };
  } catch {
    return none;
  }
}
