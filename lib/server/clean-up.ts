import { StoreUnavailable } from "../core/store-unavailable.ts";
import type { CleanUpView, Swept } from "../features/admin/model.ts";
import { paymentsOf } from "../flows/registry.ts";
import { type Lab, labClock } from "../lab/lab.ts";
import type { Foundation } from "./foundation.ts";
import { keepersOf } from "./stores.ts";

export type CleanUp = {
  /** Deletes expired data, and answers the counts. */
  sweep(): Promise<Swept>;
  /** The counts of this process's last clean-up; `null`: none yet. */
  last(): CleanUpView | null;
  /** Deletes a lab with all of its logins. */
  remove(lab: Lab): Promise<void>;
};

export function createCleanUp({ flows, stores, labContexts, exchanges, systemClock }: Foundation): CleanUp {
  const places = flows.flatMap(({ manifest: { id } }) => {
    const payments = paymentsOf(id);
    return payments ? [id, payments.place] : [id];
  });
  const variants = flows.flatMap(({ manifest }) => manifest.variants);
  const nowIn = ({ clockOffset }: Lab) => labClock(systemClock, clockOffset).now();
  let last: CleanUpView | null = null;
  return {
    async sweep() {
      exchanges.sweep();
      const labs = await labContexts.sweep();
      const swept = {
        labs,
        ...(await stores.sweep({
          now: systemClock.now(),
          places,
          async find(labId) {
            const context = await labContexts.find(labId);
            return context && { lab: context.lab, now: context.clock.now() };
          },
          keptIn: async (store) => (await labContexts.accepting(store)).map((lab) => ({ lab, now: nowIn(lab) })),
        })),
      };
      last = { at: new Date(systemClock.now()).toISOString(), ...swept };
      return swept;
    },
    last: () => last,
    async remove(lab) {
      await labContexts.remove(lab.id);
      // Elsewhere it has no records: a lab accepts a variant from its first login on, and goes on to.
      const accepted = variants.filter(({ id }) => lab.enabled.includes(id));
      // Records in a store that is down expire by themselves.
      await stores.remove(lab, places, keepersOf(accepted)).catch(unlessUnavailable);
    },
  };
}

function unlessUnavailable(error: unknown): void {
  if (!(error instanceof StoreUnavailable)) throw error;
}
