import { createHash } from "node:crypto";
import { oncePer, type Repository } from "../source/repository.ts";

const folders = ["app", "e2e", "lib", "prisma"];
const lockFile = "package-lock.json";
/** `npm install` writes these, and git ignores them. */
const generated = /^lib\/stores\/prisma\/generated\//;

/** The files that decide what a test run says, as git keeps them, in alphabetical order. */
export const treePaths = oncePer((repository: Repository): readonly string[] =>
  [...folders.flatMap(repository.below).filter((path) => !generated.test(path)), lockFile].sort(),
);

/** A hash of the paths and texts of these files. The same hash means the same tree, whatever its commit is. */
export const treeOf = oncePer((repository: Repository): string => {
  const hash = createHash("sha256");
  for (const path of treePaths(repository)) hash.update(`${path}\n${repository.read(path)}\0`);
  return hash.digest("hex");
});
