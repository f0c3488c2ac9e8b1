import { StoreUnavailable } from "../core/store-unavailable.ts";
import type { CleanUpView, Swept } from "../features/admin/model.ts";
import { paymentsOf } from "../flows/registry.ts";
import type { Lab } from "../lab/lab.ts";
import type { Foundation } from "./foundation.ts";
import { permanentLabId } from "./lab-contexts.ts";

export type CleanUp = {
  /** Deletes expired data, and answers the counts. */
  sweep(): Promise<Swept>;
  /** The counts of this process's last clean-up; `null`: none yet. */
  last(): CleanUpView | null;
  /** Deletes a lab with all of its logins. */
  remove(lab: Lab): Promise<void>;
};

export function createCleanUp({ env, flows, stores, labContexts, exchanges, systemClock }: Foundation): CleanUp {
  const places = flows.flatMap(({ manifest: { id } }) => {
    const payments = paymentsOf(id);
    return payments ? [id, payments.place] : [id];
  });
  let last: CleanUpView | null = null;
  return {
    async sweep() {
      exchanges.sweep();
      const labs = await labContexts.sweep();
      // The records of an expired lab are deleted with it; those of the permanent lab would otherwise stay for ever.
      const permanent = env.labMode ? null : await labContexts.find(permanentLabId);
      const own = permanent && (await stores.sweepLab(permanent, places));
      const remembered = await stores.sweep(labContexts.find);
      const { records, families, deniedTokens } = own ?? { records: 0, families: 0, deniedTokens: 0 };
      const swept = { labs, records: records + remembered, families, deniedTokens };
      last = { at: new Date(systemClock.now()).toISOString(), ...swept };
      return swept;
    },
    last: () => last,
    async remove(lab) {
      await labContexts.remove(lab.id);
      // Records in a store that is down expire by themselves.
      await stores.remove(lab, places).catch(unlessUnavailable);
      exchanges.forget(lab.id);
    },
  };
}

function unlessUnavailable(error: unknown): void {
  if (!(error instanceof StoreUnavailable)) throw error;
}
