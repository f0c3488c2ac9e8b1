import { afterAll, describe, expect, test } from "vitest";
import { holdingOf } from "../../core/credential.ts";
import type { FlowModule } from "../../core/flow.ts";
import { flows } from "../../flows/registry.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { enterLab, flowOf, type Reply, type Visitor } from "../../testing/visitor.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const modules: readonly FlowModule[] = flows;
const renewed = modules
  .flatMap(({ manifest }) => manifest.variants)
  // A variant that renews a token by its record exchanges no refresh token, so it has no such race.
  .filter((variant) => holdingOf(variant, "refresh") && variant.settings.proof === undefined)
  .filter(({ settings }) => settings.logout !== "forgets");
const rounds = 6;

/** Several tabs of one browser, each with what it holds now. */
const tabsOf = (visitor: Visitor, count: number) => Array.from({ length: count }, () => visitor.copy());

const outcome = ({ status, code }: Reply) => (status < 300 ? "accepted" : code);

/** Over the real database, where requests at the same moment meet in transactions. */
describe.for(renewed)("$id", ({ id }) => {
  const api = `/api/${flowOf(id)}`;

  test("six tabs that refresh at once share one successor and stay logged in", async () => {
    for (let round = 0; round < rounds; round += 1) {
      const visitor = await enterLab(app);
      await visitor.logIn(id);
      const tabs = tabsOf(visitor, 6);
      const replies = await Promise.all(tabs.map((tab) => tab.post(`${api}/refresh`)));
      expect(replies.map(outcome)).toEqual(tabs.map(() => "accepted"));
      const holding = new Set(tabs.map((tab) => tab.refreshToken ?? tab.cookies.get("__Host-refresh")));
      expect(holding.size).toBe(1);
      for (const tab of tabs.slice(0, 1)) expect(outcome(await tab.post(`${api}/refresh`))).toBe("accepted");
    }
  });

  test("[ASVS 7.4.1] after a refresh and a revocation at once, in either order, no refresh succeeds", async () => {
    const first = new Set<unknown>();
    for (let round = 0; round < rounds; round += 1) {
      const visitor = await enterLab(app);
      await visitor.logIn(id);
      const tabs = tabsOf(visitor, 3);
      const revoking = visitor.copy();
      const asked = [
        ...tabs.map((tab) => tab.post(`${api}/refresh`)),
        revoking.post(`${api}/revoke`, { scope: "all" }),
      ];
      const replies = await Promise.all(round % 2 === 0 ? asked : asked.reverse());
      for (const reply of replies) {
        // A refresh that comes too late is told so; it is never called a theft.
        expect(["accepted", "REVOKED"]).toContain(outcome(reply));
        first.add(outcome(reply));
      }
      expect(outcome(await visitor.post(`${api}/refresh`))).toBe("REVOKED");
      // A tab that was refused has lost its cookie.
      for (const tab of tabs) {
        expect(["REVOKED", "NO_CREDENTIAL"]).toContain(outcome(await tab.post(`${api}/refresh`)));
      }
    }
    expect(first.has("accepted")).toBe(true);
  });

  test("[ASVS 10.4.5] after late refreshes by thief and owner both are logged out for good", async () => {
    const owner = await enterLab(app);
    await owner.logIn(id);
    const thief = owner.copy();
    expect(outcome(await owner.post(`${api}/refresh`))).toBe("accepted");
    await owner.post("/api/lab/clock", { advanceSeconds: 11 });
    const copy = thief.copy();
    expect(outcome(await thief.post(`${api}/refresh`))).toBe("REUSE_DETECTED");
    // Also for a thief who asks within the grace of the newest token.
    for (const each of [owner.copy(), copy, owner, copy]) {
      expect(["REVOKED", "REUSE_DETECTED"]).toContain(outcome(await each.copy().post(`${api}/refresh`)));
    }
  });
});
