import { execFileSync } from "node:child_process";
import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { project } from "./processes.ts";

/** Copies the files that git would clone, with uncommitted changes. Answers the copied files. */
export function copyProject(copy: string): readonly string[] {
  const list = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: project });
  const files = list
    .toString()
    .split("\0")
    .filter((file) => file && existsSync(join(project, file)));
  for (const file of files) cpSync(join(project, file), join(copy, file));
  return files;
}
