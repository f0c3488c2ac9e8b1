import { afterAll, describe, expect, test } from "vitest";
import { createArgon2Passwords } from "../../adapters/argon2-passwords.ts";
import type { VariantId } from "../../core/ids.ts";
import type { Variant } from "../../core/variant.ts";
import { flows } from "../../flows/registry.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { enterLab, flowOf, type Visitor } from "../../testing/visitor.ts";

const app = await createTestApplication({}, { passwords: createArgon2Passwords({ memory: 64, passes: 1 }) });
afterAll(() => app.dispose());

/** Every two variants of a flow that keep records: the login before, and the one that replaces it. */
const pairs = flows.flatMap(({ manifest }) => {
  const kept = manifest.variants.filter(({ settings }: Variant) => settings.store !== undefined);
  return kept.flatMap(({ id: before }) =>
    kept.flatMap(({ id: now }): readonly (readonly [VariantId, VariantId])[] =>
      now === before ? [] : [[before, now]],
    ),
  );
});

/** A browser that is logged in after another device of the same person, in a lab with this cap. */
async function twoLogins(variant: VariantId, parallelLogins: number) {
  const browser = await enterLab(app);
  await cap(browser, parallelLogins);
  for (const each of [browser.another(), browser]) expect((await each.logIn(variant)).status).toBe(200);
  return browser;
}

const cap = (visitor: Visitor, parallelLogins: number) =>
  visitor.send("PATCH", "/api/lab/settings", { body: { parallelLogins } });

/** As a page does, with the refresh token that it keeps itself. */
const again = (browser: Visitor, variant: VariantId) =>
  browser.logIn(variant, browser.refreshToken === null ? {} : { refresh_token: browser.refreshToken });

async function liveLogins(visitor: Visitor, variant: VariantId): Promise<number> {
  const { sessions } = (await visitor.get(`/api/${flowOf(variant)}/sessions`)).body;
  return Array.isArray(sessions) ? sessions.length : 0;
}

async function evictions(visitor: Visitor): Promise<number> {
  const { events } = (await visitor.get("/api/audit")).body;
  return Array.isArray(events) ? events.filter(({ type }) => type === "evicted").length : 0;
}

describe.for(pairs)("over a login of %s, a login of the same browser with %s", ([before, now]) => {
  test("ends no login where the cap is not exceeded without the login that it replaces", async () => {
    const browser = await twoLogins(before, 2);
    expect((await again(browser, now)).status).toBe(200);
    expect([await liveLogins(browser, now), await evictions(browser)]).toEqual([2, 0]);
  });

  test("evicts the oldest other login where the cap is exceeded without the login that it replaces", async () => {
    const browser = await twoLogins(before, 2);
    await cap(browser, 1);
    expect((await again(browser, now)).status).toBe(200);
    expect([await liveLogins(browser, now), await evictions(browser)]).toEqual([1, 1]);
  });
});

test("a login counts under the cap also if it is the first one of its variant in the lab", async () => {
  const browser = await enterLab(app);
  await cap(browser, 1);
  expect((await browser.logIn("server-session/sql")).status).toBe(200);
  const device = browser.another();
  expect((await device.logIn("server-session/memory")).status).toBe(200);
  expect((await browser.get("/api/server-session/me")).code).toBe("REVOKED");
  expect([await liveLogins(device, "server-session/memory"), await evictions(device)]).toEqual([1, 1]);
});
