import { afterAll, describe, expect, test } from "vitest";
import type { FlowModule } from "../core/flow.ts";
import { flows } from "../flows/registry.ts";
import { createTestApplication } from "../testing/test-application.ts";
import { createVisitor, enterLab, flowOf, type Visitor } from "../testing/visitor.ts";
import { watchExchanges } from "../testing/watch-exchanges.ts";
import { labCookie } from "./request/lab-cookie.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const modules: readonly FlowModule[] = flows;
const variants = modules.flatMap(({ manifest }) => manifest.variants);
const hour = { advanceSeconds: 3600 };

/** The same client without the lab cookie: it has credentials only. */
function withoutLab(visitor: Visitor): Visitor {
  const alone = visitor.copy();
  alone.cookies.delete(labCookie.name);
  return alone;
}

const labIdOf = ({ cookies }: Visitor) => app.labContexts.labIdOf(cookies.get(labCookie.name) ?? "");

describe("an exchange without the lab's cookie", () => {
  test.for(variants)("$id: is proved by a credential that verified, be it expired or ended", async (variant) => {
    const owner = await enterLab(app);
    const { seen } = await watchExchanges(app, owner);
    const flow = flowOf(variant.id);
    await owner.logIn(variant.id);
    const client = withoutLab(owner);
    const late = client.copy();
    await client.get(`/api/${flow}/me`);
    await client.post(`/api/${flow}/logout`);
    await owner.post("/api/lab/clock", hour);
    await late.get(`/api/${flow}/me`);
    const marks = (await seen()).filter(({ action }) => ["me", "logout"].includes(action));
    expect(marks).toHaveLength(3);
    // What is written in a plain cookie can be written by anybody. A session service does not say why one has ended.
    const told = variant.settings.proof === "id-introspected" ? marks.slice(0, 1) : marks;
    const mark = variant.settings.encoding === "plain" ? true : undefined;
    expect(told.map(({ unproved }) => unproved)).toEqual(told.map(() => mark));
  });

  test("is not proved by the lab's public id, in whatever it stands", async () => {
    const owner = await enterLab(app);
    const { seen } = await watchExchanges(app, owner);
    await owner.logIn("cookie/plain");
    await owner.logIn("memory-jwt/rotating");
    const id = labIdOf(owner);
    const plain = owner.cookies.get("__Host-login") ?? "";
    const [header = "", payload = ""] = (owner.accessToken ?? "").split(".");
    const made = "x".repeat(43);
    for (const [name, value] of [
      ["__Host-login", plain],
      ["__Host-login", `${id}.sealed.Fe26.2*1*${made}`],
      ["__Host-sid", `${id}.sql.${made}`],
      ["__Host-refresh", `${id}.rotating.${made}`],
    ] as const) {
      const stranger = createVisitor(app, [[name, value]]);
      await stranger.get("/api/cookie/me");
      await stranger.post("/api/memory-jwt/refresh");
    }
    const forger = createVisitor(app);
    forger.accessToken = `${header}.${payload}.${made}${made}`;
    await forger.get("/api/memory-jwt/me");
    const exchanges = (await seen()).filter(({ action }) => action !== "login");
    expect(exchanges).toHaveLength(9);
    for (const { request, unproved } of exchanges) expect([request.path, unproved]).toEqual([request.path, true]);
  });

  test("that is not proved pushes out none that is", async () => {
    const owner = await enterLab(app);
    const first = await watchExchanges(app, owner);
    await owner.logIn("server-session/sql");
    await first.stop();
    const stranger = createVisitor(app, [["__Host-sid", `${labIdOf(owner)}.sql.${"x".repeat(43)}`]]);
    for (let times = 0; times < 70; times += 1) await stranger.get("/api/server-session/me");
    const exchanges = await (await watchExchanges(app, owner)).seen();
    expect(exchanges.map(({ action, unproved }) => [action, unproved])).toEqual([
      ["login", undefined],
      ...Array.from({ length: 10 }, () => ["me", true]),
    ]);
  });

  test("of the lab's own OAuth client and of its gateway is proved", async () => {
    const owner = await enterLab(app);
    const { seen } = await watchExchanges(app, owner);
    await owner.logIn("hybrid/introspected");
    await owner.get("/api/hybrid/me");
    await owner.logIn("hybrid/gateway");
    await owner.get("/api/hybrid/orders");
    const exchanges = await seen();
    expect(exchanges.map(({ action }) => action)).toEqual(expect.arrayContaining(["introspect", "orders", "me"]));
    for (const { action, unproved } of exchanges) expect([action, unproved]).toEqual([action, undefined]);
  });
});
