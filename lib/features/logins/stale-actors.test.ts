import { afterAll, describe, expect, test } from "vitest";
import type { VariantId } from "../../core/ids.ts";
import type { Variant } from "../../core/variant.ts";
import { flows } from "../../flows/registry.ts";
import { demoPasswords } from "../../server/demo-people.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { enterLab, flowOf, type Visitor } from "../../testing/visitor.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const kept = flows.flatMap(({ manifest }) =>
  manifest.variants.flatMap(({ id, settings }: Variant): readonly VariantId[] =>
    settings.store === undefined ? [] : [id],
  ),
);
/** Whose token is good to its `exp`, whatever became of its record. */
const readOn = new Set<string>(["hybrid/short-jwt", ...kept.filter((id) => flowOf(id) === "memory-jwt")]);

const password = demoPasswords["admin"] ?? "";

/** An admin who logged in twice in one browser; `stale` has what the first of the two logins gave. */
async function loggedInTwice(variant: VariantId) {
  const browser = await enterLab(app);
  expect((await browser.logIn(variant, { username: "admin" })).status).toBe(200);
  const stale = browser.copy();
  const own = browser.refreshToken === null ? {} : { refresh_token: browser.refreshToken };
  expect((await browser.logIn(variant, { username: "admin", ...own })).status).toBe(200);
  return { browser, stale };
}

const changes = (variant: VariantId): readonly (readonly [string, object])[] => {
  const api = `/api/${flowOf(variant)}`;
  return [
    ...(["current", "others", "all"] as const).map((scope) => [`${api}/revoke`, { scope }] as const),
    [`${api}/transfer`, { to: "bob", amount: 1 }],
    [`${api}/reauthenticate`, { password }],
    ["/api/account/password", { current: password, next: "another long one 7" }],
    ["/api/admin/users/nobody/role", { role: "admin" }],
    ...(flowOf(variant) === "server-session" ? ([[`${api}/pay`, { to: "bob", amount: 1 }]] as const) : []),
  ];
};

async function expectNoPower(variant: VariantId, stale: Visitor, headers = {}) {
  for (const [path, body] of changes(variant)) {
    const { status } = await stale.copy().send("POST", path, { body, headers });
    expect([path, status]).toEqual([path, 401]);
  }
}

describe.for(kept)("with a replaced login of %s", (variant) => {
  test("a replaced credential can end or change nothing, and the newer login of that browser goes on", async () => {
    const { browser, stale } = await loggedInTwice(variant);
    await expectNoPower(variant, stale);
    expect((await browser.get(`/api/${flowOf(variant)}/me`)).status).toBe(200);
    const listed = await browser.get(`/api/${flowOf(variant)}/sessions`);
    expect(listed.body["sessions"]).toMatchObject([{ current: true }]);
  });

  test("reading goes on to its exp where the variant asks no record, and nowhere else", async () => {
    const { stale } = await loggedInTwice(variant);
    const { status } = await stale.get(`/api/${flowOf(variant)}/me`);
    expect(status).toBe(readOn.has(variant) ? 200 : 401);
  });

  test("a logout is a 204", async () => {
    const { stale } = await loggedInTwice(variant);
    expect((await stale.post(`/api/${flowOf(variant)}/logout`)).status).toBe(204);
  });
});

test("a node that still remembers an ended login lets it read, and act no more", async () => {
  const visitor = await enterLab(app);
  await visitor.logIn("server-session/cached", { username: "admin" });
  const other = { headers: { "loginscope-node": "other" } };
  expect((await visitor.send("GET", "/api/server-session/me", other)).status).toBe(200);
  const copy = visitor.copy();
  await visitor.post("/api/server-session/logout");
  expect((await copy.send("GET", "/api/server-session/me", other)).status).toBe(200);
  await expectNoPower("server-session/cached", copy, other.headers);
});
