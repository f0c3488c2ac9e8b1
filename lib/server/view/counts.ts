import type { FlowModule } from "../../core/flow.ts";
import type { FlowId } from "../../core/ids.ts";
import { StoreUnavailable } from "../../core/store-unavailable.ts";
import type { Variant } from "../../core/variant.ts";
import type { CleanUpView, CountsView, LiveCount } from "../../features/admin/model.ts";
import { paymentsOf } from "../../flows/registry.ts";
import type { LabContext } from "../../http/application.ts";
import { createPrismaDenylist } from "../../stores/prisma/prisma-denylist.ts";
import { createPrismaRefreshFamilies } from "../../stores/prisma/prisma-refresh-families.ts";
import type { Foundation } from "../foundation.ts";
import { keepersOf } from "../stores.ts";

/** The live records of a lab by flow and store, independent of the lab's settings. */
export async function countLab(
  foundation: Pick<Foundation, "database" | "stores" | "flows" | "overloaded">,
  context: LabContext,
  cleanUp: CleanUpView | null,
): Promise<CountsView> {
  const { database, flows } = foundation;
  const live = await Promise.all(flows.map((module) => liveOf(foundation, context, module)));
  const denied = await Promise.all(
    flows.map(({ manifest }) =>
      createPrismaDenylist({ client: database.client, labId: context.lab.id, flow: manifest.id }).count(),
    ),
  );
  return {
    live: live.flat(),
    deniedTokens: denied.reduce((sum, each) => sum + each, 0),
    people: (await context.people.list()).length,
    cleanUp,
    overloaded: foundation.overloaded(),
  };
}

/** A variant that rotates refresh tokens keeps families of them; every other one that keeps records keeps sessions. */
async function liveOf(
  { database, stores }: Pick<Foundation, "database" | "stores">,
  { lab, clock }: LabContext,
  { manifest }: FlowModule,
): Promise<readonly LiveCount[]> {
  const kept = manifest.variants.filter(({ settings }) => settings.store !== undefined);
  const sessions = kept.filter((variant) => !refreshesByFamily(variant));
  const payments = paymentsOf(manifest.id);
  const places: readonly (readonly [LiveCount["kind"], FlowId])[] = [
    ["session", manifest.id],
    ...(payments ? [["payment session", payments.place] as const] : []),
  ];
  const counts = places.flatMap(([kind, place]) =>
    keepersOf(sessions).map(async (store): Promise<LiveCount> => {
      const count = await stores.records({ store }, lab, place).live(clock.now()).catch(unlessUnavailable);
      return { flow: manifest.id, kind, store, count };
    }),
  );
  if (kept.length > sessions.length) {
    const families = createPrismaRefreshFamilies({ client: database.client, labId: lab.id, flow: manifest.id });
    counts.push(
      families.live(clock.now()).then((count) => ({ flow: manifest.id, kind: "refresh family", store: "sql", count })),
    );
  }
  return Promise.all(counts);
}

/** A variant that renews a token by its record has no refresh families. */
function refreshesByFamily({ cannot, settings }: Variant): boolean {
  return cannot.refresh === undefined && settings.proof === undefined;
}

function unlessUnavailable(error: unknown): null {
  if (error instanceof StoreUnavailable) return null;
  throw error;
}
