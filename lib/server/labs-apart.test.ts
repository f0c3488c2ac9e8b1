import { afterAll, describe, expect, test } from "vitest";
import type { FlowModule } from "../core/flow.ts";
import type { VariantId } from "../core/ids.ts";
import type { OptionalOperation } from "../core/variant.ts";
import { flows } from "../flows/registry.ts";
import { labCookie } from "../http/request/lab-cookie.ts";
import { exampleBody } from "../testing/example-body.ts";
import { createTestApplication } from "../testing/test-application.ts";
import { idOf, idsOfPeople, labCookieOf, labIdOf, twoLabs } from "../testing/two-labs.ts";
import { flowOf, type Reply, type Visitor } from "../testing/visitor.ts";
import { watchExchanges } from "../testing/watch-exchanges.ts";
import { demoPasswords } from "./demo-people.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const modules: readonly FlowModule[] = flows;
const variants = modules.flatMap(({ manifest }) => manifest.variants.map(({ id }) => id));
const everyVariant = (run: (variant: VariantId) => Promise<void>) => () => inTurn(variants, run);

/**
 * One case for each operation of each endpoint, in two labs: what is done in `there`, with or without
 * the credentials and ids of `here`, must not get in and must not show or change anything of `here`.
 */
const flowCases: Readonly<Record<string, (variant: VariantId) => Promise<void>>> = {
  async "POST login"(variant) {
    const { here, there, smugglers } = await twoLabs(app, variant);
    const own = await meOf(here, variant);
    for (const smuggler of smugglers) {
      const reply = await smuggler.logIn(variant);
      expect(reply.status).toBe(200);
      expect(idOf(reply.body["user"])).not.toBe(idOf(own["user"]));
      expect([...(await idsOfPeople(there)).values()]).toContain(idOf(reply.body["user"]));
    }
    expect(await meOf(here, variant)).toMatchObject({ user: own["user"], issuedAt: own["issuedAt"] });
  },
  async "GET me"(variant) {
    const { here, smugglers } = await twoLabs(app, variant);
    for (const smuggler of smugglers) expectInvalid(await smuggler.get(api(variant, "me")));
    await expectIn(here, variant);
  },
  async "POST refresh"(variant) {
    const { here, smugglers } = await twoLabs(app, variant);
    // A variant that lacks an operation lacks it for every caller; a caller who is not known to be of that variant is
    // not told so.
    const codes = ["INVALID_CREDENTIAL", ...(cannot(variant, "refresh") ? ["NOT_SUPPORTED"] : [])];
    // A refresh token that travels in a body is not on a smuggler's request, unless it is put there.
    if (variant === "memory-jwt/local-storage") codes.push("NO_CREDENTIAL");
    for (const smuggler of smugglers) expect(codes).toContain((await smuggler.post(api(variant, "refresh"))).code);
    await expectIn(here, variant);
  },
  async "POST logout"(variant) {
    const { here, smugglers } = await twoLabs(app, variant);
    for (const smuggler of smugglers) expect((await smuggler.post(api(variant, "logout"))).status).toBe(204);
    await expectIn(here, variant);
  },
  async "GET sessions"(variant) {
    const { here, there, smugglers } = await twoLabs(app, variant);
    for (const smuggler of smugglers) expectInvalid(await smuggler.get(api(variant, "sessions")));
    if (cannot(variant, "list")) return;
    await there.logIn(variant);
    const [own] = await sessionIds(here, variant);
    expect(await sessionIds(there, variant)).not.toContain(own);
    expect(await sessionIds(there, variant)).toHaveLength(1);
  },
  async "POST transfer"(variant) {
    const { here, there, smugglers } = await twoLabs(app, variant);
    const body = { to: "bob", amount: 1 };
    for (const smuggler of smugglers) expectInvalid(await smuggler.post(api(variant, "transfer"), body));
    await there.logIn(variant);
    expect((await there.post(api(variant, "transfer"), body)).body).toEqual({ balance: 99 });
    expect((await here.post(api(variant, "transfer"), body)).body).toEqual({ balance: 99 });
  },
  async "POST reauthenticate"(variant) {
    const { here, smugglers } = await twoLabs(app, variant);
    const body = { password: demoPasswords["alice"] };
    for (const smuggler of smugglers) expectInvalid(await smuggler.post(api(variant, "reauthenticate"), body));
    await expectIn(here, variant);
  },
  async "GET data"(variant) {
    await dataIsApart(variant, (visitor) => visitor.get(api(variant, "data")));
  },
  async "DELETE data"(variant) {
    await dataIsApart(variant, (visitor) => visitor.send("DELETE", api(variant, "data")));
  },
  async "GET data/:key"(variant) {
    await dataIsApart(variant, (visitor) => visitor.get(api(variant, "data/cart")));
  },
  async "PUT data/:key"(variant) {
    const body = { value: "theirs" };
    await dataIsApart(variant, (visitor) => visitor.send("PUT", api(variant, "data/cart"), { body }));
  },
  async "DELETE data/:key"(variant) {
    await dataIsApart(variant, (visitor) => visitor.send("DELETE", api(variant, "data/cart")));
  },
  async "POST revoke"(variant) {
    const { here, there, smugglers } = await twoLabs(app, variant);
    for (const smuggler of smugglers) {
      expectInvalid(await smuggler.post(api(variant, "revoke"), { scope: "all" }));
    }
    await there.logIn(variant);
    if (!cannot(variant, "list")) {
      const [session] = await sessionIds(here, variant);
      expect((await there.post(api(variant, "revoke"), { session })).body).toEqual({ revoked: 0 });
    }
    if (!cannot(variant, "revoke")) {
      expect((await there.post(api(variant, "revoke"), { scope: "all" })).body).toEqual({ revoked: 1 });
    }
    await expectIn(here, variant);
  },
};

const sharedCases: Readonly<Record<string, () => Promise<void>>> = {
  "POST server-session/payment": everyPaying(async ({ here, smugglers }) => {
    for (const smuggler of smugglers) expectInvalid(await smuggler.post(payment));
    expect((await here.post(payment)).status).toBe(200);
  }),
  "GET server-session/payment": everyPaying(async ({ here, smugglers }) => {
    for (const smuggler of smugglers) expectInvalid(await smuggler.get(payment));
    expect((await here.get(payment)).status).toBe(200);
  }),
  "DELETE server-session/payment": everyPaying(async ({ here, smugglers }) => {
    for (const smuggler of smugglers) expect((await smuggler.send("DELETE", payment)).status).toBe(204);
    expect((await here.get(payment)).status).toBe(200);
  }),
  "POST server-session/pay": everyPaying(async ({ here, there, smugglers }) => {
    const body = { to: "bob", amount: 60 };
    for (const smuggler of smugglers) expectInvalid(await smuggler.post("/api/server-session/pay", body));
    for (const { balance } of await peopleOf(there)) expect(balance).toBe(100);
    expect((await here.post("/api/server-session/pay", body)).body).toEqual({ balance: 40 });
  }),
  "GET user-info": everyVariant(async (variant) => {
    for (const smuggler of (await twoLabs(app, variant)).smugglers) expectInvalid(await smuggler.get("/api/user-info"));
  }),
  "POST account/password": everyVariant(async (variant) => {
    const { here, there, smugglers } = await twoLabs(app, variant);
    const change = { current: demoPasswords["alice"], next: "a quite different horse" };
    for (const smuggler of smugglers) expectInvalid(await smuggler.post("/api/account/password", change));
    await there.logIn(variant);
    // A page that keeps its refresh token is handed the new one.
    expect([200, 204]).toContain((await there.post("/api/account/password", change)).status);
    await expectIn(here, variant);
    expect((await here.another().logIn(variant)).status).toBe(200);
    expect((await there.another().logIn(variant)).code).toBe("BAD_CREDENTIALS");
  }),
  "GET account/history": everyVariant(async (variant) => {
    const { there, smugglers } = await twoLabs(app, variant);
    for (const smuggler of smugglers) expectInvalid(await smuggler.get("/api/account/history"));
    await there.logIn(variant);
    expect((await there.get("/api/account/history")).body["logins"]).toHaveLength(1);
  }),
  "GET admin/users": everyVariant(async (variant) => {
    const { here, there, smugglers } = await twoLabs(app, variant, "admin");
    for (const smuggler of smugglers) expectInvalid(await smuggler.get("/api/admin/users"));
    await there.logIn(variant, { username: "admin" });
    const seen = (await there.get("/api/admin/users")).text;
    for (const id of (await idsOfPeople(here)).values()) expect(seen).not.toContain(id);
    for (const id of (await idsOfPeople(there)).values()) expect(seen).toContain(id);
  }),
  "GET admin/counts": everyVariant(async (variant) => {
    const { here, there, smugglers } = await twoLabs(app, variant, "admin");
    for (const smuggler of smugglers) expectInvalid(await smuggler.get("/api/admin/counts"));
    await there.logIn(variant, { username: "admin" });
    const { live } = (await there.get("/api/admin/counts")).body;
    await here.another().logIn(variant);
    expect((await there.get("/api/admin/counts")).body["live"]).toEqual(live);
  }),
  "POST admin/users/:id/role": everyVariant((variant) => adminIsOutside(variant, "role", { role: "admin" })),
  "POST admin/users/:id/disable": everyVariant((variant) => adminIsOutside(variant, "disable", { disabled: true })),
  "POST admin/users/:id/revoke": everyVariant((variant) => adminIsOutside(variant, "revoke")),
  "GET lab": everyVariant(async (variant) => {
    const { here, there, smugglers } = await twoLabs(app, variant);
    const own = [labIdOf(app, here), ...(await idsOfPeople(here)).values(), labCookieOf(here)];
    const seen = (await there.get("/api/lab")).text;
    for (const id of own) expect(seen).not.toContain(id);
    for (const smuggler of smugglers) {
      const { body } = await smuggler.get("/api/lab");
      const login = { accepted: false, code: "INVALID_CREDENTIAL" };
      expect(body).toMatchObject({ lab: { id: labIdOf(app, there) }, held: { [flowOf(variant)]: { login } } });
      for (const id of own.slice(1)) expect(JSON.stringify(body["people"])).not.toContain(id);
    }
  }),
  async "GET hybrid/orders"() {
    const { here, there, smugglers } = await twoLabs(app, "hybrid/gateway");
    for (const smuggler of smugglers) expectInvalid(await smuggler.get("/api/hybrid/orders"));
    await there.logIn("hybrid/gateway");
    await there.post("/api/hybrid/transfer", { to: "bob", amount: 1 });
    expect((await there.get("/api/hybrid/orders")).body["answer"]).toMatchObject({ orders: [{ coins: "1 to bob" }] });
    expect((await here.get("/api/hybrid/orders")).body["answer"]).toMatchObject({ orders: [] });
  },
  async "GET services/orders"() {
    const { here, there } = await twoLabs(app, "hybrid/gateway");
    const watching = await watchExchanges(app, here);
    await here.get("/api/hybrid/orders");
    const token = /Bearer (eyJ[\w.-]+)/.exec(await watching.next())?.[1] ?? "";
    await watching.stop();
    const carrying = (visitor: Visitor) =>
      visitor.another().send("GET", "/api/services/orders", { headers: { authorization: `Bearer ${token}` } });
    expect((await carrying(here)).status).toBe(200);
    expectInvalid(await carrying(there));
  },
  async "POST lab/clock"() {
    const { here, there } = await twoLabs(app, "cookie/sealed");
    expect((await there.post("/api/lab/clock", { advanceSeconds: 86_400 })).status).toBe(200);
    expect((await here.get("/api/lab")).body["clock"]).toMatchObject({ offsetSeconds: 0 });
    await expectIn(here, "cookie/sealed");
  },
  async "PATCH lab/settings"() {
    const { here, there } = await twoLabs(app, "cookie/sealed");
    expect((await there.send("PATCH", "/api/lab/settings", { body: { lifetimes: "seconds" } })).status).toBe(200);
    expect((await here.get("/api/lab")).body["settings"]).toMatchObject({ lifetimes: "standard" });
    expect((await there.get("/api/lab")).body["settings"]).toMatchObject({ lifetimes: "seconds" });
  },
  async "POST lab/cookies"() {
    const { here, there, smugglers } = await twoLabs(app, "cookie/sealed");
    for (const visitor of [there, ...smugglers]) {
      const line = `try=${labIdOf(app, here)}; Path=/`;
      expect((await visitor.post("/api/lab/cookies", { line })).setCookies).toEqual([line]);
    }
    expect([...here.cookies.keys()]).not.toContain("try");
    await expectIn(here, "cookie/sealed");
  },
  async "GET lab/echo/:path*"() {
    const { there, smugglers } = await twoLabs(app, "cookie/sealed");
    for (const visitor of [there, ...smugglers]) {
      expect((await visitor.get("/api/lab/echo/a/b")).body).toEqual({ path: "/api/lab/echo/a/b", cookies: [] });
    }
  },
  "POST lab/keys/rotate": everyVariant(async (variant) => {
    const { here, there } = await twoLabs(app, variant);
    await there.logIn(variant);
    const { body } = await there.post("/api/lab/keys/rotate", { overlap: false });
    expect(body).toEqual({ generation: 2, accepted: [2] });
    await expectIn(here, variant);
    const opaque = ["id", "id-or-token", "id-introspected"].includes(proofOf(variant));
    const keyless =
      (flowOf(variant) === "server-session" && variant !== "server-session/signed-id") ||
      variant === "cookie/plain" ||
      opaque;
    expect((await there.get(api(variant, "me"))).code).toBe(keyless ? null : "INVALID_CREDENTIAL");
  }),
  "POST lab/forget-memory": everyVariant(async (variant) => {
    const { here, there } = await twoLabs(app, variant);
    expect((await there.post("/api/lab/forget-memory")).status).toBe(204);
    await expectIn(here, variant);
  }),
  "POST lab/reset": everyVariant(async (variant) => {
    const { here, there } = await twoLabs(app, variant);
    const people = await idsOfPeople(here);
    expect((await there.post("/api/lab/reset")).status).toBe(204);
    expect(await idsOfPeople(here)).toEqual(people);
    await expectIn(here, variant);
  }),
  async "GET lab/exchanges"() {
    const { here, there } = await twoLabs(app, "server-session/sql");
    const [hereStream, thereStream] = [await watchExchanges(app, here), await watchExchanges(app, there)];
    for (const visitor of [there, here]) await visitor.logIn("server-session/sql");
    const [seenHere, seenThere] = [await hereStream.next(), await thereStream.next()];
    expect(seenHere).toContain(labIdOf(app, here));
    expect(seenHere).not.toContain(labIdOf(app, there));
    expect(seenThere).toContain(labIdOf(app, there));
    expect(seenThere).not.toContain(labIdOf(app, here));
  },
  async "GET lab/devices"() {
    const { here, there } = await twoLabs(app, "server-session/sql");
    await fromPhone(here, "POST", "login", { username: "alice", password: demoPasswords["alice"] });
    expect((await here.get("/api/lab/devices")).body["phone"]).toEqual(["server-session"]);
    expect((await there.get("/api/lab/devices")).body["phone"]).toEqual([]);
  },
  async "POST lab/devices"() {
    const { here, there } = await twoLabs(app, "server-session/sql");
    await fromPhone(here, "POST", "login", { username: "alice", password: demoPasswords["alice"] });
    expect((await fromPhone(there, "GET", "me")).body).toMatchObject({ status: 401, code: "NO_CREDENTIAL" });
    expect((await fromPhone(here, "GET", "me")).body).toMatchObject({ status: 200 });
  },
  "POST lab/try": everyVariant(async (variant) => {
    const { here, there, smugglers } = await twoLabs(app, variant);
    for (const smuggler of smugglers) {
      const credentials = [...smuggler.cookies].filter(([name]) => name !== labCookie.name).map(([, value]) => value);
      for (const credential of [...credentials, ...(smuggler.accessToken ? [smuggler.accessToken] : [])]) {
        for (const as of ["access", "refresh"]) {
          const { body } = await there.post("/api/lab/try", { flow: flowOf(variant), credential, as });
          expect(body).toMatchObject({ accepted: false, user: null });
        }
      }
    }
    await expectIn(here, variant);
  }),
  async "POST lab/experiments/:id"() {
    const { here, there } = await twoLabs(app, "server-session/sql");
    const before = (await here.get("/api/lab")).body;
    const stream = await app.dispatch(experimentBy(there));
    expect(await stream.text()).toContain('"holds":true');
    const { people, held } = (await here.get("/api/lab")).body;
    expect({ people, held }).toEqual({ people: before["people"], held: before["held"] });
    expect((await here.get("/api/lab/matrix")).body["cells"]).toEqual([]);
    expect((await there.get("/api/lab/matrix")).body["cells"]).toHaveLength(1);
    await expectIn(here, "server-session/sql");
  },
  async "POST lab/refresh-bench/run"() {
    await leavesAlone((there) =>
      there.post("/api/lab/refresh-bench/run", { strategy: "none", schedule: "theft-race", seed: 1 }),
    );
  },
  async "POST lab/refresh-bench/count"() {
    await leavesAlone(async (there) => {
      const headers = { cookie: `${labCookie.name}=${labCookieOf(there)}`, "content-type": "application/json" };
      const body = JSON.stringify({ strategies: ["none"], schedules: ["theft-race"], from: 1, runs: 2 });
      const request = new Request(`${app.env.origin}/api/lab/refresh-bench/count`, { method: "POST", headers, body });
      expect(await (await app.dispatch(request)).text()).toContain('"runs":2');
    });
  },
  async "POST lab/forgery"() {
    await leavesAlone(async (there) => {
      expect((await there.post("/api/lab/forgery", { variant: "server-session/sql" })).body["tried"]).toBe(true);
    });
  },
  "POST lab/forgery/made": everyVariant(async (variant) => {
    const { here, there, smugglers } = await twoLabs(app, variant);
    for (const smuggler of smugglers) {
      const credentials = [...smuggler.cookies].filter(([name]) => name !== labCookie.name).map(([, value]) => value);
      for (const credential of [...credentials, ...(smuggler.accessToken ? [smuggler.accessToken] : [])]) {
        const { body } = await there.post("/api/lab/forgery/made", { flow: flowOf(variant), credential });
        expect(body).toEqual({ made: [] });
      }
    }
    await expectIn(here, variant);
  }),
  async "POST lab/guessing"() {
    await leavesAlone(async (there) => {
      expect((await there.post("/api/lab/guessing", { attack: "which-names" })).body["tried"]).toBe(true);
    });
  },
  async "POST lab/guessing/times"() {
    await leavesAlone(async (there) => {
      expect((await there.post("/api/lab/guessing/times", { each: 1 })).body["logins"]).toHaveLength(2);
    });
  },
  async "GET lab/leaked-key"() {
    const { here, there, smugglers } = await twoLabs(app, "cookie/sealed");
    const { keys } = (await here.get("/api/lab/leaked-key")).body;
    if (!Array.isArray(keys)) throw new Error("This lab shows no keys");
    for (const visitor of [there, ...smugglers]) {
      const seen = (await visitor.get("/api/lab/leaked-key")).text;
      for (const { value } of keys) expect(seen).not.toContain(JSON.stringify(value));
    }
  },
  async "POST lab/leaked-key"() {
    await leavesAlone(async (there) => {
      const { body } = await there.post("/api/lab/leaked-key", { key: "server-session/signed-id", as: "admin" });
      expect(body["tried"]).toBe(true);
    });
  },
  async "POST lab/leaked-key/made"() {
    const { here, there, smugglers } = await twoLabs(app, "cookie/sealed");
    for (const visitor of [there, ...smugglers]) {
      const order = { key: "cookie/sealed", variant: "cookie/sealed", as: "alice" };
      const { credential } = (await visitor.post("/api/lab/leaked-key/made", order)).body;
      expect(String(credential)).toContain(labIdOf(app, there));
      const { body } = await here.another().post("/api/lab/try", { flow: "cookie", credential });
      expect(body).toMatchObject({ accepted: false, code: "INVALID_CREDENTIAL" });
    }
    await expectIn(here, "cookie/sealed");
  },
  async "POST lab/theft"() {
    await leavesAlone(async (there) => {
      expect((await there.post("/api/lab/theft", { variant: "server-session/sql" })).body["tried"]).toBe(true);
    });
  },
  async "POST lab/fixation"() {
    await leavesAlone(async (there) => {
      expect((await there.post("/api/lab/fixation", { variant: "server-session/sql" })).body["tried"]).toBe(true);
    });
  },
  async "GET lab/attacks"() {
    const { here, there } = await twoLabs(app, "cookie/sealed");
    app.attacks.turn(labIdOf(app, here), "any-origin", true);
    const on = async (visitor: Visitor) => JSON.stringify((await visitor.get("/api/lab/attacks")).body["weaknesses"]);
    expect(await on(here)).toContain('"on":true');
    expect(await on(there)).not.toContain('"on":true');
  },
  async "PATCH lab/attacks/weaknesses"() {
    const { here, there } = await twoLabs(app, "cookie/sealed");
    const body = { weakness: "any-origin", on: true };
    expect((await there.send("PATCH", "/api/lab/attacks/weaknesses", { body })).status).toBe(204);
    expect((await there.get("/api/lab")).body["weaknesses"]).toHaveLength(1);
    expect((await here.get("/api/lab")).body["weaknesses"]).toEqual([]);
  },
  async "POST lab/attacks/pages"() {
    const { here, there } = await twoLabs(app, "cookie/sealed");
    const { body } = await there.post("/api/lab/attacks/pages", { page: "csrf", host: "attacker" });
    // Whoever opens the page is in the lab that asked for it.
    const opened = await app.attacks.answerAtHosts("attacker", new Request(String(body["url"])));
    expect(opened.status).toBe(303);
    expect((await here.get("/api/lab/csrf")).body).toEqual({ play: null });
  },
  async "GET lab/csrf"() {
    const { here, there } = await twoLabs(app, "cookie/sealed");
    const headers = { host: "app.localhost:3000" };
    const begun = await here.send("POST", "/api/lab/csrf", { headers, body: { flow: "cookie" } });
    expect(begun.status).toBe(200);
    expect((await here.get("/api/lab/csrf")).body["play"]).toMatchObject({ flow: "cookie" });
    expect((await there.get("/api/lab/csrf")).body).toEqual({ play: null });
  },
  async "POST lab/csrf"() {
    const { here, there } = await twoLabs(app, "cookie/sealed");
    const headers = { host: "app.localhost:3000" };
    expect((await there.send("POST", "/api/lab/csrf", { headers, body: { flow: "cookie" } })).status).toBe(200);
    expect((await here.get("/api/lab/csrf")).body).toEqual({ play: null });
    expect((await here.get("/api/lab")).body["weaknesses"]).toEqual([]);
  },
  async "GET lab/tossing"() {
    const { here, there } = await twoLabs(app, "cookie/sealed");
    const headers = { host: "app.localhost:3000" };
    expect((await here.send("POST", "/api/lab/tossing", { headers })).status).toBe(200);
    expect((await here.get("/api/lab/tossing")).body["progress"]).toMatchObject({ planted: 0 });
    expect((await there.get("/api/lab/tossing")).body).toEqual({ progress: null });
  },
  async "POST lab/tossing"() {
    const { here, there } = await twoLabs(app, "cookie/sealed");
    const headers = { host: "app.localhost:3000" };
    expect((await there.send("POST", "/api/lab/tossing", { headers })).status).toBe(200);
    expect((await here.get("/api/lab/tossing")).body).toEqual({ progress: null });
  },
  async "GET lab/xss"() {
    const { here, there } = await twoLabs(app, "cookie/sealed");
    expect((await here.post("/api/lab/xss")).status).toBe(200);
    expect((await here.get("/api/lab/xss")).body["play"]).toMatchObject({ runs: [], done: false });
    expect((await there.get("/api/lab/xss")).body).toEqual({ play: null });
  },
  async "POST lab/xss"() {
    await leavesAlone(async (there) => {
      const { url } = (await there.post("/api/lab/xss")).body;
      const opened = await app.attacks.answerAtHosts("vulnerable", new Request(String(url)));
      const first = new URL(`${opened.headers.get("location")}/0`, String(url));
      // Its logins are in a lab of its own, and not in the one that asked.
      expect(await (await app.attacks.answerAtHosts("vulnerable", new Request(first))).text()).toContain("Teapots");
    });
  },
  async "POST lab/race"() {
    const { here, there } = await twoLabs(app, "server-session/sql");
    const before = (await here.get("/api/lab")).body;
    const headers = { cookie: `${labCookie.name}=${labCookieOf(there)}`, "content-type": "application/json" };
    const body = JSON.stringify(exampleBody("lab/race", "POST"));
    const stream = await app.dispatch(new Request(`${app.env.origin}/api/lab/race`, { method: "POST", headers, body }));
    expect(await stream.text()).toContain('"code":"REVOKED"');
    for (const each of [here, there]) expect((await each.get("/api/audit")).text).not.toContain("logged-out");
    const { people, held } = (await here.get("/api/lab")).body;
    expect({ people, held }).toEqual({ people: before["people"], held: before["held"] });
    await expectIn(here, "server-session/sql");
  },
  async "POST lab/lesson"() {
    await leavesAlone(async (there) => {
      const begun = await there.post("/api/lab/lesson", { name: "log-out", played: 4 });
      expect(begun.text).toContain('"code":"REVOKED"');
    });
  },
  async "POST lab/lesson/:id"() {
    const { here, there } = await twoLabs(app, "server-session/sql");
    const path = `/api/lab/lesson/${await lessonOf(here)}`;
    expect(await there.post(path, { step: 0 })).toMatchObject({ status: 404, code: "NOT_FOUND" });
    expect((await here.post(path, { step: 0 })).status).toBe(200);
  },
  async "DELETE lab/lesson/:id"() {
    const { here, there } = await twoLabs(app, "server-session/sql");
    const path = `/api/lab/lesson/${await lessonOf(here)}`;
    expect(await there.send("DELETE", path)).toMatchObject({ status: 404, code: "NOT_FOUND" });
    expect((await here.send("DELETE", path)).status).toBe(204);
  },
  async "GET lab/experiments"() {
    const { here, there } = await twoLabs(app, "server-session/sql");
    expect((await there.get("/api/lab/experiments")).text).toBe((await here.get("/api/lab/experiments")).text);
  },
  async "GET lab/matrix"() {
    const { here, there } = await twoLabs(app, "server-session/sql");
    await playOneCell(here);
    expect((await here.get("/api/lab/matrix")).body["cells"]).toHaveLength(1);
    expect((await there.get("/api/lab/matrix")).body["cells"]).toEqual([]);
  },
  async "POST lab/matrix"() {
    const { here, there } = await twoLabs(app, "server-session/sql");
    expect(await playOneCell(there)).toContain('"type":"cell"');
    expect((await here.get("/api/lab/matrix")).body["cells"]).toEqual([]);
    await expectIn(here, "server-session/sql");
  },
  async "GET labs/:id/jwks"() {
    const { here, there } = await twoLabs(app, "memory-jwt/rotating");
    const [own, other] = await Promise.all(
      [here, there].map((each) => there.get(`/api/labs/${labIdOf(app, each)}/jwks`)),
    );
    expect(own?.body).toMatchObject({
      keys: [{ kid: expect.stringMatching(/^ed25519-1-[0-9a-f]{8}$/), crv: "Ed25519" }],
    });
    expect(other?.body).toMatchObject({
      keys: [{ kid: expect.stringMatching(/^ed25519-1-[0-9a-f]{8}$/), crv: "Ed25519" }],
    });
    expect(own?.body).not.toEqual(other?.body);
  },
  async "GET audit"() {
    const { here, there, smugglers } = await twoLabs(app, "cookie/sealed");
    const asSmuggled = await here.copy().get("/api/audit");
    expect(asSmuggled.text).toContain("logged-in");
    for (const visitor of [there, ...smugglers]) expect((await visitor.get("/api/audit")).body["events"]).toEqual([]);
  },
  async "GET labs/:id/metadata"() {
    const { here, there } = await twoLabs(app, "memory-jwt/es256");
    const [own, other] = await Promise.all(
      [here, there].map((each) => there.get(`/api/labs/${labIdOf(app, each)}/metadata`)),
    );
    expect(own?.body).toMatchObject({ access_token_signing_alg_values_supported: ["EdDSA", "ES256"] });
    expect(other?.body).toMatchObject({ access_token_signing_alg_values_supported: ["EdDSA"] });
    expect(own?.body["issuer"]).not.toBe(other?.body["issuer"]);
  },
  async "POST labs/:id/oauth/revoke"() {
    const { here, there, smugglers } = await twoLabs(app, "memory-jwt/denylist");
    for (const { accessToken } of smugglers) {
      expect((await askAsClient(there, there, "revoke", accessToken)).status).toBe(200);
      expect((await askAsClient(there, here, "revoke", accessToken)).status).toBe(401);
    }
    await expectIn(here, "memory-jwt/denylist");
  },
  async "POST labs/:id/oauth/introspect"() {
    const { here, there, smugglers } = await twoLabs(app, "memory-jwt/denylist");
    for (const { accessToken } of smugglers) {
      expect(await (await askAsClient(there, there, "introspect", accessToken)).json()).toEqual({ active: false });
      expect((await askAsClient(there, here, "introspect", accessToken)).status).toBe(401);
    }
    expect(await (await askAsClient(here, here, "introspect", here.accessToken)).json()).toMatchObject({
      active: true,
    });
  },
  async "GET take-away/:flow/:variant"() {
    // Public source: every caller gets the same bytes, without data of a lab.
    const { here, there, smugglers } = await twoLabs(app, "cookie/sealed");
    const given = [here, there, ...smugglers].map(async ({ cookies }) => {
      const headers = { cookie: [...cookies].map((pair) => pair.join("=")).join("; ") };
      const reply = await app.dispatch(new Request(`${app.env.origin}/api/take-away/cookie/sealed`, { headers }));
      return Buffer.from(await reply.arrayBuffer()).toString("hex");
    });
    const [first, ...others] = await Promise.all(given);
    expect(first).toMatch(/^504b0304/);
    expect(new Set(others)).toEqual(new Set([first]));
  },
  async "GET comparison"() {
    // Measured in labs of its own, so every caller gets the same, apart from cells that the lab of the cookie has
    // played.
    const { here, there, smugglers } = await twoLabs(app, "cookie/sealed");
    await playOneCell(here);
    const texts: string[] = [];
    for (const each of [there, ...smugglers]) texts.push((await each.get("/api/comparison")).text);
    expect(texts[0]).toContain('"cookie/sealed"');
    expect(texts[0]).not.toContain('"said":"observed"');
    expect(new Set(texts).size).toBe(1);
    const own = (await here.get("/api/comparison")).text;
    expect(own).toContain('"said":"observed"');
    expect(own).not.toContain(labIdOf(app, here));
    await expectIn(here, "cookie/sealed");
  },
  async "GET openapi.json"() {
    const { here, smugglers } = await twoLabs(app, "cookie/sealed");
    for (const smuggler of smugglers)
      expect((await smuggler.get("/api/openapi.json")).text).not.toContain(labIdOf(app, here));
  },
  async "GET health"() {
    const { here, smugglers } = await twoLabs(app, "cookie/sealed");
    for (const smuggler of smugglers)
      expect((await smuggler.get("/api/health")).text).not.toContain(labIdOf(app, here));
  },
};

const payment = "/api/server-session/payment";

/** A person pays `here`; the smugglers have both cookies. */
function everyPaying(run: (labs: Awaited<ReturnType<typeof twoLabs>>) => Promise<void>): () => Promise<void> {
  return () =>
    inTurn(
      variants.filter((variant) => flowOf(variant) === "server-session"),
      async (variant) => {
        const labs = await twoLabs(app, variant, "alice", (visitor) => visitor.post(payment));
        await run(labs);
      },
    );
}

async function peopleOf(visitor: Visitor): Promise<readonly { readonly balance: number }[]> {
  const { people } = (await visitor.another().get("/api/lab")).body;
  return Array.isArray(people) ? people : [];
}

/** With the client of one lab, at the address of another. */
async function askAsClient(asker: Visitor, at: Visitor, path: string, token: string | null): Promise<Response> {
  const { clientId, clientSecret } = Object((await asker.another().get("/api/lab")).body["oauth"]);
  const headers = {
    authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`,
    "content-type": "application/x-www-form-urlencoded",
  };
  const url = `${app.env.origin}/api/labs/${labIdOf(app, at)}/oauth/${path}`;
  return app.dispatch(new Request(url, { method: "POST", headers, body: `token=${token}` }));
}

describe("two labs never see each other", { timeout: 60_000 }, () => {
  const cases = new Map([
    ...modules.flatMap(({ manifest }) =>
      Object.entries(flowCases).map(([name, run]) => {
        const [method, action] = name.split(" ");
        const own = manifest.variants.map(({ id }) => id);
        return [`${method} ${manifest.id}/${action}`, () => inTurn(own, run)] as const;
      }),
    ),
    ...Object.entries(sharedCases),
  ]);
  const operations = [...app.table].flatMap(([path, endpoint]) =>
    Object.keys(endpoint).map((method) => `${method} ${path}`),
  );

  // Each takes two labs for every variant.
  test.for(operations)("%s", { timeout: 60_000 }, async (operation) => {
    const run = cases.get(operation);
    if (!run) throw new Error(`${operation} has no case here: say what keeps two labs apart in it`);
    await run();
  });

  test("every case is about an operation that exists", () => {
    expect([...cases.keys()].filter((name) => !operations.includes(name))).toEqual([]);
  });
});

async function adminIsOutside(variant: VariantId, action: string, body?: object): Promise<void> {
  const { here, there, smugglers } = await twoLabs(app, variant, "admin");
  const alice = here.another();
  await alice.logIn(variant);
  const before = (await here.get("/api/lab")).body["people"];
  const [aliceHere, aliceThere] = [(await idsOfPeople(here)).get("alice"), (await idsOfPeople(there)).get("alice")];
  for (const smuggler of smugglers) {
    for (const id of [aliceHere, aliceThere])
      expectInvalid(await smuggler.post(`/api/admin/users/${id}/${action}`, body));
  }
  await there.logIn(variant, { username: "admin" });
  expect((await there.post(`/api/admin/users/${aliceHere}/${action}`, body)).code).toBe("NOT_FOUND");
  expect((await there.post(`/api/admin/users/${aliceThere}/${action}`, body)).status).toBeLessThan(300);
  expect((await here.get("/api/lab")).body["people"]).toEqual(before);
  await expectIn(alice, variant);
}

/** The data of one lab cannot be read from the other: neither with this lab's credentials nor with a login there. */
async function dataIsApart(variant: VariantId, act: (visitor: Visitor) => Promise<Reply>): Promise<void> {
  const { here, there, smugglers } = await twoLabs(app, variant);
  if (cannot(variant, "data")) {
    for (const visitor of [here, there, ...smugglers]) expect((await act(visitor)).code).toBe("NOT_SUPPORTED");
    return;
  }
  const cart = { value: ["tea"] };
  expect((await here.send("PUT", api(variant, "data/cart"), { body: cart })).status).toBe(204);
  for (const smuggler of smugglers) expectInvalid(await act(smuggler));
  await there.logIn(variant);
  expect((await act(there)).text).not.toContain("tea");
  expect((await here.get(api(variant, "data/cart"))).body).toEqual(cart);
}

async function inTurn(ids: readonly VariantId[], run: (variant: VariantId) => Promise<void>): Promise<void> {
  for (const id of ids) await run(id);
}

function api(variant: VariantId, action: string): string {
  return `/api/${flowOf(variant)}/${action}`;
}

function proofOf(variant: VariantId): string {
  const found = modules.flatMap(({ manifest }) => manifest.variants).find(({ id }) => id === variant);
  return found?.settings.proof ?? "";
}

function cannot(variant: VariantId, operation: OptionalOperation): boolean {
  const found = modules.flatMap(({ manifest }) => manifest.variants).find(({ id }) => id === variant);
  return found?.cannot[operation] !== undefined;
}

function expectInvalid(reply: { readonly status: number; readonly code: unknown }): void {
  expect([reply.status, reply.code]).toEqual([401, "INVALID_CREDENTIAL"]);
}

/** Still logged in, with every credential: also the refresh token, where there is one. */
async function expectIn(visitor: Visitor, variant: VariantId): Promise<void> {
  await meOf(visitor, variant);
  if (!cannot(variant, "refresh")) expect((await visitor.post(api(variant, "refresh"))).status).toBe(200);
}

async function meOf(visitor: Visitor, variant: VariantId) {
  const { status, body } = await visitor.get(api(variant, "me"));
  expect([variant, status]).toEqual([variant, 200]);
  return body;
}

async function sessionIds(visitor: Visitor, variant: VariantId): Promise<readonly string[]> {
  const { sessions } = (await visitor.get(api(variant, "sessions"))).body;
  return Array.isArray(sessions) ? sessions.map(idOf) : [];
}

/** A bench has labs of its own, whose logins of alice are not those of the caller's lab. */
async function leavesAlone(play: (there: Visitor) => Promise<unknown>): Promise<void> {
  const { here, there } = await twoLabs(app, "memory-jwt/rotating");
  const before = (await here.get("/api/lab")).body;
  await play(there);
  const { people, held } = (await here.get("/api/lab")).body;
  expect({ people, held }).toEqual({ people: before["people"], held: before["held"] });
  await expectIn(here, "memory-jwt/rotating");
}

async function playOneCell(visitor: Visitor): Promise<string> {
  const headers = { cookie: `${labCookie.name}=${labCookieOf(visitor)}`, "content-type": "application/json" };
  const body = JSON.stringify({ variants: ["server-session/sql"], experiments: ["forge"] });
  const request = new Request(`${app.env.origin}/api/lab/matrix`, { method: "POST", headers, body });
  return (await app.dispatch(request)).text();
}

function experimentBy(visitor: Visitor): Request {
  const headers = { cookie: `${labCookie.name}=${labCookieOf(visitor)}`, "content-type": "application/json" };
  const body = JSON.stringify({ variants: ["server-session/sql"] });
  return new Request(`${app.env.origin}/api/lab/experiments/replay-after-logout`, { method: "POST", headers, body });
}

async function lessonOf(visitor: Visitor): Promise<string> {
  return String((await visitor.post("/api/lab/lesson", { name: "log-out" })).body["id"]);
}

/** Sent by the phone of this visitor's lab. */
function fromPhone(visitor: Visitor, method: string, action: string, body?: object): Promise<Reply> {
  const path = `/api/server-session/${action}`;
  return visitor.post("/api/lab/devices", {
    device: "phone",
    flow: "server-session",
    method,
    path,
    ...(body && { body }),
  });
}
