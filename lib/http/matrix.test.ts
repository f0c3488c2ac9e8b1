import { afterAll, describe, expect, test } from "vitest";
import { experiments } from "../lab/experiments.ts";
import { createTestApplication } from "../testing/test-application.ts";

import { enterLab, type Visitor } from "../testing/visitor.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const small = { variants: ["server-session/sql", "cookie/plain"], experiments: ["forge", "replay-after-logout"] };

// Each cell makes password hashes, and others may want the machine too.
describe("the matrix", { timeout: 60_000 }, () => {
  test("plays the cells that were asked for, tells of each, and keeps them for the lab", async () => {
    const visitor = await enterLab(app);
    const news = await run(visitor, small);
    expect(news[0]).toEqual({ type: "begun", cells: 4 });
    expect(news.at(-1)).toEqual({ type: "done" });
    expect(news.filter(({ type }) => type === "cell")).toHaveLength(4);
    const { body } = await visitor.get("/api/lab/matrix");
    expect(body).toMatchObject({ running: false, settings: { lifetimes: "standard" }, version: expect.any(String) });
    expect(cellsOf(body).map(({ holds }) => holds)).toEqual([true, true, true, true]);
  });

  test("goes on where it was stopped: what was played is not played again unless that is wanted", async () => {
    const visitor = await enterLab(app);
    await run(visitor, { ...small, experiments: ["forge"] });
    expect((await run(visitor, small))[0]).toEqual({ type: "begun", cells: 2 });
    expect((await run(visitor, small))[0]).toEqual({ type: "begun", cells: 0 });
    expect((await run(visitor, { ...small, again: true }))[0]).toEqual({ type: "begun", cells: 4 });
  });

  test("stops when nobody reads any more, and keeps what it has", async () => {
    const visitor = await enterLab(app);
    const stop = new AbortController();
    const response = await app.dispatch(request(visitor, {}, stop.signal));
    const reader = response.body?.getReader();
    let text = "";
    while (!text.includes('"type":"cell"')) text += new TextDecoder().decode((await reader?.read())?.value);
    stop.abort();
    await expect
      .poll(async () => (await visitor.get("/api/lab/matrix")).body["running"], { timeout: 50_000 })
      .toBe(false);
    const kept = cellsOf((await visitor.get("/api/lab/matrix")).body);
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.length).toBeLessThan(experiments.length);
  });

  test("is played once at a time by one lab: a second run is TOO_MANY_REQUESTS", async () => {
    const visitor = await enterLab(app);
    const stop = new AbortController();
    const first = await app.dispatch(request(visitor, {}, stop.signal));
    const second = await visitor.post("/api/lab/matrix", small);
    expect([second.status, second.code]).toEqual([429, "TOO_MANY_REQUESTS"]);
    stop.abort();
    await first.body?.cancel();
  });

  test("begins anew at once after a stop, and a reset stops the run of its lab", async () => {
    const visitor = await enterLab(app);
    const stop = new AbortController();
    await app.dispatch(request(visitor, {}, stop.signal));
    stop.abort();
    const again = await app.dispatch(request(visitor, {}));
    expect(again.status).toBe(200);
    expect((await visitor.post("/api/lab/reset")).status).toBe(204);
    // It ends by itself, long before all cells are played, and says of none that it was the last.
    expect(await again.text()).not.toContain('"type":"done"');
    const next = await enterLab(app);
    expect((await run(next, { variants: ["cookie/plain"], experiments: ["forge"] })).at(-1)).toEqual({ type: "done" });
  });

  test.for([
    { variants: ["cookie/nonesuch"] },
    { experiments: ["nonesuch"] },
    { variants: [] },
    { variants: "cookie/plain" },
    { unknown: true },
    { again: "yes" },
    undefined,
  ])("%j is UNPROCESSABLE", async (body) => {
    expect((await (await enterLab(app)).post("/api/lab/matrix", body)).code).toBe("UNPROCESSABLE");
  });

  test("comes as CSV with a line for each reading, and in no other form", async () => {
    const visitor = await enterLab(app);
    await run(visitor, { variants: ["cookie/sealed"], experiments: ["client-forgets"] });
    const cookie = [...visitor.cookies].map((pair) => pair.join("=")).join("; ");
    const asked = new Request(`${app.env.origin}/api/lab/matrix?format=csv`, { headers: { cookie } });
    const text = await (await app.dispatch(asked)).text();
    const [head = "", ...lines] = text.trimEnd().split("\r\n");
    const columns = head.split(",");
    const readings = lines.map((line) => Object.fromEntries(line.split(",").map((each, at) => [columns[at], each])));
    expect(readings).toMatchObject([
      {
        credential: "access",
        thief: "silent",
        outcome: "exposed",
        until: "idle",
        refused_after_s: "1802",
        holds: "true",
      },
      { credential: "access", thief: "active", outcome: "exposed", until: "absolute", refused_after_s: "28802" },
    ]);
    expect((await visitor.get("/api/lab/matrix?format=xml")).code).toBe("UNPROCESSABLE");
  });
});

describe("an experiment whose exchanges are wanted", { timeout: 60_000 }, () => {
  test("brings what was sent and answered in each performance, with the steps that the server took", async () => {
    const visitor = await enterLab(app);
    const body = { variants: ["cookie/sealed"], exchanges: true };
    const response = await app.dispatch(request(visitor, body, undefined, "experiments/replay-after-logout"));
    const verdict = linesOf(await response.text()).at(-1);
    const performances: unknown = verdict?.["performances"];
    expect(performances).toMatchObject([
      { title: "access, at once" },
      { title: "access, 1802 s after the login" },
      { title: "access, 1795 s after the login" },
      { title: "access, kept in use" },
    ]);
    expect(performances).toMatchObject([
      { exchanges: expect.arrayContaining([expect.objectContaining({ action: "logout" })]) },
      { exchanges: expect.arrayContaining([expect.objectContaining({ action: "me", code: "EXPIRED" })]) },
      {},
      {},
    ]);
    expect(JSON.stringify(performances)).toContain('"steps":[{');
  });
});

type Line = Readonly<Record<string, unknown>>;

function request(visitor: Visitor, body: object, signal?: AbortSignal, path = "matrix"): Request {
  const cookie = [...visitor.cookies].map((pair) => pair.join("=")).join("; ");
  const headers = { cookie, "content-type": "application/json" };
  const init = { method: "POST", headers, body: JSON.stringify(body), ...(signal && { signal }) };
  return new Request(`${app.env.origin}/api/lab/${path}`, init);
}

async function run(visitor: Visitor, body: object): Promise<readonly Line[]> {
  return linesOf(await (await app.dispatch(request(visitor, body))).text());
}

function linesOf(text: string): readonly Line[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

function cellsOf(body: Line): readonly Line[] {
  const cells = body["cells"];
  return Array.isArray(cells) ? cells : [];
}
