import { globSync } from "node:fs";
import { expect, test } from "vitest";
import { project } from "../processes.ts";
import { slowness, slowTests } from "./slow-tests.ts";

test("each file in the list of slow tests exists", () => {
  const names = slowTests.flatMap(({ files }): readonly string[] => files);
  const missing = names.filter((name) => globSync(`{lib,app,scripts}/**/${name}`, { cwd: project }).length === 0);
  expect(missing).toEqual([]);
});

test("slow tests come first, in any folder, and all others after them", () => {
  const files = ["lib/b.test.ts", "lib/http/robust.test.ts", "lib/a.test.ts", "lib/lab/claims.test.ts"];
  const sorted = files.toSorted((one, other) => slowness(one) - slowness(other));
  expect(sorted).toEqual(["lib/lab/claims.test.ts", "lib/http/robust.test.ts", "lib/b.test.ts", "lib/a.test.ts"]);
});
