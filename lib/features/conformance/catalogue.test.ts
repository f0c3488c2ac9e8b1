import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Experiment } from "../../lab/experiment.ts";
import { experiments } from "../../lab/experiments.ts";
import { readablePaths } from "../source/readable-paths.ts";
import { repository } from "../source/repository.ts";
import { requirementSources, requirements } from "./catalogue.ts";
import { sharedRequirements } from "./shared-requirements.ts";
import { surveySources } from "./source-survey.ts";
import { namedIn } from "./titles.ts";

const ids = new Set(requirements.map(({ id }) => id));
const { written, cited } = surveySources(repository());

describe("the catalogue", () => {
  test("has each requirement once, with its source and a sentence", () => {
    expect(ids.size).toBe(requirements.length);
    for (const { source, text, level } of requirements) {
      expect(requirementSources.map(({ id }) => id)).toContain(source);
      expect(text).toMatch(/^[A-Z`].{15,120}\.$/);
      expect(level).toMatch(/^(L[123]|SHALL|SHOULD|MUST|MUST NOT|MAY|threat|test)$/);
    }
  });

  test("has every source's requirements, and an address where everybody can read them", () => {
    for (const { id, address } of requirementSources) {
      expect(requirements.filter(({ source }) => source === id)).not.toEqual([]);
      expect(address).toMatch(/^https:\/\//);
    }
  });
});

describe("titles of tests", () => {
  test("name requirements that are in the catalogue", () => {
    const unknown = [...written].flatMap(([file, titles]) =>
      titles.flatMap(({ line, ids: named }) => named.filter((id) => !ids.has(id)).map((id) => `${file}:${line} ${id}`)),
    );
    expect(unknown).toEqual([]);
    expect(written.size).toBeGreaterThan(20);
  });

  test("name requirements on one line, in quotes, each in brackets of its own", () => {
    const found = new Map([...written].map(([file, titles]) => [file, titles.flatMap((title) => title.ids).length]));
    const lost: string[] = [];
    for (const file of readablePaths(repository())) {
      if (
        !/\.(?:test|spec|contract)\.tsx?$|\/contract\.ts$|-rules\.ts$/.test(file) ||
        file.startsWith("lib/features/conformance/")
      )
        continue;
      const text = readFileSync(join(process.cwd(), file), "utf8");
      const looksLike = text.match(/\[(?:ASVS|NIST|RFC|WSTG)\b[^\]]*\]/g) ?? [];
      if (looksLike.length !== (found.get(file) ?? 0)) lost.push(file);
    }
    expect(lost).toEqual([]);
  });

  test("mark a requirement as met or with cannot only", () => {
    const titles = [...written.values()].flat().map(({ text }) => text.replaceAll(/\$\{[^}]*\}/g, ""));
    for (const title of titles) expect(() => namedIn(title)).not.toThrow();
  });
});

test("each requirement that is fulfilled in one place for all flows is in the catalogue", () => {
  expect([...sharedRequirements].filter((id) => !ids.has(id))).toEqual([]);
});

test("experiments name requirements of the catalogue", () => {
  const named = experiments.flatMap((experiment: Experiment) => experiment.requirements ?? []);
  expect(named.filter((id) => !ids.has(id))).toEqual([]);
});

test("comments of the product name requirements of the catalogue", () => {
  expect([...cited.keys()].filter((id) => !ids.has(id))).toEqual([]);
  expect(cited.size).toBeGreaterThan(10);
});
