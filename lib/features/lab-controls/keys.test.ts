import { afterAll, expect, test } from "vitest";
import { day, minute, second } from "../../core/time.ts";
import { mostKeys } from "../../lab/key-ring.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { labIdOf } from "../../testing/two-labs.ts";
import { enterLab, type Visitor } from "../../testing/visitor.ts";

const now = Date.UTC(2030, 0, 1, 12);
const app = await createTestApplication({}, { systemClock: { now: () => now } });
afterAll(() => app.dispose());

const rotate = (visitor: Visitor, overlap = true) => visitor.post("/api/lab/keys/rotate", { overlap });
const advance = (visitor: Visitor, by: number) =>
  visitor.post("/api/lab/clock", { advanceSeconds: Math.floor(by / second) });

/** How many keys of one algorithm the lab publishes. */
async function published(visitor: Visitor): Promise<number> {
  const { keys } = (await visitor.another().get(`/api/labs/${labIdOf(app, visitor)}/jwks`)).body;
  return Array.isArray(keys) ? keys.filter(({ alg }) => alg === "EdDSA").length : 0;
}

test.for(["cookie/signed", "cookie/sealed", "hybrid/allowlist", "server-session/signed-id"] as const)(
  "[ASVS 13.3.4] %s: a remembered login lives to its end, however often keys are rotated with overlap meanwhile",
  async (variant) => {
    const visitor = await enterLab(app);
    expect((await visitor.logIn(variant, { remember: true })).status).toBe(200);
    const copy = visitor.copy();
    const me = async () => (await copy.get(`/api/${variant.split("/")[0]}/me`)).status;
    for (let passed = 0; passed < 5; passed += 1) {
      await rotate(visitor);
      await advance(visitor, 6 * day - second);
    }
    // The copy is asked last, so that it was not reissued under a later key.
    expect(await me()).toBe(200);
    await advance(visitor, 5 * second);
    expect(await me()).toBe(401);
  },
);

test("after many rotations the published keys are those whose making may still live, also without another rotation", async () => {
  const visitor = await enterLab(app);
  await visitor.logIn("hybrid/allowlist");
  for (let turn = 0; turn < 30; turn += 1) {
    await rotate(visitor);
    await advance(visitor, 10 * day);
  }
  // Remembered logins live for 30 days: of the four last rotations the first is just a minute too young.
  expect(await published(visitor)).toBe(4);
  await advance(visitor, minute);
  expect(await published(visitor)).toBe(3);
  expect((await rotate(visitor)).body["accepted"]).toEqual([29, 30, 31, 32]);
  await advance(visitor, 40 * day);
  expect(await published(visitor)).toBe(1);
});

test("shorter lifetimes end no login from before them, however often keys are rotated with overlap after", async () => {
  const visitor = await enterLab(app);
  const set = (body: object) => visitor.send("PATCH", "/api/lab/settings", { body });
  await set({ rememberedDays: 90 });
  await visitor.logIn("cookie/sealed", { remember: true });
  const copy = visitor.copy();
  await set({ rememberedDays: 1 });
  for (let turn = 0; turn < 3; turn += 1) {
    await rotate(visitor);
    await advance(visitor, 29 * day);
  }
  expect((await copy.get("/api/cookie/me")).status).toBe(200);
});

test("more keys than a lab may publish are refused, and nothing is rotated; without overlap all are replaced", async () => {
  const visitor = await enterLab(app);
  await visitor.logIn("hybrid/allowlist");
  for (let turn = 1; turn < mostKeys; turn += 1) expect((await rotate(visitor)).status).toBe(200);
  const refused = await rotate(visitor);
  expect([refused.status, refused.code]).toEqual([422, "UNPROCESSABLE"]);
  expect(refused.body["detail"]).toContain(`overlap: ${mostKeys} keys verify already.`);
  expect((await visitor.get("/api/hybrid/me")).status).toBe(200);
  expect(await published(visitor)).toBe(mostKeys);
  expect((await rotate(visitor, false)).body).toEqual({ generation: mostKeys + 1, accepted: [mostKeys + 1] });
});
