import type { VariantId } from "../../core/ids.ts";
import type { Variant } from "../../core/variant.ts";
import { findVariant, variants } from "../../flows/registry.ts";
import type { Experiment } from "../../lab/experiment.ts";
import { experiments, findExperiment } from "../../lab/experiments.ts";
import type { SourceSpot, TestSpot } from "./model.ts";
import type { Survey } from "./source-survey.ts";
import { type SubjectFlow, subjectOf } from "./subject.ts";
import { claimTested, type RunTest, type TestRuns } from "./test-run.ts";
import { isWrittenAs, namedIn, plainTitle, type WrittenTitle } from "./titles.ts";
import { saidByClaims } from "./verdict.ts";

/** Tests on one line of the source that have the same result for one requirement. */
export type Evidence = {
  readonly id: string;
  readonly says: TestSpot["says"];
  readonly status: TestSpot["status"];
  readonly spot: Omit<TestSpot, "variants">;
  readonly about: ReadonlySet<VariantId>;
  /** The result is that of a claim of the manifest; the test confirmed the claim. */
  readonly byClaim: boolean;
};

type Single = Omit<Evidence, "spot"> & { readonly spot: SourceSpot; readonly title: string };

/** The evidence of the runs, and of written titles that have no result in any run. */
export function evidenceOf(survey: Survey, runs: TestRuns, known: readonly SubjectFlow[]): readonly Evidence[] {
  const tests = Object.values(runs).flatMap((run) => run.tests);
  const ran = tests.filter(({ status }) => status !== "skipped");
  const seen = new Set<WrittenTitle>();
  const singles = ran.flatMap((test) => [...claimed(test, survey), ...named(test, survey, known, seen)]);
  return [...merged(singles), ...merged(notRun(survey, known, seen, ran))];
}

/** One piece of evidence for a requirement: a claim that an experiment checks. */
function saidByClaim(
  variant: Variant,
  experiment: Experiment,
): readonly Pick<Single, "id" | "says" | "title" | "about" | "byClaim">[] {
  const says = saidByClaims(experiment, variant.claims[experiment.id] ?? []);
  if (!says) return [];
  const title = `${experiment.title}: what is shown is what the variant claims`;
  return (experiment.requirements ?? []).map((id) => ({
    id,
    says,
    title,
    about: new Set([variant.id]),
    byClaim: true,
  }));
}

function claimed(test: RunTest, { claims }: Survey): readonly Single[] {
  const tested = claimTested(test);
  const variant = tested && findVariant(tested.variant as VariantId);
  const experiment = tested && findExperiment(tested.experiment);
  if (!variant || !experiment) return [];
  const spot = { file: test.file, line: claims.get(test.file) ?? null };
  return saidByClaim(variant, experiment).map((said) => ({ ...said, status: statusOf(test), spot }));
}

function named(
  test: RunTest,
  survey: Survey,
  known: readonly SubjectFlow[],
  seen: Set<WrittenTitle>,
): readonly Single[] {
  const { file, titles } = test;
  const title = titles
    .map(plainTitle)
    .filter((part) => !isSubject(part, known))
    .join(" › ");
  return titles.flatMap((part) =>
    namedIn(part).map(({ id, says }) => {
      const written = findWritten(part, id, file, survey);
      if (written) seen.add(written.title);
      const spot = { file: written?.file ?? file, line: written?.title.line ?? null };
      const about = subjectOf({ file, titles, id }, known);
      return { id, says, status: statusOf(test), spot, title, about, byClaim: false };
    }),
  );
}

/** A group whose title is only the flow or variant is left out, since the page shows that beside the title. */
function isSubject(part: string, known: readonly SubjectFlow[]): boolean {
  return known.some(({ id, title, variants: own }) => [id, title, ...own.map((each) => each.id)].includes(part));
}

function findWritten(part: string, id: string, file: string, { written }: Survey) {
  // The title is in the test's own file, or in a suite that it shares with others.
  const files = [file, ...[...written.keys()].filter((path) => path !== file && isShared(path))];
  for (const each of files) {
    const title = written.get(each)?.find(({ text, ids }) => ids.includes(id) && isWrittenAs(part, text));
    if (title) return { file: each, title };
  }
  return null;
}

/** Titles in the source without a result in a run, also if there was no run at all. */
function notRun(
  { written, claims }: Survey,
  known: readonly SubjectFlow[],
  seen: ReadonlySet<WrittenTitle>,
  ran: readonly RunTest[],
): readonly Single[] {
  const fromTitles = [...written].flatMap(([file, titles]) =>
    titles.filter((title) => !seen.has(title)).flatMap((title) => unseen(file, title, known)),
  );
  const played = new Set(ran.map(({ file }) => file));
  const fromClaims = [...claims]
    .filter(([file]) => !played.has(file))
    .flatMap(([file, line]) =>
      variants
        .flatMap((variant) => experiments.flatMap((experiment) => saidByClaim(variant, experiment)))
        .map((said) => ({ ...said, status: "not-run" as const, spot: { file, line } })),
    );
  return [...fromTitles, ...fromClaims];
}

function unseen(file: string, written: WrittenTitle, known: readonly SubjectFlow[]): readonly Single[] {
  const { line, text, ids } = written;
  const spot = { file, line };
  return ids.map((id) => {
    const about = writtenSubject(file, written, id, known);
    const says = text.includes(`[${id}: cannot]`) ? "cannot" : "met";
    return { id, says, status: "not-run", spot, title: plainTitle(text), about, byClaim: false };
  });
}

/**
 * The variants that a written title is about. If the title has a placeholder, or the test is shared, they are unknown
 * until it runs, so all variants are possible.
 */
function writtenSubject(
  file: string,
  { text, within }: WrittenTitle,
  id: string,
  known: readonly SubjectFlow[],
): ReadonlySet<VariantId> {
  const titles = [...within, text];
  const about = subjectOf({ file, titles, id }, known);
  const isOpen = isShared(file) || titles.some((title) => /\$\{|\$[a-z]|%[sdj]/.test(title));
  return about.size === 0 && isOpen ? new Set(variants.map((variant) => variant.id)) : about;
}

function isShared(file: string): boolean {
  return !/\.(?:test|spec)\.tsx?$/.test(file);
}

/** Written titles that name a requirement and no flow or variant, as `file:line id`: they would count for none. */
export function writtenWithoutSubject({ written }: Survey, known: readonly SubjectFlow[]): readonly string[] {
  return [...written].flatMap(([file, titles]) =>
    titles.flatMap((title) =>
      title.ids
        .filter((id) => writtenSubject(file, title, id, known).size === 0)
        .map((id) => `${file}:${title.line} ${id}`),
    ),
  );
}

/** The same for tests that ran, with all placeholders filled in. */
export function testsWithoutSubject(tests: readonly RunTest[], known: readonly SubjectFlow[]): readonly string[] {
  return tests.flatMap(({ file, titles }) =>
    titles
      .flatMap(namedIn)
      .filter(({ id }) => subjectOf({ file, titles, id }, known).size === 0)
      .map(({ id }) => `${file}: ${titles.join(" › ")} (${id})`),
  );
}

function statusOf({ status }: RunTest): "passed" | "failed" {
  return status === "failed" ? "failed" : "passed";
}

/** Merges the tests of one line that have the same result; the merged entry is about all of their variants. */
function merged(singles: readonly Single[]): readonly Evidence[] {
  const groups = Map.groupBy(singles, ({ id, says, status, spot }) =>
    [id, says, status, spot.file, spot.line].join("\n"),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { id, says, status, spot, title, byClaim } = first;
    const about = new Set(group.flatMap((each) => [...each.about]));
    return { id, says, status, spot: { ...spot, title, status, says }, about, byClaim };
  });
}
