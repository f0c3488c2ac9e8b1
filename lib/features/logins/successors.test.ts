import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { createArgon2Passwords } from "../../adapters/argon2-passwords.ts";
import type { VariantId } from "../../core/ids.ts";
import type { Variant } from "../../core/variant.ts";
import { flows } from "../../flows/registry.ts";
import { demoPasswords } from "../../server/demo-people.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { createVisitor, enterLab, flowOf, type Reply, type Visitor } from "../../testing/visitor.ts";

/** Every check of a password takes as long as a real one, so that requests at once overlap. */
const quick = createArgon2Passwords({ memory: 64, passes: 1 });
const passwords = {
  ...quick,
  async verify(...asked: Parameters<typeof quick.verify>) {
    await sleep(60);
    return quick.verify(...asked);
  },
};
const app = await createTestApplication({}, { passwords });
afterAll(() => app.dispose());

const kept = flows.flatMap(({ manifest }) =>
  manifest.variants.flatMap(({ id, settings }: Variant): readonly VariantId[] =>
    settings.store === undefined ? [] : [id],
  ),
);

async function loggedIn(variant: VariantId): Promise<Visitor> {
  const visitor = await enterLab(app);
  expect((await visitor.logIn(variant)).status).toBe(200);
  return visitor;
}

const password = demoPasswords["alice"];

/** As a page does, with the refresh token that it keeps itself. */
const again = (tab: Visitor, variant: VariantId) =>
  tab.logIn(variant, tab.refreshToken === null ? {} : { refresh_token: tab.refreshToken });

const outcomes = (replies: readonly Reply[]) => replies.map(({ status, code }) => code ?? status).toSorted();

/** One reply is the login that counts; the other sets nothing, and one login is live. */
async function expectOneSuccessor(variant: VariantId, tabs: readonly Visitor[], replies: readonly Reply[]) {
  expect(outcomes(replies)).toEqual([200, "SUPERSEDED"]);
  const lost = replies.find(({ code }) => code === "SUPERSEDED");
  expect([lost?.status, lost?.setCookies]).toEqual([409, []]);
  const winner = tabs[replies.findIndex(({ status }) => status === 200)];
  const listed = await winner?.get(`/api/${flowOf(variant)}/sessions`);
  expect(listed?.body["sessions"]).toMatchObject([{ current: true }]);
}

// Each test waits for its passwords in a lab of its own, so several wait at once.
describe.for(kept)("over one live login of %s", { concurrent: true }, (variant) => {
  const api = `/api/${flowOf(variant)}`;

  test("of two logins at once one counts", async () => {
    const visitor = await loggedIn(variant);
    const tabs = [visitor.copy(), visitor.copy()];
    await expectOneSuccessor(variant, tabs, await Promise.all(tabs.map((tab) => again(tab, variant))));
  });

  test("of two reauthentications at once one counts", async () => {
    const visitor = await loggedIn(variant);
    const tabs = [visitor.copy(), visitor.copy()];
    const again = (tab: Visitor) => tab.post(`${api}/reauthenticate`, { password: password });
    await expectOneSuccessor(variant, tabs, await Promise.all(tabs.map(again)));
  });
});

test("the reauthentication that counts has the session data", async () => {
  const visitor = await loggedIn("server-session/sql");
  await visitor.send("PUT", "/api/server-session/data/cart", { body: { value: [1, 2] } });
  const tabs = [visitor.copy(), visitor.copy()];
  const replies = await Promise.all(
    tabs.map((tab) => tab.post("/api/server-session/reauthenticate", { password: password })),
  );
  const winner = tabs[replies.findIndex(({ status }) => status === 200)];
  expect((await winner?.get("/api/server-session/data"))?.body).toEqual({ data: { cart: [1, 2] } });
});

test.for([
  ["server-session/redis", "server-session/sql", "server-session/memory"],
  ["server-session/sql", "server-session/sql", "server-session/file"],
  ["hybrid/short-jwt", "hybrid/allowlist", "hybrid/bearer-or-session"],
  ["hybrid/allowlist", "hybrid/allowlist", "hybrid/short-jwt"],
] as const)("over one live login of %s, of logins with %s and %s at once one counts", async ([before, one, other]) => {
  const visitor = await loggedIn(before);
  const tabs = [visitor.copy(), visitor.copy()];
  const replies = [tabs[0]?.logIn(one), tabs[1]?.logIn(other)].map((each) => each ?? expect.unreachable());
  await expectOneSuccessor(before, tabs, await Promise.all(replies));
});

test("a login whose answer was lost is no rival of the next one of that browser", async () => {
  const twice = kept.map(async (variant) => {
    const visitor = await loggedIn(variant);
    for (const again of [visitor.copy(), visitor]) {
      expect([variant, (await again.logIn(variant)).status]).toEqual([variant, 200]);
    }
  });
  await Promise.all(twice);
});

test("a login over one that was logged out elsewhere is no rival", async () => {
  const afterwards = kept.map(async (variant) => {
    const visitor = await loggedIn(variant);
    expect((await visitor.copy().post(`/api/${flowOf(variant)}/logout`)).status).toBe(204);
    expect([variant, (await visitor.logIn(variant)).status]).toEqual([variant, 200]);
  });
  await Promise.all(afterwards);
});

test("a password change whose login was replaced meanwhile sets no cookie, and the newer login is not logged out", async () => {
  const visitor = await loggedIn("server-session/sql");
  const tab = visitor.copy();
  const [changed, again] = await Promise.all([
    visitor.post("/api/account/password", { current: password, next: "another long one 7" }),
    tab.logIn("server-session/sql"),
  ]);
  // Whichever of the two came first: the password is changed, and no cookie of the other is taken away.
  expect(changed.status).toBe(204);
  const deletes = changed.setCookies.filter((line) => /Max-Age=0/.test(line));
  if (again.status === 200) expect(deletes).toEqual([]);
  const afresh = createVisitor(
    app,
    [...visitor.cookies].filter(([name]) => name === "__Host-lab"),
  );
  expect((await afresh.logIn("server-session/sql", { password: "another long one 7" })).status).toBe(200);
});
