import type { Dispatch } from "../../../http/router.ts";
import { type WeaknessId, weaknessIds } from "./model.ts";

/**
 * The right edge, inside the wrappers of the weaknesses that the request's lab has on. The wrappers are loaded here and
 * nowhere else, so outside lab mode they are not loaded.
 */
export async function withWeaknesses(
  right: Dispatch,
  onFor: (request: Request) => ReadonlySet<WeaknessId>,
): Promise<Dispatch> {
  const { wrappers } = await import("./weak/wrappers.ts");
  return (request) => {
    const on = onFor(request);
    const wrapped = weaknessIds.filter((id) => on.has(id)).reduce((inner, id) => wrappers[id](inner), right);
    return wrapped(request);
  };
}
