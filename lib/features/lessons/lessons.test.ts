import { afterAll, expect, test, vi } from "vitest";
import type { FlowManifest } from "../../core/variant.ts";
import { flows } from "../../flows/registry.ts";
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
  const opened: string[] = [];
  const lessons = createLessons({
    stage: {
      ...app.stage,
      async openLab() {
        const cookie = await app.stage.openLab();
        opened.push(cookie[1]);
        return cookie;
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
  return { lessons, left, pass };
}

test("a process has sixty lessons at once; a new visitor is then told when to ask again, and one who has a lesson is not", async () => {
  const { lessons } = openLessons();
  const visitors = Array.from({ length: 60 }, (_, number) => `visitor ${number}`);
  for (const visitor of visitors) expect((await lessons.begin(visitor, wanted)).ok).toBe(true);
  expect(await lessons.begin("one more", wanted)).toEqual({
    ok: false,
    code: "TOO_MANY_REQUESTS",
    detail: expect.stringMatching(/^Others have lessons/),
    retryAfter: 3600,
  });
  expect((await lessons.begin("visitor 0", wanted)).ok).toBe(true);
  await lessons.close();
  expect((await lessons.begin("one more", wanted)).ok).toBe(true);
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
