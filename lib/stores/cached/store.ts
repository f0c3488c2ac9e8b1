import { rowsOf } from "../prisma/store.ts";
import type { StoreModule } from "../store-module.ts";

/** The rows of SQL. That each node reads them through a cache is the variant's `staleFor`, as for any other store. */
export const cachedStore: StoreModule = {
  title: "a cache",
  keeps: "A row of the database, which each process remembers for a few seconds.",
  sharing: "late",
  over: "sql",

  open: async (process) => ({ node: () => rowsOf(process) }),
};
