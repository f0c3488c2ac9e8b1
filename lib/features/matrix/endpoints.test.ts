import { afterAll, describe, expect, test } from "vitest";
import { variants } from "../../flows/registry.ts";
import { replayedOf } from "../../lab/experiment.ts";
import { experiments } from "../../lab/experiments.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { enterLab, type Visitor } from "../../testing/visitor.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const small = { variants: ["server-session/sql", "cookie/plain"], experiments: ["forge", "replay-after-logout"] };

// Each cell makes password hashes, and others may want the machine too.
describe("the matrix", { timeout: 120_000 }, () => {
  test("plays the cells that were asked for, streams each, and keeps them for the lab", async () => {
    const visitor = await enterLab(app);
    const news = await run(visitor, small);
    expect(news[0]).toEqual({ type: "begun", cells: 4 });
    expect(news.at(-1)).toEqual({ type: "done" });
    expect(news.filter(({ type }) => type === "cell")).toHaveLength(4);
    const { body } = await visitor.get("/api/lab/matrix");
    expect(body).toMatchObject({ running: false, settings: { lifetimes: "standard" }, version: expect.any(String) });
    expect(cellsOf(body).map(({ holds }) => holds)).toEqual([true, true, true, true]);
  });

  test("plays a cell again only if that is asked for", async () => {
    const visitor = await enterLab(app);
    await run(visitor, small);
    expect((await run(visitor, small))[0]).toEqual({ type: "begun", cells: 0 });
    expect((await run(visitor, { ...small, again: true }))[0]).toEqual({ type: "begun", cells: 4 });
  });

  test("keeps exactly the streamed cells when it is stopped, and goes on with the rest", async () => {
    const visitor = await enterLab(app);
    const wanted = { variants: ["server-session/sql"] };
    const told = await stoppedAfterOneCell(visitor, wanted);
    const all = experiments.filter(({ id }) => id !== "refresh-replay").map(({ id }) => id);
    expect(told.length).toBeLessThan(all.length);
    expect(await keptBy(visitor)).toEqual(told);

    const rest = await run(visitor, wanted);
    expect(rest[0]).toEqual({ type: "begun", cells: all.length - told.length });
    expect(rest.at(-1)).toEqual({ type: "done" });
    expect(namesIn(rest)).toEqual(all.filter((id) => !told.includes(id)).sort());
    expect(await keptBy(visitor)).toEqual(all.toSorted());
  });

  test("has no cell if the experiment replays no credential of the variant", async () => {
    const visitor = await enterLab(app);
    const wanted = { variants: ["cookie/sealed", "memory-jwt/rotating"], experiments: ["refresh-replay"] };
    const news = await run(visitor, wanted);
    expect(news[0]).toEqual({ type: "begun", cells: 1 });
    expect(news[1]).toMatchObject({ cell: { variant: "memory-jwt/rotating", observed: [{ credential: "refresh" }] } });
    const played = variants.map((variant) => experiments.filter((each) => replayedOf(each, variant).length > 0));
    const { body } = await visitor.get("/api/lab/matrix");
    expect(body["total"]).toBe(played.flat().length);
  });

  test("refuses a second run of one lab at the same time: TOO_MANY_REQUESTS", async () => {
    const visitor = await enterLab(app);
    const stop = new AbortController();
    const first = await app.dispatch(request(visitor, {}, stop.signal));
    const second = await visitor.post("/api/lab/matrix", small);
    expect([second.status, second.code]).toEqual([429, "TOO_MANY_REQUESTS"]);
    stop.abort();
    await first.body?.cancel();
  });

  test("can be run again at once after a stop, and a reset stops the run of its lab", async () => {
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
    { experiments: ["cookie/plain"] },
    { variants: ["cookie/plain"], experiments: ["cookie/plain"] },
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
        refused_after_s: expect.stringMatching(/^18\d\d$/),
        holds: "true",
      },
      {
        credential: "access",
        thief: "active",
        outcome: "exposed",
        until: "absolute",
        refused_after_s: expect.stringMatching(/^288\d\d$/),
      },
    ]);
    expect((await visitor.get("/api/lab/matrix?format=xml")).code).toBe("UNPROCESSABLE");
  });
});

describe("an experiment whose exchanges are wanted", { timeout: 60_000 }, () => {
  test("streams the requests and answers of each performance, with the server's steps", async () => {
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

describe("an experiment that a lab has played", { timeout: 60_000 }, () => {
  const play = async (visitor: Visitor, id: string, ...wanted: readonly string[]) => {
    const response = await app.dispatch(request(visitor, { variants: wanted }, undefined, `experiments/${id}`));
    return linesOf(await response.text()).filter(({ type }) => type === "verdict");
  };

  test("becomes the lab's cell of the matrix, in the table, the export and /compare", async () => {
    const visitor = await enterLab(app);
    const { cell: first } = (await run(visitor, { variants: ["cookie/plain"], experiments: ["forge"] }))[1] ?? {};
    const [{ type: _, ...verdict } = {}] = await play(visitor, "forge", "cookie/plain");
    const cells = cellsOf((await visitor.get("/api/lab/matrix")).body);
    expect(cells).toEqual([verdict]);
    expect(verdict).toMatchObject({ variant: "cookie/plain", experiment: "forge", holds: true });
    expect(cells).not.toEqual([first]);
    expect((await run(visitor, { variants: ["cookie/plain"], experiments: ["forge"] }))[0]).toEqual({
      type: "begun",
      cells: 0,
    });
  });

  test("adds no cell if it replays no credential of the variant", async () => {
    const visitor = await enterLab(app);
    expect(await play(visitor, "refresh-replay", "cookie/sealed")).toMatchObject([{ observed: [], holds: true }]);
    expect(await keptBy(visitor)).toEqual([]);
  });

  test("may name each variant once: named twice is UNPROCESSABLE", async () => {
    const visitor = await enterLab(app);
    const twice = { variants: ["cookie/plain", "cookie/plain"] };
    expect((await visitor.post("/api/lab/experiments/forge", twice)).code).toBe("UNPROCESSABLE");
  });

  test("is TOO_MANY_REQUESTS with a time to wait above the limit of one lab", async () => {
    const visitor = await enterLab(app);
    const stop = new AbortController();
    const body = { variants: ["server-session/sql"] };
    const ask = () => app.dispatch(request(visitor, body, stop.signal, "experiments/replay-after-logout"));
    const answers = await Promise.all(Array.from({ length: 13 }, ask));
    stop.abort();
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(12);
    expect(refused.map(({ headers }) => headers.get("retry-after"))).toEqual(["5"]);
    expect(await refused[0]?.json()).toMatchObject({ code: "TOO_MANY_REQUESTS" });
    await Promise.all(answers.filter(({ status }) => status === 200).map((each) => each.text()));
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

/** What was told of, by experiment. */
async function stoppedAfterOneCell(visitor: Visitor, body: object): Promise<readonly string[]> {
  const stop = new AbortController();
  const response = await app.dispatch(request(visitor, body, stop.signal));
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const part = await reader?.read();
    if (!part || part.done) return namesIn(linesOf(text));
    text += part.value;
    // Cells that are in hand by now come to their end nevertheless, and so does the answer.
    if (text.includes('"type":"cell"')) stop.abort();
  }
}

function namesIn(news: readonly Line[]): readonly string[] {
  return news.flatMap(({ cell }) => (cell === undefined ? [] : experimentIn(cell))).sort();
}

function experimentIn(cell: unknown): string {
  return String(Object(cell)["experiment"]);
}

async function keptBy(visitor: Visitor): Promise<readonly string[]> {
  return cellsOf((await visitor.get("/api/lab/matrix")).body)
    .map(experimentIn)
    .sort();
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
