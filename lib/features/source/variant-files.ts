import { posix } from "node:path";
import type { FlowModule } from "../../core/flow.ts";
import type { Variant } from "../../core/variant.ts";
import { importsIn } from "./imports.ts";
import { oncePer, type Repository } from "./repository.ts";
import { kit, wiringFile, wiringOf } from "./take-away-wiring.ts";

/** The modules of a flow's folder, `flow.ts` first. */
export function ownFiles(repository: Repository, flow: string): readonly string[] {
  const files = repository.below(`lib/flows/${flow}`).filter((path) => /(?<!\.test)\.ts$/.test(path));
  const first = `lib/flows/${flow}/flow.ts`;
  return [first, ...files.filter((path) => path !== first)];
}

/** The adapters, stores and policy that a variant's settings come to, from the wiring that would be taken away. */
export const partsOf = oncePer((repository: Repository, module: FlowModule, variant: Variant): readonly string[] => [
  ...new Set(partsIn(repository, wiringFile, wiringOf(repository, module, variant).text)),
]);

/** Also those that the kit's ports are made of. What opens the database and fills it is no port. */
function partsIn(repository: Repository, file: string, text: string): readonly string[] {
  const paths = importsIn(text)
    .filter((specifier) => specifier.startsWith("."))
    .map((specifier) => posix.join(posix.dirname(file), specifier));
  return paths.flatMap((path) => {
    if (/^lib\/(?:adapters|stores|revocation)\//.test(path)) return [path];
    const isPort = path.startsWith(`${kit}/`) && !path.startsWith(`${kit}/ports/people-in-`);
    return isPort ? partsIn(repository, path, repository.read(path)) : [];
  });
}
