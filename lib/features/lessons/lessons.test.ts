import { afterAll, expect, onTestFinished, test, vi } from "vitest";
import type { FlowManifest } from "../../core/variant.ts";
import { flows } from "../../flows/registry.ts";
import { createLabMemory } from "../../lab/memory/lab-memory.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { createLessons } from "./lessons.ts";

// A story logs in with four flows, and each login hashes a password.
vi.setConfig({ testTimeout: 60_000 });

const app = await createTestApplication();
afterAll(() => app.dispose());

const manifests: readonly FlowManifest[] = flows.map(({ manifest }) => manifest);
const wanted = { name: "log-out", played: 0 };

function openLessons() {
  let now = 0;
  let open = 0;
  let most = 0;
  const opened: string[] = [];
  const memory = createLabMemory();
  const lessons = createLessons({
    memory,
    stage: {
      ...app.stage,
      async openLab() {
        open += 1;
        most = Math.max(most, open);
        const cookie = await app.stage.openLab();
        opened.push(cookie[1]);
        return cookie;
      },
      async transport(request) {
        const answer = await app.stage.transport(request);
        if (request.url.endsWith("/api/lab/reset")) open -= 1;
        return answer;
      },
    },
    manifests,
    systemClock: { now: () => now },
    stopping: new AbortController().signal,
    report: () => {},
  });
  const left = async () => {
    const found = opened.map((cookie) => app.labContexts.findWritten(app.labContexts.labIdOf(cookie)));
    return (await Promise.all(found)).filter((context) => context !== null).length;
  };
  const pass = (length: number) => {
    now += length;
  };
  return { memory, lessons, left, pass, most: () => most };
}

test("a process has sixty lessons at once; a new visitor is then told when to ask again, and one who has a lesson is not", async () => {
  const { lessons } = openLessons();
  const visitors = Array.from({ length: 60 }, (_, number) => `visitor ${number}`);
  for (const visitor of visitors) expect((await lessons.begin(visitor, wanted)).ok).toBe(true);
  expect(await lessons.begin("one more", wanted)).toEqual({
    ok: false,
    code: "TOO_MANY_REQUESTS",
    detail: expect.stringMatching(/^Others have lessons/),
    retryAfter: 300,
  });
  expect((await lessons.begin("visitor 0", wanted)).ok).toBe(true);
  await lessons.close();
  expect((await lessons.begin("one more", wanted)).ok).toBe(true);
  await lessons.close();
});

test("when all places are taken, the lesson that was idle longest gives its place after five minutes", async () => {
  const { lessons, pass, most } = openLessons();
  const first = await lessons.begin("visitor 0", wanted);
  pass(60_000);
  for (let number = 1; number < 60; number++) await lessons.begin(`visitor ${number}`, wanted);
  pass(4 * 60_000);
  expect((await lessons.begin("one more", wanted)).ok).toBe(true);
  expect(await lessons.play("visitor 0", { id: first.ok ? first.value.id : "", step: 0 })).toMatchObject({ ok: false });
  expect(await lessons.begin("yet another", wanted)).toMatchObject({ ok: false, code: "TOO_MANY_REQUESTS" });
  expect(most()).toBe(60);
  await lessons.close();
});

test("while the labs of ended lessons are being removed, a new visitor waits for a place and is not refused", async () => {
  const { lessons, most, memory } = openLessons();
  const visitors = Array.from({ length: 60 }, (_, number) => `visitor ${number}`);
  for (const visitor of visitors) await lessons.begin(visitor, wanted);
  memory.forget(visitors);
  expect((await lessons.begin("one more", wanted)).ok).toBe(true);
  expect(most()).toBe(60);
  await lessons.close();
});

test("a visitor who begins eighty lessons at once has one lab, and the last one that was begun", async () => {
  const { lessons, most } = openLessons();
  const begun = await Promise.all(Array.from({ length: 80 }, () => lessons.begin("hasty", { ...wanted, played: 1 })));
  expect(begun.map(({ ok }) => ok)).toEqual([...Array.from({ length: 79 }, () => false), true]);
  expect(most()).toBe(1);
  await lessons.close();
});

test("a lesson without a step for an hour is ended, and its lab is removed", async () => {
  const { lessons, left, pass } = openLessons();
  const begun = await lessons.begin("idle", wanted);
  const used = await lessons.begin("used", wanted);
  const [idle, busy] = [begun, used].map((each) => (each.ok ? each.value.id : ""));
  pass(40 * 60_000);
  expect((await lessons.play("used", { id: busy ?? "", step: 0 })).ok).toBe(true);
  pass(30 * 60_000);
  lessons.sweep();
  await expect.poll(left).toBe(1);
  expect(await lessons.play("idle", { id: idle ?? "", step: 0 })).toMatchObject({ ok: false, code: "NOT_FOUND" });
  expect((await lessons.play("used", { id: busy ?? "", step: 1 })).ok).toBe(true);
  await lessons.close();
  expect(await left()).toBe(0);
});

test("a timer ends idle lessons once a minute, and stops with the last one", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const { lessons, left, pass } = openLessons();
  expect((await lessons.begin("idle", wanted)).ok).toBe(true);
  expect(vi.getTimerCount()).toBe(1);
  pass(61 * 60_000);
  vi.advanceTimersByTime(60_000);
  await expect.poll(left).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
  await lessons.close();
});

test("a step that is asked for twice at once is played once", async () => {
  const { lessons } = openLessons();
  const begun = await lessons.begin("visitor", wanted);
  const id = begun.ok ? begun.value.id : "";
  const [one, other] = await Promise.all([
    lessons.play("visitor", { id, step: 0 }),
    lessons.play("visitor", { id, step: 0 }),
  ]);
  expect(one.ok && other.ok && one.value === other.value).toBe(true);
  await lessons.close();
});
