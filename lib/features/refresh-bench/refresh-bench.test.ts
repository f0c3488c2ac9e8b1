import { describe, expect, test } from "vitest";
import type { FlowModule } from "../../core/flow.ts";
import { flows } from "../../flows/registry.ts";
import { wireRefreshBench } from "../../server/wire-refresh-bench.ts";
import { type BenchMeasure, type BenchOrder, type BenchRun, type BenchTally, measuresOf } from "./model.ts";
import { createRefreshBench } from "./run-many.ts";
import { refreshSchedules } from "./schedules.ts";
import { refreshStrategies } from "./strategies.ts";

const runs = 60;
const failures: unknown[] = [];
const wire = wireRefreshBench();
const bench = createRefreshBench(flows, (error) => failures.push(error), wire);
const about = (measure: BenchMeasure) =>
  refreshSchedules.filter((schedule) => measuresOf(schedule).includes(measure)).map(({ id }) => id);

async function runOf(order: BenchOrder, on = bench): Promise<BenchRun> {
  const run = await on.run(order);
  if (!run) throw new Error(`There is no ${order.strategy} in ${order.schedule}`);
  expect(failures).toEqual([]);
  return run;
}

async function tallyOf(order: Omit<BenchOrder, "seed">, on = bench): Promise<BenchTally> {
  let last: BenchTally | null = null;
  for await (const tally of on.count({ ...order, from: 1, runs })) last = tally;
  if (!last) throw new Error("Nothing was counted");
  expect(last.runs).toBe(runs);
  return last;
}

/** In how many of the runs it came out badly, by schedule. */
async function timesOf(strategy: string, measure: BenchMeasure, singleFlight = false) {
  const times: Record<string, number | undefined> = {};
  for (const schedule of about(measure)) {
    times[schedule] = (await tallyOf({ strategy, schedule, singleFlight })).bad[measure]?.times;
  }
  return times;
}

/** The same for all of these schedules. */
const all = (schedules: readonly string[], times: number) => Object.fromEntries(schedules.map((id) => [id, times]));
const answersOf = ({ steps }: BenchRun) =>
  steps.flatMap(({ actor, event }) => (event.kind === "answer" ? [`${actor} ${event.code ?? event.status}`] : []));
const lastTree = ({ steps }: BenchRun) => steps.at(-1)?.tree;

/** Gone with the process, or later than any grace: no strategy helps. */
const hopeless = ["restart-empty", "answer-lost-late"];
const revocations = ["revoke-race", "revoke-same-second"];

describe("memory-jwt/rotating as it is, atomic and with its grace", () => {
  test("with single flight no honest tab is logged out, except by a late answer or a lost store", async () => {
    const times = await timesOf("grace", "false-logout", true);
    expect(times).toEqual({ ...all(about("false-logout"), 0), ...all(hopeless, runs) });
  });

  test("without single flight two tabs stay logged in; of three, one can be logged out", async () => {
    const { "three-tabs": three, ...others } = await timesOf("grace", "false-logout");
    expect(others).toEqual({ ...all(Object.keys(others), 0), ...all(hopeless, runs) });
    expect(three).toBeGreaterThan(0);
    expect(three).toBeLessThan(runs / 2);
  });

  test("[ASVS 10.4.5] a thief survives only within the grace after each of the owner's refreshes", async () => {
    expect(await timesOf("grace", "thief-survives")).toEqual({
      ...all(about("thief-survives"), 0),
      "keeps-pace": runs,
    });
  });

  test("two simultaneous tabs and a thief at the same moment get one successor", async () => {
    for (const schedule of ["two-tabs", "theft-race"]) {
      for (let seed = 1; seed <= 20; seed += 1) {
        const { steps } = await runOf({ strategy: "grace", schedule, singleFlight: false, seed });
        const tree = steps.findLast(({ settling }) => !settling)?.tree;
        const parents = tree?.tokens.map(({ parent }) => parent) ?? [];
        expect(new Set(parents).size).toBe(parents.length);
        expect(tree?.ended).toBeNull();
      }
    }
  });
});

describe("atomic rotation without a grace", () => {
  test("no thief survives in any schedule", async () => {
    expect(await timesOf("atomic", "thief-survives")).toEqual(all(about("thief-survives"), 0));
  });

  test("gives one successor to two simultaneous tabs, and logs most tabs out", async () => {
    const run = await runOf({ strategy: "atomic", schedule: "two-tabs", singleFlight: false, seed: 2 });
    const { "two-tabs": two, "answer-lost": lost } = await timesOf("atomic", "false-logout");
    expect(two).toBeGreaterThan(runs / 2);
    expect(lost).toBe(runs);
    expect(run.outcome.falseLogout).toBe(true);
    // A tab that was refused for good has no cookie left.
    expect(answersOf(run).sort()).toEqual([
      ...["tab-1 NO_CREDENTIAL", "tab-1 NO_CREDENTIAL", "tab-1 REUSE_DETECTED", "tab-2 200"],
    ]);
    expect(lastTree(run)?.tokens.map(({ name }) => name)).toEqual(["R1", "R2"]);
    expect(lastTree(run)?.ended?.reason).toBe("reuse-detected");
  });

  test("with single flight loses no tab, except after a lost answer", async () => {
    const { "two-tabs": two, "three-tabs": three, "answer-lost": lost } = await timesOf("atomic", "false-logout", true);
    expect([two, three, lost]).toEqual([0, 0, runs]);
  });
});

test("with single flight one of three tabs refreshes, and the others share its result", async () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const { steps } = await runOf({ strategy: "grace", schedule: "three-tabs", singleFlight: true, seed });
    const own = steps.filter(({ settling }) => !settling).map(({ event }) => event.kind);
    expect(own.filter((kind) => kind === "send" || kind === "shared")).toEqual(["send", "shared", "shared"]);
  }
});

describe("after the end of a family", () => {
  test("[ASVS 7.4.1] memory-jwt/rotating as it is refuses all of its tokens, in any order", async () => {
    expect(await timesOf("grace", "in-after-end")).toEqual(all(about("in-after-end"), 0));
  });

  test.for(["none", "naive", "atomic"])("%s refuses all of its tokens, in any order", async (strategy) => {
    expect(await timesOf(strategy, "in-after-end")).toEqual(all(about("in-after-end"), 0));
  });

  test("a blind grace accepts a copy that was used a second ago after detected reuse, and none after a revocation of all", async () => {
    const { "after-breach": breach, ...others } = await timesOf("blind-grace", "in-after-end");
    expect(breach).toBe(runs);
    // Such a revocation raises the version that each refresh is compared with, whatever its family says.
    expect(revocations.map((id) => others[id])).toEqual([0, 0]);
    const run = await runOf({ strategy: "blind-grace", schedule: "after-breach", singleFlight: false, seed: 1 });
    expect(answersOf(run)).toContain("thief REUSE_DETECTED");
    const right = await runOf({ strategy: "grace", schedule: "after-breach", singleFlight: false, seed: 1 });
    expect(answersOf(right).filter((answer) => answer.startsWith("thief"))[1]).toBe("thief REVOKED");
  });
});

describe("a strategy that is wrong on purpose fails as intended", () => {
  test("without rotation a thief survives until a revocation", async () => {
    const thefts = about("thief-survives");
    expect(await timesOf("none", "thief-survives")).toEqual({ ...all(thefts, runs), ...all(revocations, 0) });
  });

  test("naive rotation lets a thief survive with seed 3: both read before either wrote", async () => {
    const run = await runOf({ strategy: "naive", schedule: "theft-race", singleFlight: false, seed: 3 });
    expect(run.outcome.thiefSurvives).toBe(true);
    const children = lastTree(run)
      ?.tokens.filter(({ parent }) => parent === "R1")
      .map(({ name }) => name);
    expect(children).toEqual(["R2", "R2b"]);
    const { "theft-race": race } = await timesOf("naive", "thief-survives");
    expect(race).toBeGreaterThan(0);
    expect(race).toBeLessThan(runs);
  });

  test("marks of used tokens in process memory are lost at a restart, and the thief survives", async () => {
    const { "theft-late": usual, "theft-restart": restarted } = await timesOf("naive", "thief-survives");
    expect([usual, restarted]).toEqual([0, runs]);
  });

  test("a blind grace gives the thief a branch of their own, also in the same millisecond", async () => {
    const times = await timesOf("blind-grace", "thief-survives");
    expect(times).toMatchObject({ "theft-in-grace": runs, "same-second": runs, "theft-late": 0 });
  });
});

describe("a run", () => {
  const orders = refreshSchedules.flatMap(({ id: schedule }) =>
    refreshStrategies.map(({ id: strategy }) => ({ strategy, schedule, singleFlight: false })),
  );

  test("is the same with the same seed, word for word", async () => {
    for (const order of orders)
      expect(await runOf({ ...order, seed: 11 })).toEqual(await runOf({ ...order, seed: 11 }));
  });

  test("differs with another seed, if several actors act at once", async () => {
    const order = { strategy: "grace", schedule: "two-tabs", singleFlight: false };
    const seen = new Set<string>();
    for (let seed = 1; seed <= 20; seed += 1) seen.add(JSON.stringify((await runOf({ ...order, seed })).steps));
    expect(seen.size).toBeGreaterThan(10);
  });

  test("has no credential in it", async () => {
    for (const order of orders) expect(JSON.stringify(await runOf({ ...order, seed: 1 }))).not.toMatch(/[\w-]{30,}/);
  });

  test("in a frozen schedule takes no time at all", async () => {
    const { steps } = await runOf({ strategy: "grace", schedule: "same-second", singleFlight: false, seed: 1 });
    expect(steps.filter(({ settling, at }) => !settling && at !== 0)).toEqual([]);
  });

  test("has a fault exactly if its schedule has one", async () => {
    for (const [schedule, kind] of [
      ["crash", "crash"],
      ["answer-lost", "lost"],
      ["restart-empty", "restart"],
    ] as const) {
      for (let seed = 1; seed <= 20; seed += 1) {
        const { steps } = await runOf({ strategy: "grace", schedule, singleFlight: false, seed });
        expect(steps.filter(({ event }) => event.kind === kind)).toHaveLength(1);
      }
    }
  });

  test("can crash at each store call, and before the answer is sent", async () => {
    const before = new Set<string>();
    for (let seed = 1; seed <= 40; seed += 1) {
      const { steps } = await runOf({ strategy: "grace", schedule: "crash", singleFlight: false, seed });
      const { event } = steps[steps.findIndex((step) => step.event.kind === "crash") - 1] ?? {};
      before.add(event?.kind === "store" ? event.call : (event?.kind ?? "nothing"));
    }
    expect([...before].sort()).toEqual(["exchange it", "look it up", "send"]);
  });

  test("plays the registered flow: a broken flow turns the bench red", async () => {
    const forgetful = flows.map(
      ({ manifest, create }: FlowModule): FlowModule => ({
        manifest,
        create: (ports) => create({ ...ports, families: { ...ports.families, end: async () => false } }),
      }),
    );
    const other = createRefreshBench(forgetful, (error) => failures.push(error), wire);
    const late = { strategy: "atomic", schedule: "after-breach", singleFlight: false };
    expect((await tallyOf(late, other)).bad["in-after-end"]?.times).toBe(runs);
    expect((await tallyOf(late)).bad["in-after-end"]?.times).toBe(0);
  });
});

test("a count names the first failing seed, whose run shows the failure", async () => {
  const order = { strategy: "naive", schedule: "theft-race", singleFlight: false };
  const { times = 0, seed } = (await tallyOf(order)).bad["thief-survives"] ?? {};
  expect(times).toBeGreaterThan(0);
  expect((await runOf({ ...order, seed: seed ?? 0 })).outcome.thiefSurvives).toBe(true);
  for (let earlier = 1; earlier < (seed ?? 0); earlier += 1) {
    expect((await runOf({ ...order, seed: earlier })).outcome.thiefSurvives).toBe(false);
  }
});

test("a count of logins after the end counts only runs with an end", async () => {
  const endOf = async (strategy: string, schedule: string) =>
    (await tallyOf({ strategy, schedule, singleFlight: false })).bad["in-after-end"];
  // Without rotation a theft is not detected, so the family does not end.
  expect(await endOf("none", "theft-late")).toEqual({ times: 0, of: 0, seed: null });
  expect(await endOf("atomic", "theft-late")).toEqual({ times: 0, of: runs, seed: null });
  expect(await endOf("blind-grace", "after-breach")).toMatchObject({ times: runs, of: runs });
});

test("the first seed follows the last", async () => {
  const order = { strategy: "atomic", schedule: "answer-lost", singleFlight: false };
  const counted: BenchTally[] = [];
  for await (const tally of bench.count({ ...order, from: 2 ** 32 - 1, runs: 2 })) counted.push(tally);
  expect(counted).toMatchObject([{ runs: 2, bad: { "false-logout": { times: 2, seed: 2 ** 32 - 1 } } }]);
});

test("schedule and strategy ids are unique", () => {
  for (const ids of [refreshSchedules.map(({ id }) => id), refreshStrategies.map(({ id }) => id)]) {
    expect(new Set(ids).size).toBe(ids.length);
  }
});
