import { afterAll, describe, expect, test } from "vitest";
import type { FlowModule } from "../../core/flow.ts";
import type { VariantId } from "../../core/ids.ts";
import { flows } from "../../flows/registry.ts";
import { demoPasswords } from "../../server/demo-people.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { enterLab, flowOf, type Visitor } from "../../testing/visitor.ts";
import type { HistoryView } from "./model.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const modules: readonly FlowModule[] = flows;
const variants = modules.flatMap(({ manifest }) => manifest.variants);
const phone = {
  "user-agent": "Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0",
  "x-forwarded-for": "198.51.100.7",
};
const laptop = { "x-forwarded-for": "192.0.2.1" };

async function logInFrom(visitor: Visitor, variant: VariantId, headers: Record<string, string>): Promise<void> {
  const body = { username: "alice", password: demoPasswords["alice"], variant };
  expect((await visitor.send("POST", `/api/${flowOf(variant)}/login`, { body, headers })).status).toBe(200);
}

/** Once as many logins are written down: events are written without making a login wait. */
async function historyOf(visitor: Visitor, count: number, query = ""): Promise<HistoryView> {
  const read = async (): Promise<HistoryView> => JSON.parse((await visitor.get(`/api/account/history${query}`)).text);
  await expect.poll(async () => (await read()).logins.length).toBe(count);
  return read();
}

describe("a person's login history", () => {
  test.for(variants)(
    "$id: has time, variant and place of each login, newest first, and only the person's own",
    async ({ id, settings }) => {
      const alice = await enterLab(app);
      await alice.another().logIn(id, { username: "bob" });
      await logInFrom(alice, "cookie/sealed", laptop);
      await logInFrom(alice, id, laptop);
      const { logins, next } = await historyOf(alice, 2);
      expect(next).toBeNull();
      expect(logins[0]).toEqual({
        id: expect.any(Number),
        at: expect.stringMatching(/^\d{4}-.*Z$/),
        event: "logged-in",
        alert: null,
        uses: settings.store === undefined ? null : expect.any(Array),
        flow: flowOf(id),
        variant: id,
        device: expect.any(String),
        ip: "192.0.2.1",
      });
    },
  );

  test("is answered page by page, and a wrong page is UNPROCESSABLE", async () => {
    const alice = await enterLab(app);
    for (let times = 0; times < 3; times += 1) await alice.logIn("server-session/sql");
    const first = await historyOf(alice, 2, "?limit=2");
    expect(first.next).toBe(first.logins[1]?.id);
    const rest = await historyOf(alice, 1, `?limit=2&before=${first.next}`);
    expect(rest.next).toBeNull();
    expect(rest.logins[0]?.id).toBeLessThan(first.next ?? 0);
    for (const query of ["limit=0", "limit=201", "before=x", "page=2"]) {
      expect((await alice.get(`/api/account/history?${query}`)).code).toBe("UNPROCESSABLE");
    }
  });

  test("is refused without a credential and with an ended one", async () => {
    const alice = await enterLab(app);
    expect((await alice.get("/api/account/history")).code).toBe("NO_CREDENTIAL");
    await alice.logIn("server-session/sql");
    const copy = alice.copy();
    await alice.post("/api/server-session/logout");
    expect((await copy.get("/api/account/history")).code).toBe("REVOKED");
  });

  test("has an entry for a stolen refresh token", async () => {
    const alice = await enterLab(app);
    await alice.logIn("memory-jwt/rotating");
    const thief = alice.copy();
    for (let times = 0; times < 2; times += 1) await alice.post("/api/memory-jwt/refresh");
    expect((await thief.post("/api/memory-jwt/refresh")).code).toBe("REUSE_DETECTED");
    const { logins } = await historyOf(alice, 2);
    expect(logins[0]).toMatchObject({
      event: "refresh-reuse-detected",
      alert: expect.stringContaining("holds a copy"),
    });
  });
});

describe("a login while another one is live elsewhere", () => {
  test.for(variants)("$id: is marked with the other place, if the server keeps records", async ({ id, cannot }) => {
    const alice = await enterLab(app);
    await logInFrom(alice, id, laptop);
    const other = alice.another();
    await logInFrom(other, id, phone);
    const { logins } = await historyOf(other, 2);
    const alert = cannot.list
      ? null
      : expect.stringMatching(/^Meanwhile another login was live from .*, 192\.0\.2\.1\.$/);
    expect(logins.map((each) => [each.ip, each.alert])).toEqual([
      ["198.51.100.7", alert],
      ["192.0.2.1", null],
    ]);
    const events = (await alice.another().get("/api/audit")).text;
    expect(events.includes("parallel-login")).toBe(!cannot.list);
  });

  test("counts logins of other flows too, but not the same place, ended logins or other people's", async () => {
    const alice = await enterLab(app);
    await logInFrom(alice, "hybrid/allowlist", laptop);
    const same = alice.another();
    await logInFrom(same, "server-session/sql", laptop);
    const bob = alice.another();
    await bob.logIn("server-session/sql", { username: "bob" });
    const other = alice.another();
    await logInFrom(other, "server-session/sql", phone);
    const { logins } = await historyOf(other, 3);
    expect(logins.map(({ alert }) => alert !== null)).toEqual([true, false, false]);
    // One place, however many logins there are in it.
    expect(logins[0]?.alert).not.toContain(" and from ");

    for (const [visitor, flow] of [
      [alice, "hybrid"],
      [same, "server-session"],
      [other, "server-session"],
    ] as const) {
      expect((await visitor.post(`/api/${flow}/logout`)).status).toBe(204);
    }
    await logInFrom(alice, "hybrid/allowlist", { "x-forwarded-for": "203.0.113.9" });
    expect((await historyOf(alice, 4)).logins[0]?.alert).toBeNull();
  });
});
