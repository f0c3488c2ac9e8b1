import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { oncePer, openRepository, type Repository } from "./repository.ts";
import { readSource } from "./source-reader.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "repository-"));
  for (const folder of ["app", "e2e", "lib/core", "prisma", "scripts"])
    mkdirSync(join(root, folder), { recursive: true });
  write("lib/core/time.ts", "export const minute = 60;\n");
  write("lib/core/user.ts", "export type User = string;\n");
  write("package.json", "{}\n");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (path: string, text: string) => writeFileSync(join(root, path), text);

/** As the next page would find it. */
async function next(open: () => Repository): Promise<Repository> {
  await turn();
  return open();
}

describe("the repository", () => {
  test("is the same object as long as no file changes", async () => {
    const open = openRepository(root, true);
    expect(await next(open)).toBe(open());
    expect(open().below("lib")).toEqual(["lib/core/time.ts", "lib/core/user.ts"]);
    expect(open().read("package.json")).toBe("{}\n");
  });

  test("has an edited file's new text at the next read", async () => {
    const open = openRepository(root, true);
    const before = open();
    expect(before.read("lib/core/time.ts")).toContain("60");
    write("lib/core/time.ts", "export const minute = 61;\n");
    const after = await next(open);
    expect(after).not.toBe(before);
    expect(after.read("lib/core/time.ts")).toContain("61");
  });

  test("notices an edit of the same length with an older modification time", async () => {
    const open = openRepository(root, true);
    utimesSync(join(root, "lib/core/time.ts"), 1, 1);
    expect((await next(open)).read("lib/core/time.ts")).toContain("60");
    write("lib/core/time.ts", "export const minute = 61;\n");
    utimesSync(join(root, "lib/core/time.ts"), 1, 1);
    expect((await next(open)).read("lib/core/time.ts")).toContain("61");
  });

  test("has added files and no deleted ones", async () => {
    const open = openRepository(root, true);
    open();
    renameSync(join(root, "lib/core/user.ts"), join(root, "lib/core/person.ts"));
    const after = await next(open);
    expect(after.below("lib/core")).toEqual(["lib/core/person.ts", "lib/core/time.ts"]);
    expect(() => after.read("lib/core/user.ts")).toThrow("There is no file lib/core/user.ts");
  });

  test("opens no file outside its folders", () => {
    write(".env.local", "LOGINSCOPE_SECRET=x\n");
    mkdirSync(join(root, "data"));
    write("data/loginscope.db", "");
    for (const path of [".env.local", "data/loginscope.db", "../../etc/passwd", "/etc/passwd"]) {
      expect(() => openRepository(root, true)().read(path)).toThrow("There is no file");
    }
  });

  test("is read once in a deployment, where files do not change", async () => {
    const open = openRepository(root, false);
    const before = open();
    write("lib/core/session.ts", "export {};\n");
    expect(await next(open)).toBe(before);
  });
});

describe("what is made from the repository", () => {
  test("is computed once, and again after a file changed", async () => {
    const open = openRepository(root, true);
    const make = vi.fn((files: Repository) => files.read("lib/core/time.ts").length);
    const lengthOf = oncePer(make);
    expect([lengthOf(open()), lengthOf(await next(open))]).toEqual([26, 26]);
    expect(make).toHaveBeenCalledTimes(1);
    write("lib/core/time.ts", "export const minute = 6000;\n");
    expect(lengthOf(await next(open))).toBe(28);
    expect(make).toHaveBeenCalledTimes(2);
  });

  test("is computed once for each argument", () => {
    const files = openRepository(root, true)();
    const make = vi.fn((_: Repository, { name }: { name: string }) => name);
    const nameOf = oncePer(make);
    const [one, other] = [{ name: "one" }, { name: "other" }];
    expect([one, other, one, other].map((each) => nameOf(files, each))).toEqual(["one", "other", "one", "other"]);
    expect(make).toHaveBeenCalledTimes(2);
  });

  test("is computed again after an error", () => {
    const files = openRepository(root, true)();
    const make = vi.fn((_: Repository): string => {
      throw new Error("not now");
    });
    const broken = oncePer(make);
    expect(() => broken(files)).toThrow("not now");
    expect(() => broken(files)).toThrow("not now");
    expect(make).toHaveBeenCalledTimes(2);
  });
});

test("an edited source is shown at the next load, and other files are not highlighted again", async () => {
  const open = openRepository(root, true);
  const shown = (files: Repository) =>
    Promise.all(["lib/core/time.ts", "lib/core/user.ts"].map((path) => readSource(files, path)));
  const before = await shown(open());
  write("lib/core/time.ts", "export const minute = 61;\n");
  const after = await shown(await next(open));
  const textsOf = (sources: typeof before) =>
    sources.map(({ lines }) =>
      lines
        .flat()
        .map(([, text]) => text)
        .join(""),
    );
  expect(textsOf(before)).toEqual(["export const minute = 60;", "export type User = string;"]);
  expect(textsOf(after)).toEqual(["export const minute = 61;", "export type User = string;"]);
  expect(after[1]).toBe(before[1]);
});
