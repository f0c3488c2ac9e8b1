import type { Duration } from "../../core/time.ts";
import type { Guard, GuessingBench, GuessingLab, Hasher, Mistake } from "../../features/attacks/guessing/bench.ts";
import { loginEndpoints } from "../../features/logins/endpoints.ts";
import { belowEachFlow } from "../../http/operation.ts";
import {
  createPasswordLimits,
  type PasswordCounter,
  type PasswordLimits,
} from "../../http/password-attempts/password-limits.ts";
import { peerAddressHeader } from "../../http/request/client.ts";
import { labCookie } from "../../http/request/lab-cookie.ts";
import { createDispatch, joinEndpoints } from "../../http/router.ts";
import { createLabMemory } from "../../lab/memory/lab-memory.ts";
import { createCleanUp } from "../clean-up.ts";
import { demoPasswords } from "../demo-people.ts";
import type { Foundation } from "../foundation.ts";
import { usualLimits } from "../process/env.ts";
import { passwordCounters } from "../process/password-counters.ts";
import { costless, edgeApart } from "./edge-apart.ts";

/**
 * Labs for guessing: the same edge, flows, stores and people as everywhere, with counters, limits and a hasher of their
 * own. So no play takes an attempt of anybody, and the right edge has no branch for a mistake.
 */
export function createGuessingBench(foundation: Foundation): GuessingBench {
  return {
    async open(hashing, mistake) {
      const counted = countingHasher(hashing === "paid" ? foundation.passwords : costless);
      const clock = movedClock(foundation.systemClock.now());
      const guard = guardOf(counted.hasher, clock, mistake);
      const watched = watchedLimits(guard.limits);
      const { contexts, inside, app } = edgeApart(foundation, guard.hasher);
      const table = joinEndpoints([belowEachFlow(foundation.flows, loginEndpoints)]);
      const dispatch = createDispatch({ ...app, limits: { ...app.limits, password: watched.limits } }, table);
      const cookie = contexts.mintLabCookie();
      const { lab } = await contexts.open(contexts.labIdOf(cookie));
      return {
        from: (address) => (request) => {
          // As the socket layer passes a peer's address on.
          request.headers.set(peerAddressHeader, address);
          return dispatch(request);
        },
        origin: foundation.env.origin,
        labCookie: [labCookie.name, cookie],
        passwords: demoPasswords,
        hashes: counted.hashes,
        decided: watched.decided,
        pass: clock.pass,
        async close() {
          await createCleanUp(inside).remove(lab);
          await contexts.settle();
        },
      } satisfies GuessingLab;
    },
  };
}

function guardOf(hasher: Hasher, clock: ReturnType<typeof movedClock>, mistake: Mistake | null): Guard {
  const counters = passwordCounters(usualLimits, clock, createLabMemory());
  const right = { limits: createPasswordLimits(counters), hasher };
  return mistake ? mistake(right, counters) : right;
}

/** Counts at the port: each verification is one hash, of whoever has that name or of nobody. */
function countingHasher(hasher: Hasher) {
  let hashes = 0;
  return {
    hashes: () => hashes,
    hasher: {
      ...hasher,
      verify(hash: string | null, password: string) {
        hashes += 1;
        return hasher.verify(hash, password);
      },
    },
  };
}

function watchedLimits({ reserve }: PasswordLimits) {
  let last: PasswordCounter | null = null;
  return {
    decided: () => last,
    limits: {
      async reserve(attempt) {
        const reserved = await reserve(attempt);
        last = reserved.by;
        return reserved;
      },
    } satisfies PasswordLimits,
  };
}

/** Stands still, but for what it is moved. */
function movedClock(now: number) {
  let at = now;
  return {
    now: () => at,
    pass(by: Duration) {
      at += by;
    },
  };
}
