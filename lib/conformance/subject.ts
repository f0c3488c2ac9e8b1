import type { FlowId, Variant, VariantId } from "../core/flow.ts";

/** A flow, as far as it can be told whether a test is about it. */
export type Known = {
  readonly id: FlowId;
  readonly title: string;
  readonly variants: readonly Pick<Variant, "id">[];
  /** By variant, the adapters, stores and policies that it is made of. */
  readonly parts: Readonly<Record<VariantId, readonly string[]>>;
};

/**
 * Whom a test is about, by its place and its titles: the variants that a title names; the flow that one names, by id, by
 * title or by an address; the flow in whose folder it stands; the variants that are made of the module it stands beside,
 * or that one of its titles names in the same folder. Else it is about the application, and so about all of them.
 */
export function subjectOf(file: string, titles: readonly string[], flows: readonly Known[]): ReadonlySet<VariantId> {
  const all = flows.flatMap(({ variants }) => variants.map(({ id }) => id));
  const words = new Set(titles.flatMap((title) => title.split(/[\s,:;()[\]“”'"]+/)));
  const variants = all.filter((id) => words.has(id));
  if (variants.length > 0) return new Set(variants);
  const named = flows.filter((flow) => isNamed(flow, titles, words) || file.startsWith(`lib/flows/${flow.id}/`));
  if (named.length > 0) return new Set(named.flatMap((flow) => flow.variants.map(({ id }) => id)));
  const modules = modulesBeside(file, titles);
  const made = flows.flatMap(({ parts }) =>
    all.filter((id) => parts[id]?.some((path) => modules.some((module) => module === path))),
  );
  return new Set(made.length > 0 ? made : all);
}

function isNamed({ id, title }: Known, titles: readonly string[], words: ReadonlySet<string>): boolean {
  const addressed = [...words].some((word) => word.startsWith(`${id}/`) || word.startsWith(`/api/${id}/`));
  return addressed || titles.some((each) => each === id || each === title || each.startsWith(`${title}: `));
}

function modulesBeside(file: string, titles: readonly string[]): readonly string[] {
  const folder = file.slice(0, file.lastIndexOf("/"));
  const own = file.replace(/\.(?:test|contract)\.ts$/, ".ts");
  return [own, ...titles.filter((title) => /^[a-z-]+$/.test(title)).map((title) => `${folder}/${title}.ts`)];
}
