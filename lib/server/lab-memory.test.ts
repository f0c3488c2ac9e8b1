import { afterAll, expect, test } from "vitest";
import { hour } from "../core/time.ts";
import { labCookie } from "../http/request/lab-cookie.ts";
import { createTestApplication } from "../testing/test-application.ts";
import { createVisitor, type Visitor } from "../testing/visitor.ts";
import { watchExchanges } from "../testing/watch-exchanges.ts";

let passed = 0;
const systemClock = { now: () => Date.now() + passed };
const app = await createTestApplication({ LAB_HOURS: "2" }, { systemClock });
afterAll(() => app.dispose());

/** With a record in memory, in a cache and in rows, and with none. */
const variants = ["server-session/memory", "server-session/cached", "memory-jwt/rotating", "cookie/sealed"] as const;

/** A visitor of whom every map has something. The lab without a row is another one, which was only looked at. */
async function rememberedEverywhere(): Promise<{ visitor: Visitor; looking: Visitor }> {
  const [visitor, looking] = [createVisitor(app), createVisitor(app)];
  for (const each of [visitor, looking]) await each.get("/api/lab");
  const labId = app.labContexts.labIdOf(visitor.cookies.get(labCookie.name) ?? "");
  await watchExchanges(app, visitor);
  for (const id of variants) {
    const browser = visitor.another();
    expect((await browser.logIn(id)).status).toBe(200);
    await browser.get(`/api/${id.split("/")[0]}/me`);
  }
  await visitor.another().logIn("cookie/plain", { password: "not this one" });
  const sent = { device: "phone", flow: "cookie", method: "POST", path: "/api/cookie/login" };
  const body = { username: "bob", password: "bob-likes-coffee" };
  expect((await visitor.post("/api/lab/devices", { ...sent, body })).status).toBe(200);
  const cell = { variants: ["cookie/plain"], experiments: ["forge"] };
  await visitor.post("/api/lab/matrix", cell);
  expect((await visitor.post("/api/lab/lesson", { name: "log-out", played: 0 })).status).toBe(200);
  app.attacks.turn(labId, "plain-names", true);
  app.attacks.openPage(labId, "csrf", "attacker");
  app.csrf.begin(labId, "cookie", "a browser");
  app.tossing.begin(labId, { ticket: app.attacks.ticket(labId, "tossing"), labCookie: "", browser: "a browser" });
  app.xss.begin(labId, "a browser");
  return { visitor, looking };
}

const filled = () => Object.fromEntries(Object.entries(app.memory.counts()).filter(([, count]) => count > 0));
/** While they are played; they are over here. */
const running = ["experiments", "races"];

test("every map of labs has something of a lab that uses all of it, and nothing once it is reset", {
  timeout: 60_000,
}, async () => {
  expect(filled()).toEqual({});
  const { visitor, looking } = await rememberedEverywhere();
  expect([...Object.keys(filled()), ...running].sort()).toEqual(Object.keys(app.memory.counts()).sort());
  for (const each of [visitor, looking]) expect((await each.post("/api/lab/reset")).status).toBe(204);
  await expect.poll(filled).toEqual({});
});

test("a request that is under way while its lab is reset leaves nothing of that lab", async () => {
  const visitor = createVisitor(app);
  await visitor.get("/api/lab");
  for (const id of variants) await visitor.another().logIn(id);
  const asked = variants.map((id) => visitor.get(`/api/${id.split("/")[0]}/me`));
  const late = variants.map((id) => visitor.another().logIn(id));
  expect((await visitor.post("/api/lab/reset")).status).toBe(204);
  await Promise.all([...asked, ...late]);
  await expect.poll(filled).toEqual({});
});

test("nothing is left of labs that have expired, once they are cleaned up", { timeout: 60_000 }, async () => {
  await rememberedEverywhere();
  passed += 3 * hour;
  expect((await app.sweep()).labs).toBeGreaterThan(0);
  await expect.poll(filled).toEqual({});
});
