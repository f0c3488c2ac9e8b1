import type { FlowModule } from "../../core/flow.ts";
import type { Variant } from "../../core/variant.ts";
import { importsIn } from "./imports.ts";
import { oncePer, type Repository } from "./repository.ts";
import { wiringOf } from "./take-away-wiring.ts";

/** The modules of a flow's folder, `flow.ts` first. */
export function ownFiles(repository: Repository, flow: string): readonly string[] {
  const files = repository.below(`lib/flows/${flow}`).filter((path) => /(?<!\.test)\.ts$/.test(path));
  const first = `lib/flows/${flow}/flow.ts`;
  return [first, ...files.filter((path) => path !== first)];
}

/** The adapters, stores and policy that a variant's settings come to, from the wiring that would be taken away. */
export const partsOf = oncePer((repository: Repository, module: FlowModule, variant: Variant): readonly string[] =>
  importsIn(wiringOf(repository, module, variant).text).flatMap(partIn),
);

function partIn(specifier: string): readonly string[] {
  return /^\.\/lib\/(?:adapters|stores|revocation)\//.test(specifier) ? [specifier.slice(2)] : [];
}
