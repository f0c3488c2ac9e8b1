import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Repository, repository } from "../source/repository.ts";
import { treeOf, treePaths } from "./tree.ts";

const root = join(import.meta.dirname, "../../..");
const files = { "app/page.tsx": "a", "lib/a.ts": "b", "package-lock.json": "{}", "prisma/schema.prisma": "s" };
const repositoryOf = (texts: Readonly<Record<string, string>>): Repository => ({
  read: (path) => texts[path] ?? "",
  below: (folder) => Object.keys(texts).filter((path) => path.startsWith(`${folder}/`)),
});
const hashOf = (texts: Readonly<Record<string, string>>) => treeOf(repositoryOf(texts));

test("the tree is the files that git keeps in app, e2e, lib and prisma, and the lock file", () => {
  const paths = treePaths(repository());
  expect(paths).toContain("prisma/schema.prisma");
  expect(paths.filter((path) => path.includes("/generated/"))).toEqual([]);
  // A copy that was downloaded has no git to ask.
  const kept = existsSync(join(root, ".git")) ? keptByGit() : paths;
  expect(paths).toEqual(kept);
});

test("the hash of a tree changes with a text, a name, a new file and the lock file", () => {
  const changed = [
    { ...files, "lib/a.ts": "c" },
    { ...files, "lib/b.ts": "" },
    { ...files, "package-lock.json": "{ }" },
    { "app/page.tsx": "a", "lib/z.ts": "b", "package-lock.json": "{}", "prisma/schema.prisma": "s" },
  ].map(hashOf);
  expect(new Set([hashOf(files), ...changed]).size).toBe(5);
});

test("the hash of a tree does not change with a document or a script", () => {
  expect(hashOf({ ...files, "docs/words.md": "w", "scripts/a.ts": "s" })).toBe(hashOf(files));
});

function keptByGit(): readonly string[] {
  const asked = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--"];
  const listed = execFileSync("git", [...asked, "app", "e2e", "lib", "prisma", "package-lock.json"], { cwd: root });
  const paths = listed.toString().split("\0").filter(Boolean);
  return [...new Set(paths)].filter((path) => existsSync(join(root, path))).sort();
}
