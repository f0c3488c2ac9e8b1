import { hash } from "node:crypto";
import type { SigningKey } from "../adapters/derived-keys.ts";
import { createNodeRandom, type RandomBytes } from "../adapters/node-random.ts";
import { createProofs } from "../adapters/proofs.ts";
import type { AuthFlow, FlowModule } from "../core/flow.ts";
import type { VariantId } from "../core/ids.ts";
import type { EventLog } from "../core/ports.ts";
import type { StoreName, TokenAlgorithm, VariantSettings } from "../core/settings.ts";
import { type Clock, day, hour, lifetimePresets, longestLife } from "../core/time.ts";
import type { Variant } from "../core/variant.ts";
import type { FlowContext, LabContext } from "../http/application.ts";
import { placeIn } from "../lab/cookies/cookie-place.ts";
import { type Lab, type Labs, labClock } from "../lab/lab.ts";
import { inLab, type SettingsChange } from "../lab/lab-settings.ts";
import type { LabMemory } from "../lab/memory/lab-memory.ts";
import type { Database } from "../stores/prisma/database.ts";
import { createPrismaEventLog, listEvents } from "../stores/prisma/prisma-event-log.ts";
import { createPrismaLabs } from "../stores/prisma/prisma-labs.ts";
import { createPrismaLoginUses } from "../stores/prisma/prisma-login-uses.ts";
import { createPrismaPeople } from "../stores/prisma/prisma-people.ts";
import { keeperOf } from "../stores/registry.ts";
import { createDemoPeople } from "./demo-people.ts";
import { type BuiltFlow, createLogins } from "./flow-ports.ts";
import { type InsideCall, quietly } from "./inside-call.ts";
import { createInsideServices } from "./inside-services.ts";
import { knownDevicesIn } from "./labs/known-devices.ts";
import { createKeysOfLabs } from "./labs/lab-keys.ts";
import { createRememberedLabs } from "./labs/remembered-labs.ts";
import { triedName } from "./labs/tried-names.ts";
import { createUnwrittenLabs, peopleOf, type UnwrittenLab } from "./labs/unwritten-labs.ts";
import { notingUses, type Use } from "./noting-uses.ts";
import type { Environment } from "./process/env.ts";
import type { AtNode, Stores } from "./stores.ts";

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

  /** `first`: of a lab without a row. Such a lab has issued no credential, and keeps no events. */
  function bind(lab: Lab, first: UnwrittenLab | null = null, node: AtNode = stores): LabContext {
    const clock = labClock(systemClock, lab.clockOffset);
    const events = { client: database.client, labId: lab.id, clock, failed: report };
    const people = createPrismaPeople({ ...database, labId: lab.id, random });

    /** A use is noted with the login, the token and the place. */
    function used(id: VariantId, context: FlowContext): AuthFlow {
      const { flow } = logins(id, context);
      const variant = variants.get(id);
      const { ip, device } = context.client;
      const note = (use: Use) => uses.note({ ...use, labId: lab.id, ip, device, at: clock.now() });
      return variant ? notingUses(flow, variant, note) : flow;
    }

    function logins(id: VariantId, { client, trace, uncapped }: FlowContext): BuiltFlow {
      const module = flows.find(({ manifest }) => manifest.id === id.split("/")[0]);
      const variant = variants.get(id);
      if (!module || !variant) throw new Error(`There is no variant ${id}`);
      const flow = module.manifest.id;
      const options = {
        database,
        stores: node,
        passwords,
        origin: env.origin,
        lab,
        keys: keysOf(lab),
        clock,
        flow,
        variant: inLab(uncapped ? { ...lab.settings, parallelLogins: null } : lab.settings, variant),
        log: first ? noLog : createPrismaEventLog({ ...events, flow, variant: id, sender: client }),
        // Read-only calls are not told: a page that reads after each told exchange would never stop.
        call: trace ? call : quietly(call),
        randomBytes,
        proofs,
      };
      return createLogins(module, options, trace);
    }

    return {
      lab,
      hasRow: first === null,
      clock,
      people: first ? peopleOf(first, people) : people,
      defaultVariant: (flow) => defaultsOf(flows, flow, env.labMode),
      async enable(variant) {
        if (lab.enabled.includes(variant)) return bind(lab, first, node);
        return bind(await changed(lab.id, labs.enable(lab.id, variant)), null, node);
      },
      async rememberPlace(flow) {
        const place = placeIn(flow, lab.settings.cookies);
        if (place) await changed(lab.id, labs.rememberPlace(lab.id, place));
      },
      flow: used,
      payments: (id, context) => logins(id, context).payments,
      inside: (trace) =>
        createInsideServices(
          { origin: env.origin, lab, keys: keysOf(lab).signing("EdDSA"), clock, call, random },
          trace,
        ),
      atOtherNode: () => bind(lab, first, stores.otherNode),
      forgetMemory: () => node.forget(lab.id),
      // Keys are derived where they are needed.
      get knownDevices() {
        return knownDevicesIn(lab.id, keysOf(lab), random);
      },
      tried: (username) => triedName(people, keysOf(lab), username),
      events: (page) => listEvents(database.client, lab.id, page),
      uses: (recordIds) => uses.of(lab.id, recordIds),
      audit(event, { client, flow, variant }) {
        if (!first) createPrismaEventLog({ ...events, flow, variant, sender: client }).record(event);
      },
    };
  }

  /** The algorithms of the variants that this lab accepts. */
  function algorithms(lab: Lab): readonly TokenAlgorithm[] {
    return [...new Set(lab.enabled.flatMap((id) => variants.get(id)?.settings.algorithm ?? []))];
  }

  /** The lab of a row. */
  async function findWritten(id: string): Promise<LabContext | null> {
    const known = remembered.of(id);
    const before = remembered.changes();
    const lab = known ?? (await labs.find(id));
    if (!lab || isOver(lab)) return null;
    if (!known) remembered.remember(lab, before);
    return bind(lab);
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

const noLog: EventLog = { record: () => {} };

function keeps(store: StoreName, settings: VariantSettings): boolean {
  return settings.store !== undefined && keeperOf(settings.store) === store;
}

/** The lab's public id: 80 bits of the cookie's hash, in hexadecimal. The cookie cannot be computed from it. */
function labIdOf(cookie: string): string {
  return hash("sha256", cookie, "hex").slice(0, 20);
}

function defaultsOf(flows: readonly FlowModule[], flow: string, labMode: boolean) {
  const manifest = flows.find((each) => each.manifest.id === flow)?.manifest;
  if (!manifest) throw new Error(`There is no flow ${flow}`);
  return labMode ? manifest.defaults.lab : manifest.defaults.production;
}
