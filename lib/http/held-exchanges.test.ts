import { afterAll, describe, expect, onTestFinished, test, vi } from "vitest";
import type { FlowModule } from "../core/flow.ts";
import { flows } from "../flows/registry.ts";
import { createTestApplication } from "../testing/test-application.ts";
import { enterLab } from "../testing/visitor.ts";
import { watchExchanges } from "../testing/watch-exchanges.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

function spyOnLooks() {
  const looks = vi.spyOn(app.app, "heldOf");
  onTestFinished(() => looks.mockRestore());
  return looks;
}

describe("what the server held, in an exchange that a page reads", () => {
  test("is there as it was before the request and after its answer", async () => {
    const visitor = await enterLab(app);
    const { seen } = await watchExchanges(app, visitor);
    await visitor.logIn("server-session/sql");
    await visitor.post("/api/server-session/logout");
    const [login, logout] = await seen();
    expect(login?.held).toMatchObject({ before: [], after: [{ username: "alice", ended: null }] });
    expect(logout?.held?.before).toEqual(login?.held?.after);
    expect(logout?.held?.after).toMatchObject([{ username: "alice", ended: { reason: "logout" } }]);
  });

  test("is null where the flow keeps no record, and absent where no flow was asked", async () => {
    const visitor = await enterLab(app);
    const { seen } = await watchExchanges(app, visitor);
    await visitor.logIn("cookie/sealed");
    await visitor.post("/api/lab/clock", { advanceSeconds: 1 });
    const [login, clock] = await seen();
    expect(login?.held).toEqual({ before: null, after: null });
    expect(clock?.request.path).toBe("/api/lab/clock");
    expect(clock).not.toHaveProperty("held");
  });

  const modules: readonly FlowModule[] = flows;
  test.for(modules.flatMap(({ manifest }) => manifest.variants.map(({ id }) => id)))(
    "has no credential of %s in it",
    async (variant) => {
      const visitor = await enterLab(app);
      const { seen } = await watchExchanges(app, visitor);
      await visitor.logIn(variant);
      const flow = variant.split("/")[0];
      await visitor.get(`/api/${flow}/me`);
      const values = [...visitor.cookies].map(([, value]) => value);
      const credentials = [...values, visitor.accessToken, visitor.refreshToken].flatMap((each) => each || []);
      expect(credentials.length).toBeGreaterThan(1);
      // Of what a flow asked another service there is none.
      const exchanges = (await seen()).filter(({ request }) => request.path.startsWith(`/api/${flow}/`));
      expect(exchanges.map(({ held }) => held !== undefined)).toEqual([true, true]);
      const told = JSON.stringify(exchanges.map(({ held }) => held));
      // The end of a credential is what proves something.
      for (const credential of credentials) expect(told).not.toContain(decodeURIComponent(credential).slice(-20));
    },
  );
});

test("a lab whose stream nobody reads is not looked at", async () => {
  const looks = spyOnLooks();
  const visitor = await enterLab(app);
  await visitor.logIn("server-session/sql");
  const { stop } = await watchExchanges(app, visitor);
  await visitor.get("/api/server-session/me");
  expect(looks).toHaveBeenCalledTimes(2);
  await stop();
  // Somebody may come back within a minute, so the exchange itself is recorded.
  await visitor.get("/api/server-session/me");
  expect(app.app.exchanges.isWatched(app.app.labIdOf(visitor.cookies.get("__Host-lab") ?? ""))).toBe(true);
  expect(looks).toHaveBeenCalledTimes(2);
});

test("a look that fails changes no answer, and leaves the exchange without it", async () => {
  const visitor = await enterLab(app);
  const { seen } = await watchExchanges(app, visitor);
  spyOnLooks().mockRejectedValue(new Error("not now"));
  const report = vi.spyOn(app.app, "report").mockImplementation(() => {});
  onTestFinished(() => report.mockRestore());
  expect((await visitor.logIn("server-session/sql")).status).toBe(200);
  expect(report).toHaveBeenCalled();
  expect((await seen())[0]).not.toHaveProperty("held");
});
