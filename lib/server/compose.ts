import type { Passwords } from "../adapters/argon2-passwords.ts";
import { machineBytes, type RandomBytes } from "../adapters/node-random.ts";
import { systemClock as machineClock } from "../adapters/system-clock.ts";
import { flows as registeredFlows } from "../flows/registry.ts";
import { createDispatch, type Dispatch } from "../http/router.ts";
import { benchParts } from "./bench/bench-parts.ts";
import { createCleanUp } from "./clean-up.ts";
import type { Composition } from "./composition.ts";
import { edgeOf } from "./edge.ts";
import { endpointTable } from "./endpoints.ts";
import { layFoundation } from "./foundation.ts";
import type { InsideCall } from "./inside-call.ts";
import { createInstruments } from "./instruments.ts";
import { permanentLabId } from "./lab-contexts.ts";
import type { Environment } from "./process/env.ts";
import { createLoopback } from "./process/loopback.ts";
import { stageAt } from "./stage.ts";
import { createPageViews } from "./view/page-views.ts";

/**
 * Replacements for parts of the composition. Tests use them. A process that listens on a port also replaces `call`, so
 * that internal calls go through its socket.
 */
export type Replacements = Partial<
  Pick<Composition, "flows" | "systemClock"> & {
    readonly passwords: Passwords | undefined;
    readonly randomBytes: RandomBytes;
    readonly call: InsideCall;
    readonly stopping: AbortSignal;
  }
>;

export async function compose(env: Environment, replacements: Replacements = {}): Promise<Composition> {
  const { flows: known = registeredFlows, systemClock = machineClock, randomBytes = machineBytes } = replacements;
  const { stopping = new AbortController().signal } = replacements;
  // `dispatch` is assigned below; `ask` is called later.
  const ask: Dispatch = (request) => dispatch(request);
  // A process without a port answers internal calls by its own dispatch.
  const direct: InsideCall = replacements.call ?? ((path, init) => ask(new Request(`${env.origin}${path}`, init)));
  const hashing = replacements.passwords;
  const bench = env.BENCH === "on" ? benchParts({ reads: env.SQL_READS, hashing, call: direct }) : null;
  const call = bench?.call ?? direct;
  const foundation = await layFoundation({
    env,
    known,
    systemClock,
    hashing: bench?.passwords ?? hashing,
    randomBytes,
    stopping,
    call,
  });
  const { flows, labContexts, stores, database } = foundation;
  if (!env.labMode) await labContexts.open(permanentLabId);

  const loopback = createLoopback(ask, env.origin);
  const stage = stageAt(foundation, loopback.transport);
  const instruments = createInstruments(foundation, stage, ask);
  const cleanUp = createCleanUp(foundation);
  const manifests = flows.map(({ manifest }) => manifest);
  const insideStage = stageAt(foundation, ask);
  const table = endpointTable({ ...foundation, ...instruments, cleanUp, stage, insideStage, manifests, bench });
  const app = edgeOf({ ...foundation, ...instruments });
  const dispatch = await instruments.attacks.around(createDispatch(app, table));

  return {
    ...foundation,
    ...instruments,
    app,
    table,
    dispatch,
    pages: createPageViews(foundation, instruments, app),
    sweep: cleanUp.sweep,
    async close() {
      await instruments.lessons.close();
      loopback.close();
      await instruments.copies.close();
      stores.close();
      await labContexts.settle();
      await database.close();
    },
  };
}
