import { expect, onTestFinished, test, vi } from "vitest";
import { second } from "../../core/time.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { labIdOf } from "../../testing/two-labs.ts";
import { enterLab } from "../../testing/visitor.ts";
import { watchExchanges } from "../../testing/watch-exchanges.ts";

test("after a plug copies are looked at once a second while a page watches, and not otherwise", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const app = await createTestApplication();
  onTestFinished(() => app.dispose());
  const visitor = await enterLab(app);
  await visitor.logIn("cookie/sealed");
  await visitor.post("/api/cookie/logout");
  const lab = labIdOf(app, visitor);
  const lookAfter = async () => {
    await app.copies.settled(lab);
    return app.copies.view(lab).copies[0]?.verdict?.afterSeconds;
  };
  const aSecondLater = () => {
    vi.advanceTimersByTime(second);
    return lookAfter();
  };
  const atPlug = await lookAfter();
  expect(await aSecondLater()).toBe(atPlug);
  const watching = await watchExchanges(app, visitor);
  const watched = await aSecondLater();
  expect(watched).toBeGreaterThan(atPlug ?? Number.NaN);
  await watching.stop();
  expect(await aSecondLater()).toBe(watched);
});

test("a look under way ends before the database is closed, and none begins afterwards", async () => {
  const errors = vi.spyOn(console, "error").mockImplementation(() => {});
  const app = await createTestApplication();
  const visitor = await enterLab(app);
  const watching = await watchExchanges(app, visitor);
  await Promise.all([visitor.logIn("server-session/sql"), visitor.logIn("memory-jwt/denylist")]);
  await visitor.post("/api/server-session/logout");
  await watching.stop();
  await app.dispose();
  await app.copies.settled(labIdOf(app, visitor));
  expect(errors.mock.calls).toEqual([]);
});
