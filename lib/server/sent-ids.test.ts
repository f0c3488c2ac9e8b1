import { afterAll, describe, expect, test } from "vitest";
import type { VariantId } from "../core/ids.ts";
import type { Variant } from "../core/variant.ts";
import { flows } from "../flows/registry.ts";
import { sessionIdCookie } from "../lab/cookies/session-id.ts";
import { createTestApplication } from "../testing/test-application.ts";
import { enterLab, flowOf, type Visitor } from "../testing/visitor.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const withIds = flows.flatMap(({ manifest }) =>
  manifest.variants.flatMap((variant: Variant) => {
    const cookie = sessionIdCookie(variant);
    return cookie === null ? [] : [{ ...variant, cookie }];
  }),
);

async function enter(adoptSentId: boolean): Promise<Visitor> {
  const visitor = await enterLab(app);
  const reply = await visitor.send("PATCH", "/api/lab/settings", { body: { adoptSentId } });
  expect([reply.status, reply.body["adoptSentId"]]).toEqual([200, adoptSentId]);
  return visitor;
}

/** Who is logged in: as the access cookie says, or where it is the id that renews, as a refresh says. */
async function whoIs(visitor: Visitor, id: VariantId): Promise<unknown> {
  const renews = withIds.find((each) => each.id === id)?.settings.proof === "token-renewed-by-record";
  const api = `/api/${flowOf(id)}`;
  const { body, code } = renews ? await visitor.post(`${api}/refresh`) : await visitor.get(`${api}/me`);
  const user = body["user"];
  return typeof user === "object" && user !== null && "username" in user ? user.username : code;
}

/** A made-up id with the address of another one. */
const madeUp = (id: string) => `${id.split(".").slice(0, 2).join(".")}.${"a".repeat(43)}`;

describe.for(withIds)("$id", ({ id, cookie, settings }) => {
  test("gives each login a new id, whatever id came in; with adoptSentId it keeps that id", async () => {
    for (const adopts of [false, true]) {
      const alice = await enter(adopts);
      const bob = alice.another();
      await bob.logIn(id, { username: "bob" });
      const planted = bob.cookies.get(cookie) ?? "";
      alice.cookies.set(cookie, planted);
      expect((await alice.logIn(id)).status).toBe(200);
      expect([adopts, alice.cookies.get(cookie) === planted]).toEqual([adopts, adopts]);
      const ended = settings.proof === "id-introspected" ? "INVALID_CREDENTIAL" : "REVOKED";
      const thief = alice.another();
      thief.cookies.set(cookie, planted);
      expect(await whoIs(thief, id)).toBe(adopts ? "alice" : ended);
      expect(await whoIs(alice, id)).toBe("alice");
      // Over one's own login, and then its end.
      expect((await alice.logIn(id)).status).toBe(200);
      expect(await whoIs(alice, id)).toBe("alice");
      const copy = alice.copy();
      expect((await alice.post(`/api/${flowOf(id)}/logout`)).status).toBe(204);
      expect(await whoIs(copy, id)).toBe(ended);
    }
  });

  test("with adoptSentId keeps a made-up id as well, unless ids are signed", async () => {
    const alice = await enter(true);
    const other = alice.another();
    await other.logIn(id, { username: "bob" });
    const planted = madeUp(other.cookies.get(cookie) ?? "");
    alice.cookies.set(cookie, planted);
    await alice.logIn(id);
    expect(alice.cookies.get(cookie) === planted).toBe(settings.id !== "signed");
    expect(await whoIs(alice, id)).toBe("alice");
  });

  test("with adoptSentId keeps no id that no cookie can hold", async () => {
    const alice = await enter(true);
    const other = alice.another();
    await other.logIn(id);
    const [lab = "", variant = ""] = (other.cookies.get(cookie) ?? "").split(".");
    alice.cookies.set(cookie, [lab, variant, "a".repeat(4200)].join("."));
    expect((await alice.logIn(id)).status).toBe(200);
    expect(await whoIs(alice, id)).toBe("alice");
  });

  test("with adoptSentId and two ids that came, the login that keeps one goes on", async () => {
    const alice = await enter(true);
    const other = alice.another();
    await other.logIn(id);
    const [one, two] = [madeUp(other.cookies.get(cookie) ?? ""), madeUp(other.cookies.get(cookie) ?? "")];
    const lab = `__Host-lab=${alice.cookies.get("__Host-lab")}`;
    const headers = { cookie: `${lab}; ${cookie}=${one}; ${cookie}=${two}` };
    const body = { username: "alice", password: "alice-likes-tea", variant: id };
    expect((await alice.send("POST", `/api/${flowOf(id)}/login`, { headers, body })).status).toBe(200);
    expect(await whoIs(alice, id)).toBe("alice");
  });

  test("keeps no id of another lab or variant", async () => {
    const [here, there] = [await enter(true), await enter(true)];
    await there.logIn(id);
    const foreign = there.cookies.get(cookie) ?? "";
    const [lab = "", variant = "", ...rest] = foreign.split(".");
    for (const sent of [foreign, [lab, `${variant}-2`, ...rest].join("."), "none", "a.b.c"]) {
      const alice = here.another();
      alice.cookies.set(cookie, sent);
      expect((await alice.logIn(id)).status).toBe(200);
      expect(alice.cookies.get(cookie)).not.toBe(sent);
      expect(await whoIs(alice, id)).toBe("alice");
    }
  });
});
