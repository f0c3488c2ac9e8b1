import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FlowModule } from "../../core/flow.ts";
import type { FlowDeps } from "../../core/ports.ts";
import { ok, refuse } from "../../core/result.ts";
import { second } from "../../core/time.ts";
import type { FlowManifest } from "../../core/variant.ts";
import { flows } from "../../flows/registry.ts";
import type { Experiment } from "../../lab/experiment.ts";
import type { Stage } from "../../lab/stage.ts";
import { createTestApplication, type TestApplication } from "../../testing/test-application.ts";
import { expectedEnd, type RaceNews, type RaceVerdict } from "./model.ts";
import { findPlug, oneOfEachKind, racePlugs } from "./plugs.ts";
import { entrantsOf } from "./races.ts";
import { type Race, runRace } from "./run-race.ts";

/** A system clock that runs by itself, and skips what a race waits for. */
let skipped = 0;
const clock = { now: () => Date.now() + skipped };
const pause: Race["pause"] = async (length) => {
  // Five seconds at a time: every end of a lifetime still lies between two looks, and no other one does.
  skipped += length + 4 * second;
};

let application: TestApplication;
beforeAll(async () => {
  application = await createTestApplication({}, { systemClock: clock });
});
afterAll(() => application.dispose());

type Entrants = Race["entrants"];
const manifests: readonly FlowManifest[] = flows.map(({ manifest }) => manifest);
const everybody: Entrants = manifests.flatMap((manifest) =>
  manifest.variants.map((variant) => ({ manifest, variant, thief: "silent" as const })),
);

function only(ids: readonly string[]): Entrants {
  return everybody.filter(({ variant }) => ids.includes(variant.id));
}

function plugOf(id: string): Experiment {
  const plug = findPlug(id);
  if (!plug) throw new Error(`There is no plug ${id}`);
  return plug;
}

async function raced(race: Pick<Race, "plug" | "entrants"> & Partial<Race>): Promise<readonly RaceNews[]> {
  const told: RaceNews[] = [];
  const { stage } = application;
  const signal = new AbortController().signal;
  await runRace({ stage, clock, pause, signal, ...race }, (news) => void told.push(news));
  return told;
}

function verdictsIn(told: readonly RaceNews[]): readonly RaceVerdict[] {
  return told.flatMap((news) => (news.type === "verdict" ? [news] : []));
}

/** It says what was measured and what is claimed, or names the code alone. */
function isUnexplained(reason: string): boolean {
  return /^Measured|refused it with/.test(reason);
}

async function expectAsClaimed(plug: Experiment, entrants: Entrants): Promise<void> {
  const told = await raced({ plug, entrants });
  const verdicts = verdictsIn(told);
  expect(told.filter(({ type }) => type === "failed")).toEqual([]);
  expect(verdicts).toHaveLength(entrants.flatMap(({ variant }) => variant.holds).length);
  expect(verdicts.filter(({ holds }) => !holds)).toEqual([]);
  expect(verdicts.filter(({ reason }) => isUnexplained(reason))).toEqual([]);
  expect(told.at(-1)).toEqual({ type: "done" });
}

describe("in a race one variant of each kind does what it claims", { timeout: 60_000 }, () => {
  test.for(racePlugs)("$id", (plug) => expectAsClaimed(plug, only(oneOfEachKind(plug, manifests))));
});

test("without a plug each variant does what it claims", { timeout: 60_000 }, () =>
  expectAsClaimed(plugOf("client-forgets"), everybody),
);

/** A stage that remembers which labs it opened. */
function watchedStage({ stage, labContexts }: TestApplication) {
  const opened: string[] = [];
  const watched: Stage = {
    ...stage,
    async openLab() {
      const cookie = await stage.openLab();
      opened.push(labContexts.labIdOf(cookie[1]));
      return cookie;
    },
  };
  const left = async () =>
    (await Promise.all(opened.map((id) => labContexts.find(id)))).filter((context) => context !== null);
  return { stage: watched, opened, left };
}

test("each variant of a race has a lab of its own, which is removed at the end", async () => {
  const { stage, opened, left } = watchedStage(application);
  await raced({ plug: plugOf("replay-after-logout"), entrants: only(["cookie/sealed", "server-session/sql"]), stage });
  expect(new Set(opened).size).toBe(2);
  expect(await left()).toEqual([]);
});

test("a check without an answer is no refusal: the copy is checked again", async () => {
  const { stage } = application;
  let unanswered = 4;
  const busy: Stage = {
    ...stage,
    async transport(request) {
      if (!request.url.endsWith("/api/lab/try") || unanswered === 0) return stage.transport(request);
      unanswered -= 1;
      return Response.json({ code: "TOO_MANY_REQUESTS" }, { status: 429 });
    },
  };
  const entrants = only(["cookie/sealed"]);
  const told = await raced({ plug: plugOf("replay-after-logout"), entrants, stage: busy });
  expect(unanswered).toBe(0);
  expect(verdictsIn(told)).toMatchObject([{ outcome: "exposed", until: "idle", holds: true }]);
});

test("a stopped race streams no more, judges no copy, and removes its labs", async () => {
  const { stage, opened, left } = watchedStage(application);
  const stop = new AbortController();
  let waits = 0;
  const told = await raced({
    plug: plugOf("client-forgets"),
    entrants: only(["cookie/sealed", "memory-jwt/rotating"]),
    stage,
    signal: stop.signal,
    async pause() {
      waits += 1;
      stop.abort();
    },
  });
  expect(waits).toBe(1);
  expect(verdictsIn(told)).toEqual([]);
  expect(told.some(({ type }) => type === "done")).toBe(false);
  expect(opened).toHaveLength(2);
  expect(await left()).toEqual([]);
});

test("a copy that outlives its plug is seen in seconds after it, with the claimed end", async () => {
  const told = await raced({ plug: plugOf("replay-after-logout"), entrants: only(["memory-jwt/rotating"]) });
  const pulled = told.find((news) => news.type === "pulled");
  const start = told.find((news) => news.type === "start");
  const [access] = start?.lanes[0]?.copies ?? [];
  if (!pulled || !access) throw new Error("Nobody started, or nobody pulled");
  const end = expectedEnd(access, pulled.afterLoginSeconds);
  const [refresh, token] = verdictsIn(told);
  expect(refresh).toMatchObject({ credential: "refresh", outcome: "REVOKED", acceptedAfter: null, until: "at-once" });
  expect(token).toMatchObject({ credential: "access", outcome: "exposed", until: "access", code: "EXPIRED" });
  expect(token?.acceptedAfter).toBeLessThan(end ?? 0);
  expect(token?.refusedAfter).toBeGreaterThan((end ?? 0) - 1);
  expect(end).toBeGreaterThan(10);
});

test("a lowered role is seen as stale in a variant that does not look it up", async () => {
  const told = await raced({ plug: plugOf("role-lowered"), entrants: only(["cookie/sealed", "server-session/sql"]) });
  const after = told.flatMap((news) =>
    news.type === "in" ? news.copies.filter(({ seconds }) => seconds !== null) : [],
  );
  const authorities = (lane: number) =>
    new Set(after.filter((each) => each.lane === lane).map((each) => each.authority));
  expect([authorities(0), authorities(1)]).toEqual([new Set(["stale"]), new Set(["current"])]);
});

test("a copy that never got in is judged before the plug, by the claim without a plug", async () => {
  const told = await raced({ plug: plugOf("logout-elsewhere"), entrants: only(["server-session/memory"]) });
  expect(told.some(({ type }) => type === "pulled")).toBe(false);
  expect(verdictsIn(told)).toMatchObject([{ outcome: "INVALID_CREDENTIAL", refusedAfter: null, holds: true }]);
});

test("a plug that a variant lacks is answered NOT_SUPPORTED, and the race goes on", async () => {
  const told = await raced({ plug: plugOf("revoke-this"), entrants: only(["cookie/signed"]) });
  expect(told.find(({ type }) => type === "pulled")).toMatchObject({ status: 405, code: "NOT_SUPPORTED" });
  expect(verdictsIn(told)).toMatchObject([{ outcome: "exposed", until: "idle", code: "EXPIRED", holds: true }]);
});

/** The lanes of active thieves, of each flow's default. */
function activeAt(plug: Experiment): Entrants {
  const chosen = only(manifests.map(({ defaults }) => defaults.lab));
  return entrantsOf(plug, chosen, true).filter(({ thief }) => thief === "active");
}

describe("a thief who keeps using a copy of a default gets in as long as is claimed", { timeout: 60_000 }, () => {
  const gaining = racePlugs.filter((plug) => activeAt(plug).length > 0);

  test.for(gaining)("$id", async (plug) => {
    const entrants = activeAt(plug);
    const verdicts = verdictsIn(await raced({ plug, entrants }));
    expect(verdicts).toHaveLength(entrants.length);
    expect(verdicts.filter(({ holds }) => !holds)).toEqual([]);
  });

  test("after a logout that is the cookie's alone, past the idle end of an unused one", async () => {
    const logout = plugOf("replay-after-logout");
    expect(activeAt(logout).map(({ variant }) => variant.id)).toEqual(["cookie/sealed"]);
    const lanes = entrantsOf(logout, only(["cookie/sealed"]), true);
    const [unused, used] = verdictsIn(await raced({ plug: logout, entrants: lanes }));
    expect([unused?.until, used?.until]).toEqual(["idle", "absolute"]);
    expect(unused?.refusedAfter).toBeLessThan(used?.acceptedAfter ?? 0);
  });
});

describe("in a race of an application that breaks its claims", () => {
  test("a copy refused before the plug differs from a claim that the plug ends it, with the same code", () =>
    inApplication(
      {},
      (ports) => ({ ...ports, revocation: { ...ports.revocation, check: async () => refuse("REVOKED") } }),
      async () => {
        const entrants = only(["cookie/sealed-versioned"]);
        const told = await raced({ plug: plugOf("replay-after-logout"), entrants });
        expect(told.some(({ type }) => type === "pulled")).toBe(false);
        expect(verdictsIn(told)).toMatchObject([{ outcome: "REVOKED", refusedAfter: null, holds: false }]);
      },
    ));

  async function inApplication(
    env: Record<string, string>,
    bend: (ports: FlowDeps) => FlowDeps,
    act: () => Promise<void>,
  ): Promise<void> {
    const whole = application;
    const bent = flows.map(({ manifest, create }: FlowModule) => ({
      manifest,
      create: (ports: FlowDeps) => create(bend(ports)),
    }));
    application = await createTestApplication(env, { flows: bent, systemClock: clock });
    try {
      await act();
    } finally {
      await application.dispose();
      application = whole;
    }
  }

  test("a copy that goes on getting in differs from its claim", () =>
    inApplication(
      {},
      (ports) => ({ ...ports, revocation: { ...ports.revocation, check: async () => ok(null) } }),
      async () => {
        const entrants = only(["cookie/sealed-versioned", "server-session/sql"]);
        const verdicts = verdictsIn(await raced({ plug: plugOf("replay-after-logout"), entrants }));
        expect(verdicts).toMatchObject([
          { lane: 1, outcome: "REVOKED", until: "at-once", holds: true },
          { lane: 0, outcome: "exposed", until: "idle", holds: false },
        ]);
        expect(verdicts.map(({ reason }) => reason)).toEqual([
          "The logout ended its row, and every request looks there.",
          "Measured: still in. Claimed: refused, REVOKED.",
        ]);
      },
    ));

  test("a variant whose login fails is told with the answer, and the others run", () =>
    inApplication(
      { REDIS_URL: "" },
      (ports) => ports,
      async () => {
        const entrants = only(["server-session/sql", "server-session/redis"]);
        const told = await raced({ plug: plugOf("replay-after-logout"), entrants });
        expect(told.find(({ type }) => type === "failed")).toEqual({
          type: "failed",
          lane: 1,
          status: 422,
          code: "UNPROCESSABLE",
        });
        expect(verdictsIn(told)).toMatchObject([{ lane: 0, outcome: "REVOKED" }]);
      },
    ));
});
