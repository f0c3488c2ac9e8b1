import { afterAll, expect, test } from "vitest";
import { ServerStopping } from "../http/stopping.ts";
import { createTestApplication } from "../testing/test-application.ts";
import { enterLab } from "../testing/visitor.ts";

const stopping = new AbortController();
const app = await createTestApplication({}, { stopping: stopping.signal });
afterAll(() => app.dispose());

test("a process that is asked to end says so, ends its streams, and gives back the labs that it plays in", async () => {
  const visitor = await enterLab(app);
  const headers = { cookie: [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
  const open = (path: string, init: RequestInit = {}) =>
    app.dispatch(
      new Request(`${app.env.origin}${path}`, {
        ...init,
        headers: { ...headers, "content-type": "application/json" },
      }),
    );
  const before = await app.database.client.lab.count();
  const events = (await open("/api/lab/exchanges")).text();
  const matrix = await open("/api/lab/matrix", {
    method: "POST",
    body: JSON.stringify({ variants: ["cookie/sealed"] }),
  });
  const race = await open("/api/lab/race", {
    method: "POST",
    body: JSON.stringify({ plug: "replay-after-logout", variants: ["cookie/sealed"] }),
  });
  expect([matrix.status, race.status]).toEqual([200, 200]);
  const lines = [matrix.text(), race.text()];

  stopping.abort(new ServerStopping());
  expect(exchangesIn(await events)).toEqual([]);
  for (const text of await Promise.all(lines)) {
    const last: unknown = JSON.parse(text.trim().split("\n").at(-1) ?? "");
    expect(last).toEqual({ type: "failed", reason: "The server is stopping. Ask again in a moment." });
  }
  expect(await app.database.client.lab.count()).toBe(before);

  const health = await visitor.get("/api/health");
  expect([health.status, health.body["status"]]).toEqual([503, "stopping"]);
  // A connection that was open may bring one more request.
  expect(exchangesIn(await (await open("/api/lab/exchanges")).text())).toEqual([]);
});

/** The exchanges that a stream told, after its first line. */
function exchangesIn(stream: string): readonly string[] {
  expect(stream).toMatch(/^retry: 2000\n\n/);
  return stream.split("\n").filter((line) => line.startsWith("event: exchange"));
}
