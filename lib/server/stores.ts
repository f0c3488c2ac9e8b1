import type { FlowId } from "../core/ids.ts";
import type { Records } from "../core/ports.ts";
import type { LoginRecord } from "../core/record.ts";
import type { SessionData } from "../core/session-data.ts";
import type { StoreName, VariantSettings } from "../core/settings.ts";
import { StoreUnavailable } from "../core/store-unavailable.ts";
import type { Clock } from "../core/time.ts";
import type { Variant } from "../core/variant.ts";
import type { Swept } from "../features/admin/model.ts";
import { type Lab, labClock } from "../lab/lab.ts";
import type { Kept } from "../lab/memory/lab-memory.ts";
import type { PlaceView } from "../lab/store-view.ts";
import { bounds } from "../stores/bounds.ts";
import { type CachedReads, createCachedReads } from "../stores/cached/cached-reads.ts";
import type { Database } from "../stores/prisma/database.ts";
import { sweepDeniedRows, sweepFamilyRows } from "../stores/prisma/sweep-rows.ts";
import { keeperOf, storeModule, stores as storeModules, unnamedStore } from "../stores/registry.ts";
import type { AllLabs, OpenStore, StoreNode, StoreProcess } from "../stores/store-module.ts";

/** Records and their session data, as one node of the application sees them. */
export type AtNode = {
  /** The records of one flow in one lab, in the store of these settings; with `staleFor`, through its read cache. */
  records(settings: Pick<VariantSettings, "store" | "staleFor">, lab: Lab, flow: FlowId): Records;
  /** The session data of those records. */
  data(settings: Pick<VariantSettings, "store">, lab: Lab, flow: FlowId): SessionData;
  /** What this node remembers of what stores said. */
  readonly reads: CachedReads;
  /** Deletes what only this node holds of a lab, as a restart would. */
  forget(labId: string): void;
};

export type Stores = AtNode & {
  /** The same stores as seen by a second node, which has its own memory. */
  readonly otherNode: AtNode;
  /** What a store lacks before it can be used, as in "it needs …"; `null`: it is ready. */
  needs(store: StoreName): string | null;
  /** Where this record is kept, in the terms of its store. */
  place(store: StoreName, lab: Lab, flow: FlowId, record: Pick<LoginRecord, "id" | "key">): Promise<PlaceView>;
  /** The names of files of a store that could not be read and were set aside. */
  setAside(store: StoreName, lab: Lab, flow: FlowId): Promise<readonly string[]>;
  /** Deletes all records of these flows of a lab that are outside the database, in these stores. */
  remove(lab: Lab, flows: readonly FlowId[], stores: readonly StoreName[]): Promise<void>;
  /**
   * Deletes what is past its absolute end on its lab's clock, in every store, and forgets labs that are gone. A store
   * that does not answer is left to the next sweep. Answers the counts.
   */
  sweep(all: AllLabs): Promise<Omit<Swept, "labs">>;
  redis(): Promise<"up" | "down" | "not configured">;
  /** What the nodes of this process hold of labs, other than in a store behind them, and what they remember of stores. */
  readonly kept: readonly Kept[];
  close(): void;
};

type StoresOptions = Omit<StoreProcess, "client" | "read"> & { readonly database: Database };

/** Every store that a variant's settings can name. They live as long as the process. */
export async function openStores({ database, ...process }: StoresOptions): Promise<Stores> {
  const { client, read } = database;
  // Bounded: by the list of stores.
  const opened = new Map<StoreName, OpenStore>();
  const missing = new Map<StoreName, string>();
  for (const [name, module] of Object.entries(storeModules)) {
    const found = await module.open({ client, read, ...process });
    if ("needs" in found) missing.set(name, found.needs);
    else opened.set(name, found);
  }
  const each = [...opened.values()];
  const nodes = new Map([...opened].map(([name, store]) => [name, store.node()]));
  const { systemClock } = process;
  const here = atNode(nodes, systemClock);
  const others = new Map([...opened].map(([name, store]) => [name, store.node()]));
  const there = atNode(others, systemClock);
  const remembering = [...nodes.values(), ...others.values()];
  const reads = [here.reads, there.reads];

  return {
    ...here,
    otherNode: there,
    // Fails at the start if a variant names an unknown store.
    needs(store) {
      storeModule(store);
      return missing.get(store) ?? null;
    },

    async place(store, lab, flow, record) {
      const place = await openedAs(opened, keeperOf(store)).place?.(lab, flow, record);
      if (!place) throw new Error(`The store ${store} tells no places`);
      return place;
    },

    setAside: async (store, lab, flow) => (await openedAs(opened, store).setAside?.(lab, flow)) ?? [],

    async remove(lab, flows, from) {
      for (const store of from) await opened.get(store)?.remove?.(lab, flows);
    },

    async sweep(all) {
      for (const each of reads) each.clear();
      let records = 0;
      for (const store of each) records += (await store.sweep?.(all).catch(noneIfUnavailable)) ?? 0;
      const rows = { client, now: all.now, places: all.places };
      const families = await sweepFamilyRows(rows).catch(noneIfUnavailable);
      const deniedTokens = await sweepDeniedRows(rows).catch(noneIfUnavailable);
      // Again, for what was read meanwhile.
      for (const each of reads) each.clear();
      return { records, families, deniedTokens };
    },

    async redis() {
      const up = await opened.get("redis")?.isUp?.();
      return up === undefined ? "not configured" : up ? "up" : "down";
    },

    kept: [
      {
        name: "logins in memory",
        count: () => remembering.reduce((sum, node) => sum + (node.remembers?.() ?? 0), 0),
        forget(labIds) {
          for (const labId of labIds) for (const node of remembering) node.forget?.(labId);
        },
      },
      {
        name: "read caches",
        count: () => reads.reduce((sum, each) => sum + each.size(), 0),
        forget(labIds) {
          for (const labId of labIds) for (const each of reads) each.forget(labId);
        },
      },
    ],

    close() {
      for (const store of each) store.close?.();
    },
  };
}

/** The stores behind these variants, each once. */
export function keepersOf(variants: readonly Variant[]): readonly StoreName[] {
  return [...new Set(variants.flatMap(({ settings }) => settings.store ?? []).map(keeperOf))];
}

function noneIfUnavailable(error: unknown): number {
  if (error instanceof StoreUnavailable) return 0;
  throw error;
}

function atNode(nodes: ReadonlyMap<StoreName, StoreNode>, systemClock: Clock): AtNode {
  const reads = createCachedReads({ limit: bounds.cached, labs: bounds.labs });
  return {
    records({ store = unnamedStore, staleFor }, lab, flow) {
      // Variants with the same rows share what is remembered of them. A node's own memory is not remembered once more.
      const keeper = keeperOf(store);
      const cached = staleFor !== undefined && storeModule(keeper).sharing !== "never";
      const clock = labClock(systemClock, lab.clockOffset);
      return reads.records(openedAs(nodes, store).records(lab, flow), { lab, flow, store: keeper, clock, cached });
    },
    data: ({ store = unnamedStore }, lab, flow) => openedAs(nodes, store).data(lab, flow),
    reads,
    forget(labId) {
      for (const node of nodes.values()) node.forget?.(labId);
      reads.forget(labId);
    },
  };
}

function openedAs<Opened>(all: ReadonlyMap<StoreName, Opened>, name: StoreName): Opened {
  const found = all.get(name);
  if (!found) throw new Error(`The store ${name} is not configured`);
  return found;
}
