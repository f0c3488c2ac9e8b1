import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { giveUp, project } from "../processes.ts";

/** The most files in a folder, without and with tests, so that a reader can take in a folder at one look. */
const mostFiles = { code: 25, withTests: 45 } as const;

/** Folders without a limit: records of decisions, migrations, and the client that Prisma writes. */
const lists = /^(?:docs\/decisions|prisma\/migrations|lib\/stores\/prisma\/generated)(?:\/|$)/;

const code = /\.(?:[cm]?[jt]sx?|css|sh)$/;
const test = /\.(?:test|spec)\.tsx?$|(?:^|[/.])contract\.ts$/;

/** One sentence for each folder with too many files. `files`: paths from the project's root. */
export function fullFolders(files: readonly string[]): readonly string[] {
  const folders = Map.groupBy(
    files.filter((file) => code.test(file) && !lists.test(file)),
    (file) => file.slice(0, file.lastIndexOf("/")),
  );
  return [...folders].flatMap(([folder, inside]) => {
    const own = inside.filter((file) => !test.test(file)).length;
    return [
      ...(own > mostFiles.code ? [`${folder} has ${own} files of code; ${mostFiles.code} are the most.`] : []),
      ...(inside.length > mostFiles.withTests
        ? [`${folder} has ${inside.length} files with its tests; ${mostFiles.withTests} are the most.`]
        : []),
    ];
  });
}

if (import.meta.main) {
  // `-z`: git writes a name with other than ASCII letters as it is.
  const list = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: project });
  const files = list
    .toString()
    .split("\0")
    .filter((file) => file !== "" && existsSync(join(project, file)));
  const full = fullFolders(files);
  if (full.length > 0) giveUp(...full, "Divide the folder by what its files are about.");
  console.log("No folder holds too many files.");
}
