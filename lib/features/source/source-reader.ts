import { findFlow } from "../../flows/registry.ts";
import type { FlowSource, SourceText } from "./model.ts";
import { type Repository, repository } from "./repository.ts";
import { highlight } from "./shiki-highlighter.ts";
import { ownFiles, partsOf } from "./variant-files.ts";

/** Bounded by the files of this repository: the last text of each path that was highlighted. After an edit of one file the others are not highlighted again. */
const known = new Map<string, { readonly text: string; readonly source: Promise<SourceText> }>();

/**
 * The source of a flow. `asked`: the path of one more file, which is added only if a variant of this flow names it.
 * `null`: there is no such flow.
 */
export async function readFlowSource(id: string, asked: string | null): Promise<FlowSource | null> {
  const module = findFlow(id);
  if (!module) return null;
  const { manifest } = module;
  const files = repository();
  const named = manifest.variants.map((variant) => [variant.id, partsOf(files, module, variant)] as const);
  const other = named.flatMap(([, paths]) => paths).find((path) => path === asked);
  return {
    flow: manifest.id,
    own: await Promise.all(ownFiles(files, manifest.id).map((path) => readSource(files, path))),
    named: Object.fromEntries(named),
    other: other === undefined ? null : await readSource(files, other),
  };
}

/** A file, highlighted. */
export function readSource(files: Repository, path: string): Promise<SourceText> {
  const text = files.read(path);
  const last = known.get(path);
  if (last?.text === text) return last.source;
  const source = highlight(text).then((lines) => ({ path, lines }));
  known.set(path, { text, source });
  return source;
}
