import { afterAll, describe, expect, test } from "vitest";
import type { FlowModule } from "../../core/flow.ts";
import { flows } from "../../flows/registry.ts";
import { fingerprint } from "../../server/noting-uses.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { enterLab, flowOf, type Visitor } from "../../testing/visitor.ts";
import type { HistoryView, PastUse } from "./model.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const modules: readonly FlowModule[] = flows;
const variants = modules.flatMap(({ manifest }) => manifest.variants);
const thiefs = { "x-forwarded-for": "198.51.100.7" };

/** The uses of the newest login of whoever asks. */
async function usesOf(visitor: Visitor): Promise<readonly PastUse[] | null | undefined> {
  const read = async (): Promise<HistoryView> => JSON.parse((await visitor.get("/api/account/history")).text);
  // The login is written down without making it wait.
  await expect.poll(async () => (await read()).logins.length).toBeGreaterThan(0);
  return (await read()).logins.find(({ event }) => event === "logged-in")?.uses;
}

describe("the uses of a login", () => {
  test.for(variants)("$id: are told with time, token and place, where the flow keeps logins", async (variant) => {
    const { id, settings } = variant;
    const alice = await enterLab(app);
    await alice.logIn(id);
    await alice.copy().send("GET", `/api/${flowOf(id)}/me`, { headers: thiefs });
    const uses = await usesOf(alice);
    if (settings.store === undefined) {
      expect(uses).toBeNull();
      return;
    }
    const places = uses?.map(({ kind, ip }) => [kind, ip]);
    expect(places).toContainEqual(["access", "198.51.100.7"]);
    // Reading the history is a use as well.
    expect(new Set(uses?.map(({ ip }) => ip)).size).toBe(2);
    for (const use of uses ?? []) {
      expect(use.token).toMatch(/^[\w-]{8}$/);
      expect(use.firstAt <= use.lastAt).toBe(true);
    }
  });

  test("name the token by the beginning of its hash, and never show it", async () => {
    const alice = await enterLab(app);
    await alice.logIn("server-session/sql");
    const id = alice.cookies.get("__Host-sid") ?? "";
    const uses = await usesOf(alice);
    expect(uses?.map(({ token }) => token)).toEqual([fingerprint(id)]);
    const { held } = (await alice.get("/api/lab")).body;
    expect(Object(held)["server-session"].records[0].hash.startsWith(fingerprint(id))).toBe(true);
    expect(JSON.stringify(uses)).not.toContain(id.split(".")[2]);
  });

  test.for(["memory-jwt/rotating", "hybrid/short-jwt"] as const)(
    "%s: a refresh is a use of the refresh token, beside those of the access tokens",
    async (variant) => {
      const alice = await enterLab(app);
      await alice.logIn(variant);
      await alice.post(`/api/${flowOf(variant)}/refresh`);
      const uses = (await usesOf(alice)) ?? [];
      expect(uses.map(({ kind }) => kind).sort()).toEqual(["access", "refresh"]);
    },
  );

  test.for(["server-session/sql", "hybrid/gateway"] as const)(
    "%s: reading what is kept with a login is a use of it",
    async (variant) => {
      const alice = await enterLab(app);
      await alice.logIn(variant);
      await alice.copy().send("GET", `/api/${flowOf(variant)}/data`, { headers: thiefs });
      expect((await usesOf(alice))?.map(({ ip }) => ip)).toContain("198.51.100.7");
    },
  );

  test("are none where a page only looks, or where the credential is refused", async () => {
    const alice = await enterLab(app);
    await alice.logIn("server-session/sql");
    const thief = alice.copy();
    await thief.send("GET", "/api/lab", { headers: thiefs });
    thief.cookies.set("__Host-sid", `${alice.cookies.get("__Host-sid")}x`);
    await thief.send("GET", "/api/server-session/me", { headers: thiefs });
    expect((await usesOf(alice))?.map(({ ip }) => ip)).not.toContain("198.51.100.7");
  });

  test("stay with the history of a login that is over", async () => {
    const alice = await enterLab(app);
    await alice.logIn("server-session/sql");
    await alice.copy().send("GET", "/api/server-session/me", { headers: thiefs });
    await alice.post("/api/server-session/logout");
    await alice.logIn("server-session/sql");
    await usesOf(alice);
    const { logins }: HistoryView = JSON.parse((await alice.get("/api/account/history")).text);
    expect(logins.at(-1)?.uses?.map(({ ip }) => ip)).toEqual(["198.51.100.7"]);
  });
});
