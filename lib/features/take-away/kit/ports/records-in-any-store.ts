import type { StoreModule } from "../../../../stores/store-module.ts";
import type { Kept } from "../surroundings.ts";
import type { InSql } from "./people-in-sql.ts";

/** A store that has no module of its own here, opened as the registry of stores lists it. */
export async function openStore(store: StoreModule, place: InSql): Promise<Kept> {
  const { client, redisUrl, labId, flow, clock } = place;
  const opened = await store.open({ client, redisUrl, folder: "data", systemClock: clock, report: console.error });
  if ("needs" in opened) throw new Error(`This store needs ${opened.needs}`);
  const node = opened.node();
  const lab = { id: labId, salt: "" };
  return {
    records: node.records(lab, flow),
    data: node.data(lab, flow),
    close: async () => opened.close?.(),
  };
}
