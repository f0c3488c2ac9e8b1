import { expect, test } from "vitest";
import { fullFolders } from "./check-folder-sizes.ts";

const files = (folder: string, count: number, ending = ".ts") =>
  Array.from({ length: count }, (_, index) => `${folder}/file-${index}${ending}`);

test("a folder may hold 25 files of code, and 20 tests beside them", () => {
  expect(fullFolders([...files("lib/room", 25), ...files("lib/room", 20, ".test.ts")])).toEqual([]);
});

test("a folder with 26 files of code is too full", () => {
  expect(fullFolders(files("lib/room", 26))).toEqual(["lib/room has 26 files of code; 25 are the most."]);
});

test.for([".mts", ".js", ".jsx", ".mjs", ".css", ".sh"])("files that end in %s are code too", (ending) => {
  expect(fullFolders(files("lib/room", 26, ending))).toHaveLength(1);
});

test("a folder with 46 files is too full, tests included", () => {
  expect(fullFolders([...files("lib/room", 20), ...files("lib/room", 26, ".test.ts")])).toEqual([
    "lib/room has 46 files with its tests; 45 are the most.",
  ]);
});

test("files of a subfolder do not count for its parent", () => {
  expect(fullFolders([...files("lib/room", 25), ...files("lib/room/inner", 25)])).toEqual([]);
});

test("folders of decision records and migrations have no limit", () => {
  expect(fullFolders([...files("docs/decisions", 60), ...files("prisma/migrations/first", 60)])).toEqual([]);
});
