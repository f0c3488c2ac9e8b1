import { hash } from "node:crypto";
import type { SigningKey } from "../adapters/derived-keys.ts";
import { createNodeRandom, type RandomBytes } from "../adapters/node-random.ts";
import { createProofs } from "../adapters/proofs.ts";
import type { FlowModule } from "../core/flow.ts";
import type { StoreName, TokenAlgorithm, VariantSettings } from "../core/settings.ts";
import { type Clock, day, hour, lifetimePresets, longestLife } from "../core/time.ts";
import type { Variant } from "../core/variant.ts";
import type { LabContext } from "../http/application.ts";
import type { Lab, Labs } from "../lab/lab.ts";
import { inLab, type SettingsChange } from "../lab/lab-settings.ts";
import type { LabMemory } from "../lab/memory/lab-memory.ts";
import type { Database } from "../stores/prisma/database.ts";
import { createPrismaLabs } from "../stores/prisma/prisma-labs.ts";
import { createPrismaLoginUses } from "../stores/prisma/prisma-login-uses.ts";
import { keeperOf } from "../stores/registry.ts";
import { createDemoPeople } from "./demo-people.ts";
import type { InsideCall } from "./inside-call.ts";
import { createLabBinder, defaultsOf } from "./labs/lab-context.ts";
import { createKeysOfLabs } from "./labs/lab-keys.ts";
import { createRememberedLabs } from "./labs/remembered-labs.ts";
import { createUnwrittenLabs } from "./labs/unwritten-labs.ts";
import type { Environment } from "./process/env.ts";
import type { Stores } from "./stores.ts";

export type LabContextsOptions = {
  readonly env: Environment;
  readonly database: Database;
  readonly stores: Stores;
  readonly flows: readonly FlowModule[];
  readonly passwords: {
    hash(password: string): Promise<string>;
    verify(hash: string | null, password: string): Promise<boolean>;
    renew(hash: string, password: string): Promise<string | null>;
  };
  readonly systemClock: Clock;
  readonly report: (error: unknown) => void;
  /** How one part of this application calls another. */
  readonly call: InsideCall;
  readonly randomBytes: RandomBytes;
  readonly memory: LabMemory;
};

/** The only lab outside lab mode. */
export const permanentLabId = "main";
const longestLogin = Math.max(
  ...Object.values(lifetimePresets).flatMap(({ absolute, remembered, refresh }) => [absolute, remembered, refresh]),
);

export type LabContexts = ReturnType<typeof createLabContexts>;

/** Labs with their flows and ports. A lab's configuration is remembered here. */
export function createLabContexts(options: LabContextsOptions) {
  const { env, database, stores, flows, passwords, systemClock, report, call, randomBytes, memory } = options;
  const random = createNodeRandom(randomBytes);
  const demoPeople = createDemoPeople(passwords);
  const uses = createPrismaLoginUses({ client: database.client, failed: report });
  memory.keep(uses.kept);
  const remembered = createRememberedLabs(memory);
  const contexts = new WeakMap<Lab, LabContext>();
  const proofs = createProofs();
  memory.keep({ name: "proofs", count: proofs.count, forget: proofs.forget });
  const { changed, changing } = remembered;
  const unwritten = createUnwrittenLabs({ draw, random, memory, now: () => systemClock.now() });
  const variants = new Map(
    flows.flatMap(({ manifest }) => manifest.variants.map((each): [string, Variant] => [each.id, each])),
  );
  const labs: Labs = createPrismaLabs({
    ...database,
    clock: systemClock,
    longestLife: (settings) =>
      Math.max(...[...variants.values()].map((variant) => longestLife(inLab(settings, variant).settings.lifetimes))),
  });

  async function draw() {
    const salt = randomBytes(16).toString("hex");
    const enabled = flows.map(({ manifest }) => defaultsOf(flows, manifest.id, env.labMode));
    const people = env.labMode ? await demoPeople() : [];
    const createdAt = systemClock.now();
    const expiresAt = env.labMode ? createdAt + env.LAB_HOURS * hour : null;
    return { salt, enabled, createdAt, expiresAt, people };
  }

  const keysOf = createKeysOfLabs({ env, systemClock, memory });

  const bind = createLabBinder({
    ...{ env, database, stores, flows, variants, passwords, systemClock, report, call, randomBytes, random, proofs },
    ...{ uses, keysOf, labs, changed },
  });

  /** The algorithms of the variants that this lab accepts. */
  function algorithms(lab: Lab): readonly TokenAlgorithm[] {
    return [...new Set(lab.enabled.flatMap((id) => variants.get(id)?.settings.algorithm ?? []))];
  }

  /** The same for each request, until the lab changes. */
  function contextOf(lab: Lab): LabContext {
    const context = contexts.get(lab) ?? bind(lab);
    contexts.set(lab, context);
    return context;
  }

  /** The lab of a row. */
  async function findWritten(id: string): Promise<LabContext | null> {
    const known = remembered.of(id);
    const before = remembered.changes();
    const lab = known ?? (await labs.find(id));
    if (!lab || isOver(lab)) return null;
    if (!known) remembered.remember(lab, before);
    return contextOf(lab);
  }

  /** Before a lab is drawn in its place: the logins of the expired one must not count in the new one. */
  async function clearExpired(id: string): Promise<void> {
    const lab = await labs.find(id);
    if (lab && isOver(lab)) await changing(id, sweepExpired());
  }

  /** Deletes the labs that have expired, and what this process remembers of them. Answers how many. */
  async function sweepExpired(): Promise<number> {
    const gone = await labs.sweep(systemClock.now());
    memory.forget(gone);
    return gone.length;
  }

  function isOver({ expiresAt }: Lab): boolean {
    return expiresAt !== null && expiresAt <= systemClock.now();
  }

  return {
    findWritten,

    /** Also a lab that was looked at and has no row yet. */
    async find(id: string): Promise<LabContext | null> {
      const first = unwritten.find(id);
      return (await findWritten(id)) ?? (first && bind(first.lab, first));
    },

    /** The lab as its visitor sees it. Makes no row. */
    async look(id: string): Promise<LabContext> {
      for (;;) {
        const before = remembered.changes();
        const written = await findWritten(id);
        if (written) return written;
        if (!unwritten.find(id)) await clearExpired(id);
        memory.begun(id);
        const first = await unwritten.of(id);
        // It may have been written meanwhile.
        if (remembered.changes() === before) return bind(first.lab, first);
      }
    },

    mintLabCookie: () => randomBytes(32).toString("base64url"),
    labIdOf: (cookie: string) => (env.labMode ? labIdOf(cookie) : permanentLabId),

    /** Writes the lab's row on first need, as it was looked at before; an expired one is created anew. */
    async open(id: string): Promise<LabContext> {
      const context = await findWritten(id);
      if (context) return context;
      // Deletes only if it is still expired: another request may have made this lab anew since we read it.
      await sweepExpired();
      memory.begun(id);
      const { fresh } = await unwritten.of(id);
      const lab = await changed(id, labs.open(id, fresh));
      unwritten.forget(id);
      return bind(lab);
    },

    async advanceClock(id: string, by: number, bound: number): Promise<LabContext | null> {
      const lab = await changed(id, labs.advanceClock(id, by, bound));
      return lab && bind(lab);
    },
    changeSettings: async (id: string, change: SettingsChange) =>
      bind(await changed(id, labs.changeSettings(id, change))),
    async rotateKeys(id: string, overlap: boolean): Promise<LabContext | null> {
      const lab = await changed(id, labs.rotateKeys(id, overlap));
      return lab && bind(lab);
    },
    async remove(id: string): Promise<void> {
      remembered.forget(id);
      await changing(id, labs.remove(id));
      memory.forget([id]);
    },
    async sweep() {
      await uses.sweep(systemClock.now() - longestLogin - day);
      memory.forget(unwritten.expired());
      return sweepExpired();
    },
    /** What was noted and not yet written, is. */
    settle: uses.flush,
    /** The labs that accept a variant whose records are in this store. */
    accepting: (store: StoreName) =>
      labs.accepting([...variants.values()].filter(({ settings }) => keeps(store, settings)).map(({ id }) => id)),
    keysOf,
    algorithms,
    signingKeys(lab: Lab): readonly SigningKey[] {
      const keys = keysOf(lab);
      return algorithms(lab).flatMap((algorithm) => keys.signing(algorithm));
    },
    /** The current one first; those under earlier secrets of the application still count. */
    oauthClients: (lab: Lab) => keysOf(lab).client(),
  };
}

function keeps(store: StoreName, settings: VariantSettings): boolean {
  return settings.store !== undefined && keeperOf(settings.store) === store;
}

/** The lab's public id: 80 bits of the cookie's hash, in hexadecimal. The cookie cannot be computed from it. */
function labIdOf(cookie: string): string {
  return hash("sha256", cookie, "hex").slice(0, 20);
}
