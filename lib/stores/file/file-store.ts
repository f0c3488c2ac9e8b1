import { createHash } from "node:crypto";
import type { FlowId } from "../../core/ids.ts";
import type { Records } from "../../core/ports.ts";
import type { SessionData } from "../../core/session-data.ts";
import { StoreUnavailable } from "../../core/store-unavailable.ts";
import type { Clock, Instant } from "../../core/time.ts";
import { createMemoryRecords } from "../memory/memory-records.ts";
import { createMemorySessionData, type SessionDataMap } from "../memory/memory-session-data.ts";
import type { FileDisk } from "./file-disk.ts";
import { readLogins, writeLogins } from "./logins-file.ts";

/** The salt is new with each reset, so records from before a reset are not found after it. */
type Owner = { readonly id: string; readonly salt: string };

export type FileStore = {
  /** The name of the file that has the records of this flow. */
  nameOf(lab: Owner, flow: FlowId): string;
  records(lab: Owner, flow: FlowId): Records;
  data(lab: Owner, flow: FlowId): SessionData;
  /** The names of files of this flow that could not be read and were set aside, oldest first. */
  setAside(lab: Owner, flow: FlowId): Promise<readonly string[]>;
  /** Every file of a lab, of each of its salts. */
  remove(labId: string): Promise<void>;
  /**
   * Deletes records past their end, and the files of labs that are gone or were reset. Answers how many records it
   * deleted.
   */
  sweep(find: (labId: string) => Promise<{ readonly lab: Owner; readonly now: Instant } | null>): Promise<number>;
};

/** Follows the name of a file that was set aside. */
const brokenMark = "broken-";

type Kept = Exclude<ReturnType<typeof readLogins>, "broken">;
type LoginStore = { readonly records: Records; readonly data: SessionData };
type Bounds = { readonly records: number; readonly data: number };

type FileStoreOptions = Bounds & {
  /** The system's clock, for the time at which a file was set aside. */
  readonly clock: Clock;
  /** Called for each file that was set aside. */
  lost(sentence: string): void;
};

/**
 * One file for each lab and flow. A change reads the whole file, changes it and writes it back. Changes within this
 * process wait for each other. Changes of other processes do not wait: a write between our reading and our writing is
 * overwritten. If that write ended a login, the login is live again.
 *
 * A file that is not as it was written is renamed, and the store starts empty. The logins in it are unknown from then
 * on: their credentials are refused.
 */
export function createFileStore(disk: FileDisk, { clock, lost, ...bounds }: FileStoreOptions): FileStore {
  // Bounded: by the changes under way; a queue goes with its last one.
  const queues = new Map<string, Promise<unknown>>();

  function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
    const turn = (queues.get(name) ?? Promise.resolve()).then(work);
    const settled = turn
      .catch(() => {})
      .then(() => {
        if (queues.get(name) === settled) queues.delete(name);
      });
    queues.set(name, settled);
    return turn;
  }

  /** Runs in turn with the changes: another call may have set the broken file aside, and a good one may be there. */
  async function readOrSetAside(name: string): Promise<Kept> {
    const kept = readLogins(await disk.read(name));
    if (kept !== "broken") return kept;
    const aside = `${name}.${brokenMark}${new Date(clock.now()).toISOString().replaceAll(":", "-")}`;
    await disk.rename(name, aside);
    lost(
      `The file of logins ${name} is not as it was written. It is ${aside} now; the logins in it are unknown, and let nobody in.`,
    );
    return [];
  }

  async function load(kept: Kept): Promise<{ logins: LoginStore; written: () => Promise<string> }> {
    const sessionData: SessionDataMap = new Map();
    const records = createMemoryRecords({ limit: bounds.records, sessionData });
    for (const { record, data } of kept) {
      await records.add(record);
      for (const [key, value] of data) sessionData.get(record.id)?.set(key, value);
    }
    const written = async () => writeLogins(await records.held(Number.MAX_SAFE_INTEGER), sessionData);
    return { logins: { records, data: createMemorySessionData(sessionData, { room: bounds.data }) }, written };
  }

  /** The file is read for each question, since another process may have written it. */
  async function ask<T>(name: string, question: (logins: LoginStore) => Promise<T>): Promise<T> {
    const kept = readLogins(await disk.read(name));
    const { logins } = await load(kept === "broken" ? await inTurn(name, () => readOrSetAside(name)) : kept);
    return question(logins);
  }

  const change = <T>(name: string, act: (logins: LoginStore) => Promise<T>) =>
    inTurn(name, async () => {
      const { logins, written } = await load(await readOrSetAside(name));
      const before = await written();
      const answer = await act(logins);
      const after = await written();
      if (after !== before) await disk.write(name, after);
      return answer;
    });

  function recordsIn(name: string): Records {
    return {
      add: (record) => change(name, ({ records }) => records.add(record)),
      find: (key) => ask(name, ({ records }) => records.find(key)),
      touch: (key, seen) => change(name, ({ records }) => records.touch(key, seen)),
      end: (id, why, how) => change(name, ({ records }) => records.end(id, why, how)),
      replace: (previous, record, how) => change(name, ({ records }) => records.replace(previous, record, how)),
      endAll: (userId, why, exceptId) => change(name, ({ records }) => records.endAll(userId, why, exceptId)),
      list: (userId, now) => ask(name, ({ records }) => records.list(userId, now)),
      held: (limit) => ask(name, ({ records }) => records.held(limit)),
      live: (now) => ask(name, ({ records }) => records.live(now)),
      sweep: (now) => change(name, ({ records }) => records.sweep(now)),
    };
  }

  return {
    records: (lab, flow) => recordsIn(nameOf(lab, flow)),

    data(lab, flow) {
      const name = nameOf(lab, flow);
      return {
        all: (id) => ask(name, ({ data }) => data.all(id)),
        get: (id, key) => ask(name, ({ data }) => data.get(id, key)),
        set: (id, key, value) => change(name, ({ data }) => data.set(id, key, value)),
        remove: (id, key) => change(name, ({ data }) => data.remove(id, key)),
        clear: (id) => change(name, ({ data }) => data.clear(id)),
      };
    },

    nameOf,

    async setAside(lab, flow) {
      const beginning = `${nameOf(lab, flow)}.${brokenMark}`;
      return (await disk.names()).filter((name) => name.startsWith(beginning)).sort();
    },

    remove: (labId) => disk.remove((name) => labIdIn(name) === labId),

    async sweep(find) {
      let swept = 0;
      for (const name of await disk.names()) {
        const found = await find(labIdIn(name));
        if (found && name.startsWith(beginningOf(found.lab))) {
          // A file that was set aside stays as long as its lab. A failing disk does not stop the sweep of other files.
          if (name.endsWith(".json")) swept += await recordsIn(name).sweep(found.now).catch(noneIfUnavailable);
        } else await disk.remove((each) => each === name);
      }
      return swept;
    },
  };
}

function noneIfUnavailable(error: unknown): number {
  if (error instanceof StoreUnavailable) return 0;
  throw error;
}

function nameOf(lab: Owner, flow: FlowId): string {
  return `${beginningOf(lab)}${encodeURIComponent(flow)}.json`;
}

function beginningOf({ id, salt }: Owner): string {
  return `${encodeURIComponent(id)}~${createHash("sha256").update(salt).digest("hex").slice(0, 12)}~`;
}

function labIdIn(name: string): string {
  try {
    return decodeURIComponent(name.split("~")[0] ?? "");
  } catch {
    return "";
  }
}
