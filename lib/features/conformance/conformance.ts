import type { FlowModule } from "../../core/flow.ts";
import type { VariantId } from "../../core/ids.ts";
import type { Variant } from "../../core/variant.ts";
import { flows } from "../../flows/registry.ts";
import { effortOf } from "../source/effort.ts";
import { oncePer, type Repository, repository } from "../source/repository.ts";
import { partsOf } from "../source/variant-files.ts";
import { requirementSources, requirements } from "./catalogue.ts";
import { type Evidence, evidenceOf } from "./evidence.ts";
import type { ConformanceCell, ConformanceRow, ConformanceView, SourceSpot, TestSpot } from "./model.ts";
import { type RecordedRun, readRecordedRun, runsOfRecord } from "./recorded-run.ts";
import { isConcerned, type Requirement } from "./requirement.ts";
import { type Survey, surveySources } from "./source-survey.ts";
import type { SubjectFlow } from "./subject.ts";
import { runners, type TestRuns } from "./test-run.ts";
import { readTestRuns } from "./test-runs.ts";
import { treeOf } from "./tree.ts";
import { verdictOf, verdictOfFlow } from "./verdict.ts";

/** Files with results: of the last run here, and of the run that this repository keeps. */
export type ResultFiles = { readonly TEST_RESULTS: string; readonly TEST_RECORD: string };

/** Every requirement for every flow, from the tests of this repository and the results in these files. */
export async function readConformance({ TEST_RESULTS, TEST_RECORD }: ResultFiles): Promise<ConformanceView> {
  return viewOf(repository(), await readTestRuns(TEST_RESULTS), (await readRecordedRun(TEST_RECORD)) ?? noRecord);
}

/** `oncePer` tells answers apart by objects. */
const noRecord = {};

const viewOf = oncePer((files: Repository, local: TestRuns, record: RecordedRun | typeof noRecord) => {
  const results = { local, record: "tree" in record ? record : null, tree: treeOf(files) };
  return conformanceOf(surveySources(files), results, knownFlows(files));
});

/** The results that count for a tree. What a runner said here counts instead of what was recorded of it. */
export type Results = { readonly local: TestRuns; readonly record: RecordedRun | null; readonly tree: string };

export function conformanceOf(
  survey: Survey,
  { local, record, tree }: Results,
  known: readonly KnownFlow[],
): ConformanceView {
  const runs: TestRuns = { ...(record && runsOfRecord(record)), ...local };
  const evidence = Map.groupBy(evidenceOf(survey, runs, known), ({ id }) => id);
  return {
    runs: runners.flatMap((runner) => {
      const run = runs[runner];
      if (!run) return [];
      const { tests: _, tree: tested, ...told } = run;
      return { runner, ...told, recorded: local[runner] === undefined, current: tested === tree };
    }),
    flows: flows.map(({ manifest: { id, title } }) => ({ id, title })),
    sources: requirementSources,
    rows: requirements.map((requirement) => rowOf(requirement, evidence.get(requirement.id) ?? [], survey, known)),
  };
}

/** A flow with the files that run in it: its own, and all that they import. */
export type KnownFlow = SubjectFlow & { readonly files: ReadonlySet<string> };

/** The flows of the registry, with the files that each variant is made of. */
export const knownFlows = oncePer((repository: Repository): readonly KnownFlow[] =>
  flows.map((module: FlowModule) => {
    const { id, title, variants } = module.manifest;
    const parts = Object.fromEntries(variants.map((variant) => [variant.id, partsOf(repository, module, variant)]));
    const efforts = variants.map((variant) => effortOf(repository, module, variant));
    const files = new Set(efforts.flatMap(({ all }) => all.map(({ file }) => file)));
    return { id, title, variants, parts, files };
  }),
);

function rowOf(
  requirement: Requirement,
  evidence: readonly Evidence[],
  survey: Survey,
  known: readonly KnownFlow[],
): ConformanceRow {
  const { id, source, level, text, concerns = null } = requirement;
  const lines = survey.cited.get(id) ?? [];
  const cells = flows.map(({ manifest }) => cellOf(requirement, manifest, evidence, linesFor(manifest, lines, known)));
  return { id, source, level, text, concerns, cells };
}

function cellOf(
  requirement: Requirement,
  { id: flow, variants, therefore }: FlowModule["manifest"],
  evidence: readonly Evidence[],
  lines: readonly SourceSpot[],
): ConformanceCell {
  const concerned = variants.filter((variant) => isConcerned(variant, requirement));
  const states = concerned.map(({ id, safety }: Variant) => ({
    id,
    state: verdictOf(evidence.filter(({ about }) => about.has(id))),
    unsafe: safety === "unsafe",
  }));
  const counted = states.filter(({ unsafe }) => !unsafe);
  const state = verdictOfFlow(counted.map((each) => each.state));
  if (state === "not-concerned") return { flow, state, why: null, variants: [], tests: [], lines: [] };
  const ids = concerned.map(({ id }) => id);
  const shown = evidence.some(
    ({ byClaim, says, about }) => byClaim && says === "cannot" && ids.some((id) => about.has(id)),
  );
  const why = shown && (state === "cannot" || state === "option") ? therefore : null;
  return { flow, state, why, variants: states, tests: evidence.flatMap((each) => testSpot(each, ids)), lines };
}

function testSpot({ spot, about }: Evidence, ids: readonly VariantId[]): readonly TestSpot[] {
  const variants = ids.filter((id) => about.has(id));
  if (variants.length === 0) return [];
  return [{ ...spot, variants: variants.length === ids.length ? [] : variants }];
}

/** Lines that run in this flow, and those of shared code (the pages, the edge). The nearest to the flow first. */
function linesFor(
  { id }: FlowModule["manifest"],
  lines: readonly SourceSpot[],
  known: readonly KnownFlow[],
): readonly SourceSpot[] {
  const runsIn = (file: string) => known.filter(({ files }) => files.has(file)).map((flow) => flow.id);
  const near = [
    "lib/flows/",
    "lib/adapters/",
    "lib/stores/",
    "lib/revocation/",
    "lib/core/",
    "lib/features/",
    "lib/http/",
  ];
  const distance = ({ file }: SourceSpot) => {
    const found = near.findIndex((folder) => file.startsWith(folder));
    return found < 0 ? near.length : found;
  };
  return lines
    .filter(({ file }) => runsIn(file).length === 0 || runsIn(file).includes(id))
    .toSorted((one, other) => distance(one) - distance(other));
}
