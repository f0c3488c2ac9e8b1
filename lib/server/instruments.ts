import { createCsrf } from "../features/attacks/csrf/csrf.ts";
import { createLabAttacks } from "../features/attacks/lab-attacks.ts";
import { createAccountPages } from "../features/attacks/residue/account-pages.ts";
import { createTossing } from "../features/attacks/tossing/tossing.ts";
import { createXss } from "../features/attacks/xss/xss.ts";
import { createMeasurements } from "../features/compare/measurements.ts";
import { createCopies } from "../features/copies/keep-copies.ts";
import { reasonsFor } from "../features/copies/reason-of-copy.ts";
import { createLessons } from "../features/lessons/lessons.ts";
import { createMatrix } from "../features/matrix/kept-cells.ts";
import { createRefreshBench } from "../features/refresh-bench/run-many.ts";
import type { Stage } from "../lab/stage.ts";
import { createXssBench } from "./attacks/xss-bench.ts";
import type { Foundation } from "./foundation.ts";
import { stageAt } from "./stage.ts";
import { wireRefreshBench } from "./wire-refresh-bench.ts";

/** The instruments that pages read as well: each is created once, and its endpoints get the same one. */
export type Instruments = ReturnType<typeof createInstruments>;

/** `transport`: to this process itself, without a socket. */
export function createInstruments(foundation: Foundation, stage: Stage, transport: Stage["transport"]) {
  const { env, flows, missing, systemClock, labContexts, exchanges, stopping, report, memory } = foundation;
  const manifests = flows.map(({ manifest }) => manifest);
  const origins = { victim: env.VICTIM_ORIGIN, sibling: env.SIBLING_ORIGIN, attacker: env.ATTACKER_ORIGIN };
  // 256 random bits, as in a lab cookie.
  const random = labContexts.mintLabCookie;
  const senders = { ...origins, otherPort: env.OTHER_PORT_ORIGIN };
  const csrf = createCsrf({ origins: senders, flows, now: () => systemClock.now(), random, memory });
  const { passwords } = stage;
  const hosts = { ...senders, vulnerable: env.VULNERABLE_ORIGIN };
  const now = () => systemClock.now();
  const tossing = createTossing({ origins, flows, passwords, now, memory });
  const xss = createXss({ origins: hosts, flows, bench: createXssBench(foundation), now, random, memory });
  const measuredAt = () => stageAt(foundation, transport);
  return {
    csrf,
    tossing,
    xss,
    attacks: createLabAttacks({
      ...{ labMode: env.labMode, origins: hosts, random, now, memory },
      ...{ labIdOf: labContexts.labIdOf, pages: [csrf.page, tossing.page, xss.page] },
      ...{ victimsPages: [createAccountPages(random), csrf.framedPage], ask: transport },
    }),
    copies: createCopies({
      ...{ labMode: env.labMode, flows, systemClock, report, memory },
      findLabContext: labContexts.find,
      isStreamed: exchanges.isStreamed,
      show: exchanges.show,
      reason: reasonsFor(flows),
    }),
    lessons: createLessons({ stage, manifests, systemClock, stopping, report, memory }),
    matrix: createMatrix({ stage, manifests, missing, systemClock, memory }),
    measurements: createMeasurements({ labMode: env.labMode, missing, systemClock, report, stage: measuredAt }),
    refreshBench: createRefreshBench(flows, report, wireRefreshBench()),
  };
}
