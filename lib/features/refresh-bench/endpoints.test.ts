import { afterAll, describe, expect, test } from "vitest";
import { createTestApplication } from "../../testing/test-application.ts";
import { enterLab } from "../../testing/visitor.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const run = "/api/lab/refresh-bench/run";
const count = "/api/lab/refresh-bench/count";
const order = { strategy: "grace", schedule: "two-tabs", seed: 7 };
const counting = { strategies: ["naive"], schedules: ["two-tabs"], from: 1, runs: 20 };

async function counted(body: object, signal?: AbortSignal): Promise<Response> {
  const { cookies } = await enterLab(app);
  const headers = {
    cookie: [...cookies].map((pair) => pair.join("=")).join("; "),
    "content-type": "application/json",
  };
  const init = { method: "POST", headers, body: JSON.stringify(body), ...(signal && { signal }) };
  return app.dispatch(new Request(`${app.env.origin}${count}`, init));
}

async function linesOf(response: Response) {
  return (await response.text())
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

test("a run is answered step by step, each with the family's state after it", async () => {
  const visitor = await enterLab(app);
  const { status, body } = await visitor.post(run, order);
  expect(status).toBe(200);
  expect(body).toMatchObject({ ...order, singleFlight: false, outcome: { falseLogout: false } });
  const { steps } = body;
  expect(Array.isArray(steps) && steps[0]).toMatchObject({
    event: { kind: "send", request: "POST /api/memory-jwt/refresh", token: "R1" },
    tree: { tokens: [{ name: "R1", generation: 1, parent: null, usedAt: null }], holding: { browser: "R1" } },
  });
  expect((await visitor.post(run, order)).body).toEqual(body);
});

describe("an impossible order to the bench is refused with a code, never a 5xx", () => {
  test.for([
    [run, { ...order, strategy: "hope" }],
    [run, { ...order, schedule: "Tuesday" }],
    [run, { ...order, seed: -1 }],
    [run, { ...order, seed: 2 ** 32 }],
    [run, { ...order, seed: 1.5 }],
    [run, { ...order, singleFlight: "yes" }],
    [run, { ...order, grace: 3600 }],
    [run, { strategy: "grace" }],
    [count, { ...counting, runs: 0 }],
    [count, { ...counting, runs: 201 }],
    [count, { ...counting, strategies: [] }],
    [count, { ...counting, strategies: ["naive", "hope"] }],
    [count, { ...counting, schedules: ["constructor"] }],
    [count, { ...counting, schedules: Array.from({ length: 31 }, () => "two-tabs") }],
  ] as const)("%s %o is UNPROCESSABLE", async ([path, body]) => {
    const visitor = await enterLab(app);
    const reply = await visitor.post(path, body);
    expect([reply.status, reply.code]).toEqual([422, "UNPROCESSABLE"]);
    expect(reply.body["detail"]).toMatch(/strateg|schedule|seed|singleFlight|grace|runs/);
  });

  test("outside lab mode there is no bench", async () => {
    const plain = await createTestApplication({ LAB_MODE: "off" });
    const request = (path: string) => new Request(`${plain.env.origin}${path}`, { method: "POST" });
    for (const path of [run, count]) expect((await plain.dispatch(request(path))).status).toBe(404);
    await plain.dispose();
  });
});

describe("a count", () => {
  test("streams the intermediate result after every ten runs of each pair", async () => {
    const response = await counted({ ...counting, strategies: ["naive", "atomic", "naive"] });
    expect(response.headers.get("content-type")).toBe("application/x-ndjson");
    const lines = await linesOf(response);
    expect(lines.map(({ strategy, runs }) => `${strategy} ${runs}`)).toEqual([
      ...["naive 10", "naive 20", "atomic 10", "atomic 20"],
    ]);
    expect(lines.at(-1).bad["false-logout"].times).toBeGreaterThan(0);
  });

  test("is the same with the same seeds", async () => {
    expect(await linesOf(await counted(counting))).toEqual(await linesOf(await counted(counting)));
  });

  test("stops when its reader disconnects", async () => {
    const stop = new AbortController();
    const response = await counted({ ...counting, runs: 200, strategies: ["naive", "atomic", "grace"] }, stop.signal);
    const reader = response.body?.getReader();
    await reader?.read();
    stop.abort();
    let more = 0;
    while ((await reader?.read())?.done === false) more += 1;
    // What was on its way already.
    expect(more).toBeLessThan(4);
  });
});

test("orders above the limit are TOO_MANY_REQUESTS with the time to wait", async () => {
  const visitor = await enterLab(app);
  const empty = { ...counting, strategies: ["hope"] };
  const codes = new Set<unknown>();
  for (let times = 0; times < 25; times += 1) codes.add((await visitor.post(count, empty)).code);
  expect(codes).toEqual(new Set(["UNPROCESSABLE", "TOO_MANY_REQUESTS"]));
  const limited = await visitor.post(count, counting);
  expect([limited.status, Number(limited.headers.get("retry-after")) > 0]).toEqual([429, true]);
});
