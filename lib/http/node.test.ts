import { afterAll, expect, test } from "vitest";
import type { FlowModule } from "../core/flow.ts";
import { flows } from "../flows/registry.ts";
import { storeModule } from "../stores/registry.ts";
import { createTestApplication } from "../testing/test-application.ts";
import { enterLab, flowOf, type Visitor } from "../testing/visitor.ts";
import { nodeHeader, routeCookie } from "./node.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const modules: readonly FlowModule[] = flows;
const variants = modules.flatMap(({ manifest }) => manifest.variants);
const headers = { [nodeHeader]: "other" };

test.for(variants)(
  "a second node knows a login of $id, unless it lives in one process's memory",
  async ({ id, settings }) => {
    const visitor = await enterLab(app);
    await visitor.logIn(id);
    const there = await visitor.send("GET", `/api/${flowOf(id)}/me`, { headers });
    expect([there.headers.get(nodeHeader), there.code]).toEqual([
      "other",
      settings.store && storeModule(settings.store).sharing === "never" ? "INVALID_CREDENTIAL" : null,
    ]);
    const here = await visitor.get(`/api/${flowOf(id)}/me`);
    expect([here.headers.get(nodeHeader), here.status]).toEqual([null, 200]);
  },
);

test("a login at a second node's memory is unknown at the first", async () => {
  const visitor = await enterLab(app);
  const body = { username: "alice", password: "alice-likes-tea", variant: "memory" };
  await visitor.send("POST", "/api/server-session/login", { headers, body });
  expect((await visitor.get("/api/server-session/me")).code).toBe("INVALID_CREDENTIAL");
  expect((await visitor.send("GET", "/api/server-session/me", { headers })).status).toBe(200);
});

test("a router keeps a browser to the node that it began at, until that node's memory is lost", async () => {
  const sticky = { [nodeHeader]: "sticky" };
  const visitor = await enterLab(app);
  const body = { username: "alice", password: "alice-likes-tea", variant: "memory" };
  const login = await visitor.send("POST", "/api/server-session/login", { headers: sticky, body });
  expect([login.status, login.headers.get(nodeHeader)]).toEqual([200, "other"]);
  expect(login.setCookies.join()).toContain(`${routeCookie.name}=other; Path=/; HttpOnly; Secure; SameSite=Lax`);
  const me = (by: Visitor) => by.send("GET", "/api/server-session/me", { headers: sticky });
  expect([(await me(visitor)).status, (await me(visitor)).setCookies]).toEqual([200, []]);
  // The first node never knew it, and its restart ends nothing at the second one.
  expect((await visitor.get("/api/server-session/me")).code).toBe("INVALID_CREDENTIAL");
  expect((await visitor.post("/api/lab/forget-memory")).status).toBe(204);
  expect((await me(visitor)).status).toBe(200);
  expect((await visitor.send("POST", "/api/lab/forget-memory", { headers })).status).toBe(204);
  expect((await me(visitor)).code).toBe("INVALID_CREDENTIAL");
});

test("a router asks the node that its cookie names, and takes no other text for one", async () => {
  const visitor = await enterLab(app);
  for (const [named, asked] of [
    ["this", null],
    ["other", "other"],
    ["third", "other"],
  ] as const) {
    const browser = visitor.another();
    browser.cookies.set(routeCookie.name, named);
    const reply = await browser.send("GET", "/api/server-session/me", { headers: { [nodeHeader]: "sticky" } });
    expect([named, reply.headers.get(nodeHeader)]).toEqual([named, asked]);
  }
});

test("another name of a node, or any name outside lab mode, is this node", async () => {
  const visitor = await enterLab(app);
  await visitor.logIn("server-session/memory");
  for (const name of ["", "this", "OTHER", "third"]) {
    const reply = await visitor.send("GET", "/api/server-session/me", { headers: { [nodeHeader]: name } });
    expect([name, reply.status, reply.headers.get(nodeHeader)]).toEqual([name, 200, null]);
  }
  const production = await createTestApplication({ NODE_ENV: "production", LAB_MODE: "off" });
  const reply = await production.dispatch(new Request(`${production.env.origin}/api/health`, { headers }));
  expect(reply.headers.get(nodeHeader)).toBeNull();
  await production.dispose();
});
