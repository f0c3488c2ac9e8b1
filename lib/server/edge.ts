import { deviceOf } from "../adapters/bowser-device.ts";
import { createMemoryLimiter } from "../adapters/memory-limiter.ts";
import type { Application } from "../http/application.ts";
import { createPasswordLimits } from "../http/password-attempts/password-limits.ts";
import { networkOf } from "../http/request/network.ts";
import type { Foundation } from "./foundation.ts";
import type { Environment } from "./process/env.ts";
import { passwordCounters } from "./process/password-counters.ts";
import { createHeldOf } from "./view/held-of.ts";

/** The parts of the application that the edge uses. */
export function edgeOf(parts: Foundation & { readonly copies: Pick<Application, "answered"> }): Application {
  const { env, flows, missing, labContexts, passwords, exchanges, systemClock, stopping, report, copies, memory } =
    parts;
  return {
    labMode: env.labMode,
    origin: env.origin,
    flows,
    missing,
    findLabContext: labContexts.find,
    visit: createVisit(env, labContexts),
    mintLabCookie: labContexts.mintLabCookie,
    labIdOf: labContexts.labIdOf,
    limits: limitsOf(parts),
    passwords,
    deviceOf,
    exchanges,
    heldOf: createHeldOf(parts),
    systemClock,
    stopping,
    corsOrigins: env.CORS_ORIGINS,
    async answered(call) {
      await copies.answered(call);
      memory.answered(call.context.lab.id);
    },
    report,
  };
}

function createVisit(env: Environment, labContexts: Foundation["labContexts"]): Application["visit"] {
  const newLabs = createMemoryLimiter({ points: env.LABS_PER_HOUR, seconds: 3600 });
  // Bounded: by the requests under way.
  const opening = new Map<string, ReturnType<Application["visit"]>>();

  async function open(address: string, id: string): ReturnType<Application["visit"]> {
    const attempt = await newLabs.reserve(networkOf(address));
    if (attempt.wait !== null) return { retryAfter: attempt.wait };
    try {
      return { context: await labContexts.open(id) };
    } catch (error) {
      // A lab that could not be written does not count.
      await attempt.giveBack();
      throw error;
    }
  }

  return async (cookie, { address, writes }) => {
    const id = labContexts.labIdOf(cookie);
    if (!writes) return { context: await labContexts.look(id) };
    const known = await labContexts.findWritten(id);
    if (known) return { context: known };
    // First changes at the same moment write one lab, and count as one.
    const visit = opening.get(id) ?? open(address, id).finally(() => opening.delete(id));
    opening.set(id, visit);
    return visit;
  };
}

/** Refusals of one network that are written down, where no other limit counts them. */
const notedPerMinute = 20;

function limitsOf({ env, systemClock, memory }: Foundation): Application["limits"] {
  return {
    password: createPasswordLimits(passwordCounters(env, systemClock, memory)),
    refresh: createMemoryLimiter({ points: env.REFRESHES_PER_MINUTE, seconds: 60 }),
    noted: createMemoryLimiter({ points: notedPerMinute, seconds: 60 }),
  };
}
