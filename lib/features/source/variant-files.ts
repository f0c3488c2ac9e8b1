import type { FlowModule } from "../../core/flow.ts";
import type { VariantId } from "../../core/ids.ts";
import type { Variant } from "../../core/variant.ts";
import { filesBelow, importsIn } from "./repository.ts";
import { wiringOf } from "./take-away-wiring.ts";

const named = new Map<VariantId, Promise<readonly string[]>>();

/** The modules of a flow's folder, `flow.ts` first. */
export async function ownFiles(flow: string): Promise<readonly string[]> {
  const files = (await filesBelow(`lib/flows/${flow}`)).filter((path) => /(?<!\.test)\.ts$/.test(path));
  const first = `lib/flows/${flow}/flow.ts`;
  return [first, ...files.filter((path) => path !== first)];
}

/** The adapters, stores and policy that a variant's settings come to, from the wiring that would be taken away. */
export function partsOf(module: FlowModule, variant: Variant): Promise<readonly string[]> {
  const known = named.get(variant.id) ?? wiringOf(module, variant).then(({ text }) => importsIn(text).flatMap(partIn));
  named.set(variant.id, known);
  return known;
}

function partIn(specifier: string): readonly string[] {
  return /^\.\/lib\/(?:adapters|stores|revocation)\//.test(specifier) ? [specifier.slice(2)] : [];
}
