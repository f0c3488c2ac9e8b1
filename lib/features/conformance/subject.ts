import type { FlowId, VariantId } from "../../core/ids.ts";
import type { Variant } from "../../core/variant.ts";
import { sharedRequirements } from "./shared-requirements.ts";
import { plainTitle } from "./titles.ts";

/** A flow, with what is needed to tell whether a test is about it. */
export type SubjectFlow = {
  readonly id: FlowId;
  readonly title: string;
  readonly variants: readonly Pick<Variant, "id">[];
  /** By variant, the adapters, stores and policies that it is made of. */
  readonly parts: Readonly<Record<VariantId, readonly string[]>>;
};

/** A test that names a requirement: its file, and its titles from the outermost group on. */
export type TestOfRequirement = { readonly file: string; readonly titles: readonly string[]; readonly id: string };

/**
 * The variants that a test is about, by its titles and its file. In this order: the variants that a title names; the
 * flow that a title names, by id, title or address; the flow in whose folder it is; the variants made of the module
 * beside it, or of one that a title names in the same folder; all variants, if it says `every flow` or `every variant`,
 * or if the requirement is fulfilled in one place for all. Otherwise none: the test counts for no flow.
 */
export function subjectOf(
  { file, titles, id }: TestOfRequirement,
  flows: readonly SubjectFlow[],
): ReadonlySet<VariantId> {
  const all = flows.flatMap(({ variants }) => variants.map((each) => each.id));
  const words = new Set(titles.flatMap((title) => title.split(/[\s,:;()[\]“”'"]+/)));
  const variants = all.filter((each) => words.has(each));
  if (variants.length > 0) return new Set(variants);
  const named = flows.filter((flow) => isNamed(flow, titles, words) || file.startsWith(`lib/flows/${flow.id}/`));
  if (named.length > 0) return new Set(named.flatMap((flow) => flow.variants.map((each) => each.id)));
  const modules = modulesBeside(file, titles);
  const made = flows.flatMap(({ parts }) =>
    all.filter((each) => parts[each]?.some((path) => modules.some((module) => module === path))),
  );
  if (made.length > 0) return new Set(made);
  const forAll = sharedRequirements.has(id) || titles.some((title) => /\bevery (?:flow|variant)\b/.test(title));
  return new Set(forAll ? all : []);
}

function isNamed({ id, title }: SubjectFlow, titles: readonly string[], words: ReadonlySet<string>): boolean {
  const addressed = [...words].some((word) => word.startsWith(`${id}/`) || word.startsWith(`/api/${id}/`));
  const plain = titles.map(plainTitle);
  return addressed || plain.some((each) => each === id || each === title || each.startsWith(`${title}: `));
}

function modulesBeside(file: string, titles: readonly string[]): readonly string[] {
  const folder = file.slice(0, file.lastIndexOf("/"));
  const own = file.replace(/\.(?:test|contract)\.ts$/, ".ts");
  return [own, ...titles.filter((title) => /^[a-z-]+$/.test(title)).map((title) => `${folder}/${title}.ts`)];
}
