import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { project } from "../processes.ts";
import { unboundedMaps } from "./lasting-maps.ts";

const files = globSync("lib/**/*.ts", { cwd: project }).filter(
  (file) => !/\.test\.ts$|lib\/testing\/|\/generated\/|contract\.ts$/.test(file),
);

test("every map of lib that outlives a request is one of LabMemory, or a comment above it says what bounds it", () => {
  const found = files.flatMap((file) => {
    const text = readFileSync(join(project, file), "utf8");
    return /new (Map|Set)\b/.test(text) ? unboundedMaps(text).map((each) => `${file}: ${each}`) : [];
  });
  expect(files.length).toBeGreaterThan(300);
  expect(found).toEqual([]);
});

test.for([
  ["of a module", "const known = new Map<string, string>();", ["known:1"]],
  ["of a class", "class A {\n  readonly #known = new Set<string>();\n}", ["known:2".replace("known", "#known")]],
  [
    "that a function of an object uses later",
    "function createA() {\n  const known = new Map();\n  return { add: (key: string) => known.set(key, 1) };\n}",
    ["known:2"],
  ],
  [
    "that a declared function uses later",
    "function createA() {\n  const known = new Set();\n  function add(key: string) {\n    known.add(key);\n  }\n  return add;\n}",
    ["known:2"],
  ],
])("a map %s is found", ([, text, found]) => {
  expect(unboundedMaps(String(text))).toEqual(found);
});

test.for([
  ["says what bounds it", "// Bounded: one for each file.\nconst known = new Map<string, string>();"],
  ["is made full and stays so", 'const known = new Set(["a", "b"]);'],
  ["is told to be read only", "const none: ReadonlySet<string> = new Set();"],
  [
    "ends with its call",
    "function a(keys: string[]) {\n  const seen = new Set();\n  keys.map((key) => seen.add(key));\n  return seen.size;\n}",
  ],
])("a map that %s is left alone", ([, text]) => {
  expect(unboundedMaps(String(text))).toEqual([]);
});
