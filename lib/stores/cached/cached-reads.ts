import type { FlowId } from "../../core/ids.ts";
import type { Denylist, Records, Users } from "../../core/ports.ts";
import type { LoginRecord } from "../../core/record.ts";
import { cachedFor } from "../../core/settings.ts";
import type { Clock } from "../../core/time.ts";
import type { User } from "../../core/user.ts";
import type { Lab, People } from "../../lab/lab.ts";
import { createCachedDenylist, createForgettingDenylist } from "./cached-denylist.ts";
import { createCachedUsers, createForgettingPeople, createForgettingUsers } from "./cached-people.ts";
import { createCachedRecords, createForgettingRecords } from "./cached-records.ts";
import { createReadCache } from "./read-cache.ts";

/** How many look-ups were answered from the cache, and how many by a store. */
export type Hits = { readonly hits: number; readonly misses: number };

/** The salt is new with each reset, so what was read before a reset is not found after it. */
type Owner = Pick<Lab, "id" | "salt">;

/** A flow in a lab, and its clock. `cached`: answers may come from the cache; else it only learns of changes. */
export type CachedFlow = {
  readonly lab: Owner;
  readonly flow: FlowId;
  readonly clock: Clock;
  readonly cached: boolean;
};

/** What one node of the application remembers of what stores said, in all labs. */
export type CachedReads = {
  /** `store`: flows may keep records in several. */
  records(records: Records, at: CachedFlow & { readonly store: string }): Records;
  users(users: Users, at: CachedFlow): Users;
  denylist(denylist: Denylist, at: CachedFlow): Denylist;
  /** Always bound like this, so that a change is never missed, whether a lab caches then or not. */
  people(people: People, lab: Owner): People;
  /** Since this node first answered a look-up of the lab; `null`: it has answered none. */
  hits(labId: string, flow: FlowId): Hits | null;
  /** Deletes what is remembered of a lab. */
  forget(labId: string): void;
  /** Drops all answers: rows were deleted beside the ports. */
  clear(): void;
  /** Answers, and labs with counts. */
  size(): number;
};

/** `limit`: the most records, people and denylist answers, each over all labs; `labs`: the most with counts. */
export function createCachedReads({ limit, labs: mostLabs }: { readonly limit: number; readonly labs: number }) {
  const [records, people] = [createReadCache<LoginRecord>(limit), createReadCache<User>(limit)];
  const denied = createReadCache<boolean>(limit);
  const caches = [records, people, denied];
  // Bounded: by `mostLabs`, of each the flows.
  const counts = new Map<string, Map<FlowId, { hits: number; misses: number }>>();

  function countsOf(labId: string): Map<FlowId, { hits: number; misses: number }> {
    const known = counts.get(labId);
    if (known) return known;
    const fresh = new Map<FlowId, { hits: number; misses: number }>();
    counts.set(labId, fresh);
    const [oldest] = counts.keys();
    if (counts.size > mostLabs && oldest !== undefined) counts.delete(oldest);
    return fresh;
  }

  const countingOf = (labId: string, flow: FlowId) => (hit: boolean) => {
    const flows = countsOf(labId);
    const count = flows.get(flow) ?? { hits: 0, misses: 0 };
    flows.set(flow, count);
    count[hit ? "hits" : "misses"] += 1;
  };

  const howOf = ({ lab, flow, clock }: CachedFlow) => ({
    ...{ staleFor: cachedFor, clock },
    counted: countingOf(lab.id, flow),
  });

  const reads: CachedReads = {
    records(port, at) {
      const here = { cache: records, place: `${placeOf(at.lab)} ${at.flow} ${at.store}` };
      return at.cached ? createCachedRecords(port, { ...here, ...howOf(at) }) : createForgettingRecords(port, here);
    },
    users(port, at) {
      const here = { cache: people, place: placeOf(at.lab) };
      return at.cached
        ? createCachedUsers(port, at.flow, { ...here, ...howOf(at) })
        : createForgettingUsers(port, here);
    },
    denylist(port, at) {
      const here = { cache: denied, place: `${placeOf(at.lab)} ${at.flow}` };
      return at.cached ? createCachedDenylist(port, { ...here, ...howOf(at) }) : createForgettingDenylist(port, here);
    },
    people: (port, lab) => createForgettingPeople(port, { cache: people, place: placeOf(lab) }),
    hits(labId, flow) {
      const found = counts.get(labId)?.get(flow);
      return found ? { ...found } : null;
    },
    forget(labId) {
      for (const cache of caches) cache.clear(`${labId} `);
      counts.delete(labId);
    },
    clear() {
      for (const cache of caches) cache.clear();
    },
    size: () => caches.reduce((sum, cache) => sum + cache.size(), counts.size),
  };
  return reads;
}

function placeOf({ id, salt }: Owner): string {
  return `${id} ${salt}`;
}
