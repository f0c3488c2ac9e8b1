import { type Instant, minute, second } from "../../core/time.ts";
import { type BenchReply, createClients } from "./bench-clients.ts";
import { createLedger, type Ledger } from "./bench-ledger.ts";
import type { BenchServer, OpenBenchServer } from "./bench-server.ts";
import { createWire } from "./bench-wire.ts";
import {
  type BenchActor,
  type BenchOutcome,
  type BenchPhase,
  type BenchRun,
  measuresOf,
  type RefreshSchedule,
} from "./model.ts";
import { createSeeded } from "./seeded.ts";
import { createTurns } from "./turns.ts";

/** The bench starts at a whole second, since tokens count in seconds (RFC 7519 §2, NumericDate). */
const beginning = Date.UTC(2030, 0, 1, 12);
/** The longest duration of one turn, in milliseconds. */
const longestTurn = 40;
/** A page renews its access token when it ends. */
const untilNextRefresh = (15 * minute) / second;

type Played = Pick<BenchRun, "begin" | "steps" | "outcome">;

/**
 * Plays a schedule with real requests to a real server, one store call at a time, in the order of the seed. After the
 * schedule, owner and thief go on refreshing, and the result shows who still gets in.
 */
export async function playRefresh(
  { schedule, singleFlight, seed }: { schedule: RefreshSchedule; singleFlight: boolean; seed: number },
  open: OpenBenchServer,
): Promise<Played> {
  const random = createSeeded(seed);
  let now = beginning;
  let frozen = schedule.frozen === true;
  const clock = {
    now: () => now,
    moveTo(instant: Instant) {
      now = Math.max(now, instant);
    },
  };
  const turns = createTurns<BenchActor>({
    random,
    clock,
    beforeTurn: () => {
      if (!frozen) now += 1 + random(longestTurn);
    },
    afterTurn: () => ledger.close(),
  });
  const wire = createWire({ turns, random, ledger: () => ledger, server: () => server });
  const server: BenchServer = open({ clock, gate: wire.gate });
  const { retryAfterSeconds } = schedule;
  const told = { turns, server, transport: wire.transport, ledger: (): Ledger => ledger };
  const clients = createClients({ ...told, singleFlight, retryAfterSeconds });
  const ledger: Ledger = createLedger({ now: clock.now, held: server.held, holding: clients.holding });

  async function play({ waitSeconds, together, fault }: BenchPhase): Promise<void> {
    if (waitSeconds !== undefined) {
      now += waitSeconds * second;
      ledger.note("clock", { kind: "wait", seconds: waitSeconds });
    }
    if (fault === "restart" || fault === "restart-empty") {
      const emptied = fault === "restart-empty";
      server.restart({ emptied });
      ledger.note("process", { kind: "restart", emptied });
    }
    ledger.close();
    wire.prepare(fault);
    await turns.play(together.map((act) => ({ actor: act.actor, play: () => clients.act(act) })));
  }

  await clients.logIn();
  const begin = ledger.begin();
  for (const phase of schedule.phases) await play(phase);
  frozen = false;
  ledger.settle();
  for (const phase of settlingOf(schedule)) await play(phase);
  return { begin, steps: ledger.steps(), outcome: outcomeOf(schedule, clients.replies()) };
}

/** The owner refreshes after the end of the access token, twice; the thief follows each time. */
function settlingOf(schedule: RefreshSchedule): readonly BenchPhase[] {
  const owner: BenchPhase = { together: [{ actor: "tab-1", does: "refresh" }], waitSeconds: untilNextRefresh };
  const thief: BenchPhase = {
    together: [{ actor: "thief", does: "refresh" }],
    waitSeconds: schedule.thiefFollowsSeconds,
  };
  return measuresOf(schedule).includes("thief-survives") ? [owner, thief, owner, thief] : [owner, owner];
}

function outcomeOf(schedule: RefreshSchedule, replies: readonly BenchReply[]): BenchOutcome {
  const measures = measuresOf(schedule);
  const refreshes = replies.filter(({ does }) => does === "refresh" || does === "replay-first");
  const byThief = refreshes.filter(({ actor }) => actor === "thief");
  return {
    falseLogout:
      measures.includes("false-logout") && refreshes.some(({ actor, status }) => actor !== "thief" && status === 401),
    thiefSurvives: measures.includes("thief-survives") && byThief.at(-1)?.status === 200,
    inAfterEnd:
      measures.includes("in-after-end") && refreshes.some(({ afterEnd, status }) => afterEnd && status === 200),
  };
}
