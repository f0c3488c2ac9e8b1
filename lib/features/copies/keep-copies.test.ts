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
