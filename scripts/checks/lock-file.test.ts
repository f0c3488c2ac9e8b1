import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { faultsOf } from "./lock-file.ts";

test("every package in the lock file has a version, and integrity unless it is bundled", () => {
  expect(faultsOf(JSON.parse(readFileSync("package-lock.json", "utf8")))).toEqual([]);
});

test("a package without a version is a fault of the lock file", () => {
  expect(faultsOf({ packages: { "node_modules/a": { integrity: "sha512-x" } } })).toEqual([
    "node_modules/a has no version",
  ]);
});

test("a package without integrity is a fault of the lock file, unless it is bundled", () => {
  const packages = {
    "": {},
    "node_modules/a": { version: "1.0.0" },
    "node_modules/b": { version: "1.0.0", inBundle: true },
  };
  expect(faultsOf({ packages })).toEqual(["node_modules/a has no integrity"]);
});
