import { afterAll, describe, expect, test } from "vitest";
import type { FlowModule } from "../../core/flow.ts";
import { flows } from "../../flows/registry.ts";
import { labCookie } from "../../http/request/lab-cookie.ts";
import type { EventView } from "../../lab/lab-view.ts";
import { triedName } from "../../server/labs/tried-names.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { createVisitor, enterLab, type Visitor } from "../../testing/visitor.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const modules: readonly FlowModule[] = flows;
const defaults = modules.map(({ manifest }) => ({ flow: manifest.id, variant: manifest.defaults.lab }));

async function eventsOf(visitor: Visitor): Promise<readonly EventView[]> {
  return JSON.parse((await visitor.get("/api/audit")).text).events;
}

/** Once there is one: events are written without making an answer wait. */
async function newest(visitor: Visitor, type: string): Promise<EventView | undefined> {
  const find = async () => (await eventsOf(visitor)).find((event) => event.type === type);
  await expect.poll(find).toBeDefined();
  return find();
}

describe("the event of a refused login", () => {
  test("names the person whose name was tried (ASVS 16.3.1)", async () => {
    const visitor = await enterLab(app);
    await visitor.logIn("cookie/sealed", { password: "not this one" });
    expect(await newest(visitor, "login-refused")).toMatchObject({ user: "alice", detail: "BAD_CREDENTIALS" });
  });

  test("has eight bytes in place of a name that nobody has (ASVS 16.2.5): equal for equal names, other ones in another lab", async () => {
    const [here, there] = [await enterLab(app), await enterLab(app)];
    const typed = "alice-likes-tea";
    for (const visitor of [here, here, there]) await visitor.logIn("cookie/sealed", { username: typed });
    await here.logIn("cookie/sealed", { username: `${typed}!` });
    await expect.poll(async () => (await eventsOf(here)).length).toBe(3);
    await newest(there, "login-refused");
    const events = await eventsOf(here);
    expect(JSON.stringify(events)).not.toContain(typed);
    for (const { user, detail } of events) {
      expect([user, detail]).toEqual([
        null,
        expect.stringMatching(/^BAD_CREDENTIALS, by a name that nobody has: [0-9a-f]{16}$/),
      ]);
    }
    const [other, second, first] = events.map(({ detail }) => detail);
    expect(second).toBe(first);
    expect(other).not.toBe(first);
    expect((await eventsOf(there))[0]?.detail).not.toBe(first);
  });

  test("[ASVS 6.3.8] costs the same work for every name: one mark and one look-up", async () => {
    const { lab, people } = await app.labContexts.open(app.labContexts.labIdOf(app.labContexts.mintLabCookie()));
    const real = app.labContexts.keysOf(lab);
    const workFor = async (username: string) => {
      const work: string[] = [];
      const keys = {
        ...real,
        markOf(text: string) {
          work.push("mark");
          return real.markOf(text);
        },
      };
      const counted = {
        ...people,
        named(name: string) {
          work.push("look-up");
          return people.named(name);
        },
      };
      return { work, found: await triedName(counted, keys, username) };
    };
    const [known, unknown] = [await workFor("alice"), await workFor("nobody")];
    expect(known.work).toEqual(unknown.work);
    expect([Object.keys(known.found), Object.keys(unknown.found)]).toEqual([["userId"], ["nobody"]]);
  });
});

describe("an event tells", () => {
  test.for(defaults)("a wrong password at reauthenticate and at a change: $variant", async ({ flow, variant }) => {
    const visitor = await enterLab(app);
    await visitor.logIn(variant);
    const wrong = "not this one";
    expect((await visitor.post(`/api/${flow}/reauthenticate`, { password: wrong })).code).toBe("BAD_CREDENTIALS");
    const change = { current: wrong, next: "a good long password" };
    expect((await visitor.post("/api/account/password", change)).code).toBe("BAD_CREDENTIALS");
    const about = { user: "alice", flow, variant, detail: "BAD_CREDENTIALS" };
    expect(await newest(visitor, "reauthentication-refused")).toMatchObject(about);
    expect(await newest(visitor, "password-change-refused")).toMatchObject(about);
  });

  test.for(["memory-jwt/rotating", "hybrid/short-jwt"] as const)(
    "a refused refresh with its code: %s",
    async (variant) => {
      const visitor = await enterLab(app);
      const flow = variant.split("/")[0] ?? "";
      await visitor.logIn(variant);
      const late = visitor.copy();
      await visitor.post(`/api/${flow}/logout`);
      expect((await late.post(`/api/${flow}/refresh`)).code).toBe("REVOKED");
      expect(await newest(visitor, "refresh-refused")).toMatchObject({ flow, variant, detail: "REVOKED" });
    },
  );

  test("no refresh without a credential, and none of somebody who knows the lab's public id only", async () => {
    const visitor = await enterLab(app);
    const id = app.labContexts.labIdOf(visitor.cookies.get(labCookie.name) ?? "");
    const made = `${id}.rotating.${"x".repeat(43)}`;
    await visitor.post("/api/memory-jwt/refresh");
    const stranger = createVisitor(app, [["__Host-refresh", made]]);
    await visitor.logIn("memory-jwt/rotating");
    expect((await stranger.post("/api/memory-jwt/refresh")).code).toBe("INVALID_CREDENTIAL");
    visitor.cookies.set("__Host-refresh", made);
    expect((await visitor.post("/api/memory-jwt/refresh")).code).toBe("INVALID_CREDENTIAL");
    await newest(visitor, "refresh-refused");
    expect((await eventsOf(visitor)).map(({ type }) => type)).toEqual(["refresh-refused", "logged-in"]);
  });

  test("a change that another site asked for (ASVS 16.3.3), at most twenty in a minute, and none without the lab's cookie", async () => {
    const visitor = await enterLab(app);
    const headers = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };
    const ask = (who: Visitor) => who.send("POST", "/api/hybrid/logout", { headers });
    expect((await ask(createVisitor(app))).code).toBe("CROSS_SITE_REQUEST");
    for (let times = 0; times < 30; times += 1) expect((await ask(visitor)).code).toBe("CROSS_SITE_REQUEST");
    expect(await newest(visitor, "cross-site-refused")).toMatchObject({
      ...{ flow: "hybrid", variant: null, user: null },
      detail: "POST /api/hybrid/logout from https://evil.example",
    });
    await expect.poll(async () => (await eventsOf(visitor)).length).toBe(20);
  });

  test("a rotation of keys, with the generations that still count", async () => {
    const visitor = await enterLab(app);
    await visitor.post("/api/lab/keys/rotate", { overlap: true });
    await visitor.post("/api/lab/keys/rotate", { overlap: false });
    await expect.poll(async () => (await eventsOf(visitor)).length).toBe(2);
    expect((await eventsOf(visitor)).map(({ type, detail }) => [type, detail])).toEqual([
      ["keys-rotated", "generation 3; accepted: 3"],
      ["keys-rotated", "generation 2; accepted: 1, 2"],
    ]);
  });
});
