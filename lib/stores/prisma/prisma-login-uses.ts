import { StoreUnavailable } from "../../core/store-unavailable.ts";
import { type Instant, minute, second } from "../../core/time.ts";
import type { LoginUse } from "../../lab/lab.ts";
import type { PrismaClient, LoginUse as UseRow } from "./generated/client.ts";
import { instantOf } from "./instants.ts";
import { failedAs } from "./prisma-errors.ts";

/** One use, as a request shows it. */
export type NotedUse = Omit<LoginUse, "firstAt" | "lastAt"> & { readonly labId: string; readonly at: Instant };

type Waiting = NotedUse & { readonly since: Instant };

type Options = {
  readonly client: PrismaClient;
  /** Reports uses that could not be written. No request waits for them, so the error would otherwise be lost. */
  readonly failed: (error: unknown) => void;
};

/** A place that uses a login without pause is one row, written once in this time. */
const every = minute;
/** Uses are collected for so long and written together: a request waits for none of it. */
const collectFor = 2 * second;
/** The uses that wait, and those of which this process knows when they were last written. */
const remembered = 5000;

/**
 * The log of a login's uses: a row for each token and place. A login keeps the newest tokens of its newest places, so
 * an owner whose token changes often does not push out what a thief did once.
 */
export function createPrismaLoginUses({ client, failed }: Options) {
  // Bounded: each has at most `remembered`, and those of a lab go with it.
  const waiting = new Map<string, Waiting>();
  const written = new Map<string, Instant>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing: Promise<void> = Promise.resolve();

  async function write(uses: readonly Waiting[]): Promise<void> {
    // A lab that was deleted meanwhile took its logins along.
    const labs = await client.lab.findMany({
      where: { id: { in: uses.map(({ labId }) => labId) } },
      select: { id: true },
    });
    const known = new Set(labs.map(({ id }) => id));
    const kept = uses.filter(({ labId }) => known.has(labId));
    // One after another: Prisma keeps a plan for each number of statements in a transaction, as large as all of them.
    for (const use of kept) await writeOne(use).catch(unlessDangling);
    const logins = new Map(kept.map(({ labId, recordId }) => [`${labId} ${recordId}`, { labId, recordId }]));
    for (const login of logins.values()) await prune(login);
  }

  async function writeOne({ since, at, ...use }: Waiting): Promise<void> {
    const { labId, recordId, token, ip, device } = use;
    await client.loginUse.upsert({
      where: { labId_recordId_token_ip_device: { labId, recordId, token, ip, device } },
      create: { ...use, firstAt: BigInt(since), lastAt: BigInt(at) },
      update: { lastAt: BigInt(at) },
    });
  }

  async function prune(login: { readonly labId: string; readonly recordId: string }): Promise<void> {
    const rows = await client.loginUse.findMany({ where: login, orderBy: { lastAt: "desc" } });
    for (const { token, ip, device } of beyondBounds(rows))
      await client.loginUse.deleteMany({ where: { ...login, token, ip, device } });
  }

  async function drain(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const uses = [...waiting];
    waiting.clear();
    if (uses.length === 0) return;
    await write(uses.map(([, use]) => use)).catch((error: unknown) => {
      if (error instanceof StoreUnavailable) waitAgain(uses);
      else failed(error);
    });
  }

  /** Another process holds the database. They wait for the next turn, with what was noted meanwhile. */
  function waitAgain(uses: readonly (readonly [string, Waiting])[]): void {
    for (const [key, use] of uses) waiting.set(key, { ...use, at: waiting.get(key)?.at ?? use.at });
    schedule();
  }

  function schedule(): void {
    timer ??= setTimeout(() => void flush(), collectFor).unref();
  }

  /** Resolves when all uses so far are written, or have failed. */
  function flush(): Promise<void> {
    writing = writing.then(drain);
    return writing;
  }

  return {
    note(use: NotedUse): void {
      const key = [use.labId, use.recordId, use.token, use.ip, use.device].join("\n");
      const before = written.get(key);
      if (before !== undefined && use.at - before < every) return;
      const since = waiting.get(key)?.since ?? use.at;
      if (waiting.size >= remembered) return;
      written.delete(key);
      if (written.size >= remembered) written.delete([...written.keys()][0] ?? "");
      written.set(key, use.at);
      waiting.set(key, { ...use, since });
      schedule();
    },

    /** Of these logins, the newest use first. */
    async of(labId: string, recordIds: readonly string[]): Promise<readonly LoginUse[]> {
      await flush();
      const where = { labId, recordId: { in: [...recordIds] } };
      const rows = await client.loginUse.findMany({
        where,
        orderBy: [{ lastAt: "desc" }, { firstAt: "desc" }, { token: "asc" }],
      });
      return rows.map(useOf);
    },

    /** Deletes uses of logins that are over by now. A lab's own go with the lab. */
    async sweep(before: Instant): Promise<void> {
      await client.loginUse.deleteMany({ where: { lastAt: { lt: BigInt(before) } } });
    },

    flush,

    /** What this process remembers of them, to be forgotten with their lab. */
    kept: {
      name: "uses of logins",
      count: () => waiting.size + written.size,
      forget(labIds: ReadonlySet<string>) {
        for (const uses of [waiting, written])
          for (const key of uses.keys()) if (labIds.has(key.split("\n", 1)[0] ?? "")) uses.delete(key);
      },
    },
  };
}

/** A lab that went in between took its logins along. */
function unlessDangling(error: unknown): void {
  if (!failedAs(error, "dangling")) throw error;
}

function useOf({ recordId, token, kind, ip, device, firstAt, lastAt }: UseRow): LoginUse {
  const times = { firstAt: instantOf(firstAt), lastAt: instantOf(lastAt) };
  return { recordId, token, kind: kind === "refresh" ? "refresh" : "access", ip, device, ...times };
}

export const useBounds = { places: 10, tokens: 5 } as const;

/** Which of a login's uses, newest first, are too many: tokens of one place, or places. */
export function beyondBounds<T extends { readonly ip: string; readonly device: string }>(
  uses: readonly T[],
): readonly T[] {
  const places = new Map<string, number>();
  return uses.filter(({ ip, device }) => {
    const place = `${ip} ${device}`;
    const tokens = places.get(place) ?? 0;
    if (tokens === 0 && places.size === useBounds.places) return true;
    places.set(place, tokens + 1);
    return tokens >= useBounds.tokens;
  });
}
