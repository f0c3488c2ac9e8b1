import { readablePaths } from "../source/readable-paths.ts";
import { oncePer, type Repository } from "../source/repository.ts";
import { requirements } from "./catalogue.ts";
import { citationsIn } from "./citations.ts";
import type { SourceSpot } from "./model.ts";
import { type WrittenTitle, writtenTitles } from "./titles.ts";

const tests = /\.(?:test|spec|contract)\.tsx?$|\/contract\.ts$|^lib\/testing\/|^e2e\//;
/** The files of the catalogue itself, which name requirements without fulfilling them. */
const catalogue = /^lib\/features\/conformance\//;

/** The requirements that the source of this repository names. */
export type Survey = {
  /** By file, the titles of its tests that name requirements. */
  readonly written: ReadonlyMap<string, readonly WrittenTitle[]>;
  /** By file, the lines of the tests that play claims. */
  readonly claims: ReadonlyMap<string, number>;
  /** By requirement, the lines of the product that name it. */
  readonly cited: ReadonlyMap<string, readonly SourceSpot[]>;
};

/** Reads every module and test. */
export const surveySources = oncePer((repository: Repository): Survey => {
  const files = readablePaths(repository).map((path) => [path, repository.read(path)] as const);
  return { written: writtenIn(files), claims: claimsIn(files), cited: citedIn(files) };
});

type Files = readonly (readonly [path: string, text: string])[];

function writtenIn(files: Files): Survey["written"] {
  const titles = files
    .filter(([path]) => tests.test(path) && !catalogue.test(path))
    .map(([path, text]) => [path, writtenTitles(text)] as const);
  return new Map(titles.filter(([, written]) => written.length > 0));
}

function claimsIn(files: Files): Survey["claims"] {
  const lines = files
    .filter(([path]) => tests.test(path) && !catalogue.test(path))
    .map(([path, text]) => [path, lineOfClaims(text)] as const);
  return new Map(lines.filter(([, line]) => line > 0));
}

/**
 * The line of the test that plays the claims; 0: this file has none. A title in quotes elsewhere is only talked about.
 */
function lineOfClaims(text: string): number {
  return (
    // Cost: its text is a line of this repository.
    text.split("\n").findIndex((line) => /\b(?:describe|test)\(`.*, shows what its manifest claims/.test(line)) + 1
  );
}

function citedIn(files: Files): Survey["cited"] {
  const known = new Set(requirements.map(({ id }) => id));
  const cited = new Map<string, SourceSpot[]>();
  for (const [file, text] of files) {
    if (tests.test(file) || catalogue.test(file)) continue;
    for (const { id, line } of citationsIn(text, known)) cited.set(id, [...(cited.get(id) ?? []), { file, line }]);
  }
  return cited;
}
