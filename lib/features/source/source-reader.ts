import { findFlow } from "../../flows/registry.ts";
import type { FlowSource, SourceText } from "./model.ts";
import { readRepositoryFile } from "./repository.ts";
import { highlight } from "./shiki-highlighter.ts";
import { ownFiles, partsOf } from "./variant-files.ts";

const texts = new Map<string, { readonly text: string; readonly source: SourceText }>();

/**
 * The source of a flow. `asked`: the path of one more file to be read, which counts only if a variant of this flow names it;
 * any other is passed over. `null`: there is no such flow.
 */
export async function readFlowSource(id: string, asked: string | null): Promise<FlowSource | null> {
  const module = findFlow(id);
  if (!module) return null;
  const { manifest } = module;
  const pairs = manifest.variants.map(async (variant) => [variant.id, await partsOf(module, variant)] as const);
  const byVariant = await Promise.all(pairs);
  const known = byVariant.flatMap(([, paths]) => paths).find((path) => path === asked);
  return {
    flow: manifest.id,
    own: await Promise.all((await ownFiles(manifest.id)).map(readSource)),
    named: Object.fromEntries(byVariant),
    other: known === undefined ? null : await readSource(known),
  };
}

/** Highlighted anew only when it has changed, as it does while developing. */
export async function readSource(path: string): Promise<SourceText> {
  const text = await readRepositoryFile(path);
  const known = texts.get(path);
  if (known?.text === text) return known.source;
  const source = { path, lines: await highlight(text) };
  texts.set(path, { text, source });
  return source;
}
