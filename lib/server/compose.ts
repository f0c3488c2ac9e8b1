import { createArgon2Passwords, type Passwords } from "../adapters/argon2-passwords.ts";
import { deviceOf } from "../adapters/bowser-device.ts";
import { publicJwks } from "../adapters/jose-signer.ts";
import { createMemoryLimiter } from "../adapters/memory-limiter.ts";
import { objectionTo } from "../adapters/password-rules.ts";
import { systemClock as machineClock } from "../adapters/system-clock.ts";
import { paymentPlace } from "../core/payment.ts";
import { StoreUnavailable } from "../core/store-unavailable.ts";
import type { CleanUpView } from "../features/admin/model.ts";
import { variantTable } from "../features/compare/fill-table.ts";
import type { WatchedStage } from "../features/compare/measurement.ts";
import { createMeasurements } from "../features/compare/measurements.ts";
import { createMatrix } from "../features/matrix/kept-cells.ts";
import { createExperiments } from "../features/matrix/play-one.ts";
import { createRaces } from "../features/race/races.ts";
import { createRefreshBench } from "../features/refresh-bench/run-many.ts";
import { takeAwayZip } from "../features/take-away/take-away.ts";
import { flows as registeredFlows } from "../flows/registry.ts";
import type { Application } from "../http/application.ts";
import { labCookie } from "../http/lab-cookie.ts";
import { networkOf } from "../http/network.ts";
import { createDispatch } from "../http/router.ts";
import { createExchangeFeed } from "../lab/exchange-feed.ts";
import { experiments } from "../lab/experiments.ts";
import type { Stage } from "../lab/stage.ts";
import { type Database, openDatabase } from "../stores/prisma/database.ts";
import { databaseFile, migrate } from "../stores/prisma/migrate.ts";
import type { Composition } from "./composition.ts";
import { countLab } from "./counts.ts";
import { createDemoPasswords } from "./demo-people.ts";
import type { Environment } from "./env.ts";
import type { InsideCall } from "./inside-call.ts";
import { createLoopback } from "./loopback.ts";
import { offeredFlows } from "./offered-flows.ts";
import { openStores, type Stores } from "./stores.ts";
import { viewDecoded, viewLab } from "./view-lab.ts";
import { createWorlds, permanentLabId } from "./worlds.ts";

/** What a test may bring of its own, and a process that listens: there, one part asks another through the socket. */
export type Replacements = Partial<
  Pick<Composition, "flows" | "systemClock"> & { readonly passwords: Passwords | undefined; readonly call: InsideCall }
>;

export async function compose(env: Environment, replacements: Replacements = {}): Promise<Composition> {
  const { flows: known = registeredFlows, systemClock = machineClock, call: brought } = replacements;
  await migrate(env.DATABASE_URL);
  const database = await openDatabase(env.DATABASE_URL);
  const stores = await openStores({
    database,
    redisUrl: env.REDIS_URL,
    // Beside the database: whoever deletes or copies the one has the other next to it.
    folder: `${databaseFile(env.DATABASE_URL)}.logins`,
    systemClock,
  });
  const { flows, missing } = offeredFlows(known, stores);
  const passwords = { ...(replacements.passwords ?? createArgon2Passwords()), objection: objectionTo };
  const report = (error: unknown) => console.error(error);
  // A process that listens on no port has its own dispatch.
  const call: InsideCall = brought ?? ((path, init) => composition.dispatch(new Request(`${env.origin}${path}`, init)));
  const worlds = createWorlds({ env, database, stores, flows, passwords, systemClock, report, call });
  const exchanges = createExchangeFeed({ systemClock });
  const manifests = flows.map(({ manifest }) => manifest);
  const loopback = createLoopback((request) => composition.dispatch(request), env.origin);
  const stage = stageAt({ transport: loopback.transport, worlds, exchanges, origin: env.origin });
  const matrix = createMatrix({ stage, manifests, missing, systemClock });
  const played = createExperiments({ stage, manifests, systemClock, keep: matrix.keep });
  const races = createRaces({ stage, manifests, systemClock });
  const newLabs = createMemoryLimiter({ points: env.LABS_PER_HOUR, seconds: 3600 });
  if (!env.labMode) await worlds.open(permanentLabId);
  const places = flows.flatMap(({ manifest: { id, payment } }) => (payment ? [id, paymentPlace(id)] : [id]));
  let cleanUp: CleanUpView | null = null;
  const opening = new Map<string, ReturnType<Application["visit"]>>();

  async function openFor(address: string, id: string): ReturnType<Application["visit"]> {
    const retryAfter = await newLabs.consume(networkOf(address));
    return retryAfter === null ? { world: await worlds.open(id) } : { retryAfter };
  }

  const app: Application = {
    labMode: env.labMode,
    origin: env.origin,
    flows,
    missing,
    findWorld: worlds.find,
    async visit(cookie, address) {
      const id = worlds.labIdOf(cookie);
      const known = await worlds.find(id);
      if (known) return { world: known };
      // A page's first requests come together: they make one lab, and count as one.
      const visit = opening.get(id) ?? openFor(address, id).finally(() => opening.delete(id));
      opening.set(id, visit);
      return visit;
    },
    mintLabCookie: worlds.mintLabCookie,
    labIdOf: worlds.labIdOf,
    limits: limitsOf(env),
    passwords,
    deviceOf,
    exchanges,
    lab: {
      view: (world, request) => viewLab(composition, world, request),
      decode: (world, flow, credential) => viewDecoded({ env, worlds }, world, flow, credential),
      advanceClock: ({ lab }, by, bound) => worlds.advanceClock(lab.id, by, bound),
      changeSettings: ({ lab }, change) => worlds.changeSettings(lab.id, change),
      rotateKeys: ({ lab }, overlap) => worlds.rotateKeys(lab.id, overlap),
      async reset({ lab }) {
        await worlds.remove(lab.id);
        // What is left in a store that is down expires by itself.
        await stores.remove(lab, places).catch(unlessUnavailable);
        exchanges.forget(lab.id);
        played.forget(lab.id);
        matrix.forget(lab.id);
      },
      forgetMemory: ({ lab }) => stores.forgetMemory(lab.id),
      experiments,
      experiment: ({ lab }, wanted, signal) => played.play(lab.id, wanted, signal),
      matrix: {
        view: ({ lab }) => matrix.view(lab.id),
        run: ({ lab }, wanted, signal) => matrix.run(lab.id, wanted, signal),
      },
      race: ({ lab }, wanted, signal) => races.start(lab.id, wanted, signal),
      jwks: ({ lab }) => publicJwks(worlds.signingKeys(lab)),
      algorithms: ({ lab }) => worlds.algorithms(lab),
      clients: ({ lab }) => worlds.oauthClients(lab),
    },
    refreshBench: {
      ...createRefreshBench(flows, report),
      limits: {
        run: createMemoryLimiter({ points: 240, seconds: 60 }),
        count: createMemoryLimiter({ points: 20, seconds: 60 }),
      },
    },
    takeAway: takeAwayZip,
    async comparison(world) {
      const measured = await composition.measurements.take();
      return variantTable(measured, world ? (await matrix.view(world.lab.id)).cells : []);
    },
    health: () => healthOf(database, stores),
    counts: (world) => countLab({ database, stores, flows }, world, cleanUp),
    systemClock,
    corsOrigins: env.CORS_ORIGINS,
    report,
  };

  const composition: Composition = {
    env,
    flows,
    database,
    stores,
    passwords,
    demoPassword: createDemoPasswords(passwords),
    systemClock,
    worlds,
    measurements: createMeasurements({ ...app, stage: () => stageOf(composition) }),
    exchanges,
    app,
    dispatch: createDispatch(app),
    async sweep() {
      exchanges.sweep();
      const labs = await worlds.sweep();
      // A lab that expires takes its records along; the permanent one's would be kept for ever.
      const permanent = env.labMode ? null : await worlds.find(permanentLabId);
      const own = permanent && (await stores.sweepLab(permanent, places));
      const remembered = await stores.sweep(worlds.find);
      const { records, families, deniedTokens } = own ?? { records: 0, families: 0, deniedTokens: 0 };
      const swept = { labs, records: records + remembered, families, deniedTokens };
      cleanUp = { at: new Date(systemClock.now()).toISOString(), ...swept };
      return swept;
    },
    async close() {
      loopback.close();
      stores.close();
      await database.close();
    },
  };
  return composition;
}

/** Experiments in process: the same requests as over HTTP, without the socket, each in a lab of its own. */
export function stageOf({ dispatch, worlds, env, exchanges }: Composition): WatchedStage {
  return stageAt({ transport: dispatch, worlds, exchanges, origin: env.origin });
}

type StageOptions = Pick<Composition, "worlds" | "exchanges"> & Pick<Stage, "transport" | "origin">;

function stageAt({ transport, worlds, exchanges, origin }: StageOptions): WatchedStage {
  return {
    transport,
    origin,
    async openLab() {
      const cookie = worlds.mintLabCookie();
      await worlds.open(worlds.labIdOf(cookie));
      return [labCookie.name, cookie];
    },
    watch: ([, cookie]) => exchanges.collect(worlds.labIdOf(cookie)),
  };
}

function limitsOf(env: Environment): Application["limits"] {
  const seconds = env.LOGIN_WINDOW_SECONDS;
  return {
    login: createMemoryLimiter({ points: env.LOGIN_ATTEMPTS, seconds }),
    loginAddress: createMemoryLimiter({ points: env.LOGIN_ATTEMPTS_PER_ADDRESS, seconds }),
    refresh: createMemoryLimiter({ points: env.REFRESHES_PER_MINUTE, seconds: 60 }),
  };
}

async function healthOf(database: Database, stores: Stores): ReturnType<Application["health"]> {
  const [sql, redis] = await Promise.all([database.client.$queryRaw`SELECT 1`.then(isUp, isDown), stores.redis()]);
  return { status: sql === "up" && redis !== "down" ? "ok" : "down", database: sql, redis };
}

const isUp = () => "up" as const;

const isDown = () => "down" as const;

function unlessUnavailable(error: unknown): void {
  if (!(error instanceof StoreUnavailable)) throw error;
}
