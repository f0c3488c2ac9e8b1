import { bounds } from "../bounds.ts";
import type { StoreModule } from "../store-module.ts";
import { createMemoryStore, type MemoryStore } from "./memory-store.ts";

/** Each node has a memory of its own, until its process ends. */
export const memoryStore: StoreModule = {
  title: "memory",
  keeps: "In the memory of this one process: a restart forgets it, another process never knew it.",
  sharing: "never",

  async open() {
    const nodes: MemoryStore[] = [];
    return {
      node() {
        const own = createMemoryStore(bounds);
        nodes.push(own);
        return { ...own, remembers: () => own.kept().length };
      },
      place: async (_lab, _flow, { id }) => ({ kind: "memory", name: id, expiresInSeconds: null }),

      async remove({ id }) {
        for (const each of nodes) each.forget(id);
      },

      async sweep({ find }) {
        let swept = 0;
        for (const node of nodes) {
          for (const { labId, records } of node.kept()) {
            const found = await find(labId);
            if (!found) node.forget(labId);
            else for (const each of records) swept += await each.sweep(found.now);
          }
        }
        return swept;
      },
    };
  },
};
