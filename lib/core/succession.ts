import type { FlowDeps, Replacement } from "./ports.ts";
import { ok, type Result } from "./result.ts";

/** How a store adds a login, alone or in the place of another, and ends one. */
type LoginStore<T> = {
  add(): Promise<void>;
  replace(previous: T): Promise<Replacement>;
  end(previous: T): Promise<unknown>;
};

/**
 * Keeps a new login in the place of those that this client had when its request began. A login has one successor: the
 * first of them is replaced by one conditional update. SUPERSEDED if another request of this client was first; then
 * nothing is added or ended.
 *
 * `renews`: the new login is the first one again, so that one must still be live: else REVOKED. A login with the
 * password is one of its own, and stays good where the one before it was ended for another reason.
 */
export async function succeed<T>(
  { refuse }: Pick<FlowDeps, "refuse">,
  previous: readonly T[],
  store: LoginStore<T>,
  { renews }: { readonly renews: boolean },
): Promise<Result<null>> {
  let added = false;
  for (const each of previous) {
    if (added) {
      await store.end(each);
      continue;
    }
    const outcome = await store.replace(each);
    if (outcome === "rival") return refuse("SUPERSEDED");
    if (outcome === "over" && renews) return refuse("REVOKED", "ended record");
    added = outcome === "done";
  }
  if (!added) await store.add();
  return ok(null);
}
