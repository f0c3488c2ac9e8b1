import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FlowModule } from "../../core/flow.ts";
import { day, hour, lifetimePresets, minute, presetNames } from "../../core/time.ts";
import { flows } from "../../flows/registry.ts";
import { createTestApplication, type TestApplication } from "../../testing/test-application.ts";
import { enterLab, flowOf, type Visitor } from "../../testing/visitor.ts";

let app: TestApplication;
beforeAll(async () => {
  app = await createTestApplication();
});
afterAll(() => app.dispose());

const modules: readonly FlowModule[] = flows;
const variants = modules.flatMap(({ manifest }) => manifest.variants);

const choose = (visitor: Visitor, lifetimes: unknown) =>
  visitor.send("PATCH", "/api/lab/settings", { body: { lifetimes } });
const advance = (visitor: Visitor, milliseconds: number) =>
  visitor.post("/api/lab/clock", { advanceSeconds: milliseconds / 1000 });

describe.for(variants)("$id", ({ id, settings }) => {
  const me = `/api/${flowOf(id)}/me`;
  const short = flowOf(id) === "memory-jwt" || settings.proof === "token-renewed-by-record";
  // A service that is asked whether it counts does not say why not.
  const over = settings.proof === "id-introspected" ? "INVALID_CREDENTIAL" : "EXPIRED";

  test("chosen lifetimes apply to credentials issued afterwards; earlier ones keep their ends", async () => {
    const early = await enterLab(app);
    await early.logIn(id);
    expect((await choose(early, "seconds")).body).toMatchObject({ lifetimes: "seconds" });
    const late = early.another();
    await late.logIn(id);
    const { access, idle } = lifetimePresets.seconds;
    await advance(early, (short ? access : idle) + 1000);
    expect((await late.get(me)).code).toBe(over);
    expect((await early.get(me)).status).toBe(200);
  });

  test("the lab's view has its variants' current lifetimes", async () => {
    const visitor = await enterLab(app);
    await choose(visitor, "aal3");
    const told: unknown = (await visitor.get("/api/lab")).body["variants"];
    const variant = Array.isArray(told) ? told.find((each) => each.id === id) : undefined;
    expect(variant.settings.lifetimesSeconds).toMatchObject({ idle: 900, absolute: 43_200, remembered: 43_200 });
  });
});

test("[NIST 2.1.3] [NIST 2.2.3] [NIST 2.3.3] the presets stay within what each level allows", () => {
  const { aal1, aal2, aal3 } = lifetimePresets;
  for (const end of ["absolute", "remembered", "refresh"] as const) {
    expect(aal1[end]).toBeLessThanOrEqual(30 * day);
    expect(aal2[end]).toBeLessThanOrEqual(24 * hour);
    expect(aal3[end]).toBeLessThanOrEqual(12 * hour);
  }
  expect(aal2.idle).toBeLessThanOrEqual(hour);
  expect(aal3.idle).toBeLessThanOrEqual(15 * minute);
});

test.for(presetNames)("%s: an idle end comes before the absolute one, and remembering never shortens", (name) => {
  const { idle, absolute, remembered, access, refresh, touchEvery } = lifetimePresets[name];
  expect(idle).toBeLessThanOrEqual(absolute);
  expect(remembered).toBeGreaterThanOrEqual(absolute);
  expect(access).toBeLessThan(refresh);
  expect(touchEvery).toBeLessThan(idle);
});

test.for(["forever", "", 5, null])("unknown lifetimes are UNPROCESSABLE: %s", async (lifetimes) => {
  const reply = await choose(await enterLab(app), lifetimes);
  expect([reply.code, reply.body["detail"]]).toEqual(["UNPROCESSABLE", expect.stringMatching(/^lifetimes: /)]);
});
