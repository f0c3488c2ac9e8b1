import { afterAll, describe, expect, test, vi } from "vitest";
import { createTestApplication, type TestApplication } from "../../testing/test-application.ts";
import { createVisitor, enterLab, type Reply, type Visitor } from "../../testing/visitor.ts";
import type { LessonFrame } from "./model.ts";
import { stories } from "./stories.ts";

// A story logs in with four flows, and each login hashes a password.
vi.setConfig({ testTimeout: 60_000 });

const app = await createTestApplication();
afterAll(() => app.dispose());

function begin(visitor: Visitor, name = "log-out", played = 0): Promise<Reply> {
  return visitor.post("/api/lab/lesson", { name, played });
}

const idOf = ({ body }: Reply) => String(body["id"]);
const play = (visitor: Visitor, id: string, step: number) => visitor.post(`/api/lab/lesson/${id}`, { step });
const leave = (visitor: Visitor, id: string) => visitor.send("DELETE", `/api/lab/lesson/${id}`);
const framesOf = ({ body }: Reply) => body["frames"] as readonly LessonFrame[];

/** The labs that have a row. */
async function labs({ database }: Pick<TestApplication, "database"> = app): Promise<number> {
  return database.client.lab.count();
}

test("a lesson is played step by step, and a step that was played is answered as it was recorded", async () => {
  const visitor = await enterLab(app);
  const begun = await begin(visitor);
  expect(begun).toMatchObject({ status: 200, body: { name: "log-out", frames: [] } });
  const first = await play(visitor, idOf(begun), 0);
  expect(first).toMatchObject({ status: 200, body: { step: 0, differs: [], markedAfter: null } });
  expect(await play(visitor, idOf(begun), 1)).toMatchObject({ status: 200, body: { step: 1, differs: [] } });
  expect((await play(visitor, idOf(begun), 0)).body).toEqual(first.body);
});

test("a lesson that is begun at a step has every step before it played in a new lab", async () => {
  const frames = framesOf(await begin(await enterLab(app), "log-out", 4));
  expect(frames.map(({ step, differs }) => [step, differs])).toEqual([0, 1, 2, 3].map((step) => [step, []]));
  expect(frames[3]?.lanes.map(({ flow, code }) => `${flow} ${code ?? "in"}`)).toEqual([
    ...["cookie in", "server-session REVOKED", "memory-jwt in", "memory-jwt REVOKED", "hybrid REVOKED"],
  ]);
});

test("a lesson leaves the visitor's cookies, logins and audit as they are", async () => {
  const visitor = await enterLab(app);
  await visitor.logIn("server-session/sql");
  await visitor.logIn("cookie/sealed");
  const seen = async () => [
    [...visitor.cookies],
    (await visitor.get("/api/lab")).body["held"],
    (await visitor.get("/api/audit")).body["events"],
    (await visitor.get("/api/lab")).body["clock"] && (await visitor.get("/api/lab")).body["settings"],
  ];
  const before = await seen();
  // This one ends every login of its own alice.
  await begin(visitor, "change-the-password", 3);
  expect(await seen()).toEqual(before);
  expect((await visitor.get("/api/server-session/me")).status).toBe(200);
});

test("no cookie, token or password of a lesson's lab is in its answers", async () => {
  // Every kind of credential, and a rotated one.
  const told = stories.filter(({ name }) => ["log-out", "the-thief-and-the-refresh-token"].includes(name));
  const secrets = new Set<string>();
  const own = await createTestApplication();
  const { collect } = own.exchanges;
  const open = own.labContexts.mintLabCookie;
  try {
    const visitor = await enterLab(own);
    const minted: string[] = [];
    Object.assign(own.labContexts, {
      mintLabCookie: () => {
        const cookie = open();
        minted.push(cookie);
        return cookie;
      },
    });
    Object.assign(own.exchanges, {
      collect: (labId: string) => {
        const stop = collect(labId);
        return () => {
          const seen = stop();
          for (const text of JSON.stringify(seen).match(/[\w-]{20}\.[\w./+%~:-]{20,}|eyJ[\w.-]{20,}/g) ?? [])
            secrets.add(text);
          return seen;
        };
      },
    });
    const answered = await Promise.all(
      told.map(async ({ name, steps }) => (await begin(await enterLab(own), name, steps.length)).text),
    );
    expect(minted.length).toBeGreaterThanOrEqual(told.length);
    expect(secrets.size).toBeGreaterThan(6);
    const text = answered.join("\n");
    for (const secret of [...minted, ...secrets]) expect(text.includes(secret)).toBe(false);
    expect(text).not.toContain("alice-likes-tea");
    expect(visitor.cookies.size).toBe(1);
  } finally {
    await own.dispose();
  }
});

test("a credential without its middle is as long as it was, and the same in the browser and in its Set-Cookie line", async () => {
  const [frame] = framesOf(await begin(await enterLab(app), "log-out", 1));
  const held = frame?.panes.held["cookie"]?.credentials[0];
  expect(held?.value).toMatch(/^[^*]{4}\*{50,}[^*]{6}$/);
  const line = frame?.panes.exchanges
    .flatMap(({ response }) => response.headers)
    .find(([, value]) => value.startsWith(`${held?.name}=`))?.[1];
  const pair = line?.split(";")[0] ?? "";
  expect(decodeURIComponent(pair.slice(pair.indexOf("=") + 1))).toBe(held?.value);
  expect(pair.length).toBe(held?.bytes);
});

describe("a lesson ends, and its lab is removed,", () => {
  /** How many labs are left of one lesson, after this. */
  async function leftAfter(act: (visitor: Visitor, id: string) => Promise<unknown>): Promise<void> {
    const visitor = await enterLab(app);
    await visitor.logIn("cookie/sealed");
    const before = await labs();
    const id = idOf(await begin(visitor, "log-out", 1));
    expect(await labs()).toBe(before + 1);
    await act(visitor, id);
    await expect.poll(() => labs()).toBeLessThanOrEqual(before);
    expect(await play(visitor, id, 1)).toMatchObject({ status: 404, code: "NOT_FOUND" });
  }

  test("when its visitor leaves it", () =>
    leftAfter(async (visitor, id) => expect((await leave(visitor, id)).status).toBe(204)));

  test("when the visitor's lab is reset", () => leftAfter((visitor) => visitor.post("/api/lab/reset")));

  test("when its visitor disconnects before the answer", async () => {
    const visitor = await enterLab(app);
    await visitor.logIn("cookie/sealed");
    const before = await labs();
    const leaving = new AbortController();
    const cookie = [...visitor.cookies].map((pair) => pair.join("=")).join("; ");
    const answer = app.dispatch(
      new Request(`${app.env.origin}/api/lab/lesson`, {
        method: "POST",
        headers: { cookie, "content-type": "application/json" },
        body: JSON.stringify({ name: "log-out", played: 3 }),
        signal: leaving.signal,
      }),
    );
    leaving.abort();
    await answer;
    expect(await labs()).toBe(before);
    expect((await begin(visitor)).status).toBe(200);
  });

  test("when the process stops", async () => {
    const stop = new AbortController();
    const own = await createTestApplication({}, { stopping: stop.signal });
    try {
      const visitor = await enterLab(own);
      const before = await labs(own);
      await begin(visitor, "log-out", 1);
      expect(await labs(own)).toBe(before + 1);
      stop.abort();
      await expect.poll(() => labs(own)).toBe(before);
      expect(await begin(visitor)).toMatchObject({ status: 503, code: "STORE_UNAVAILABLE" });
    } finally {
      await own.dispose();
    }
  });
});

test("the next lesson of a visitor ends the one before, and an id of it is NOT_FOUND", async () => {
  const visitor = await enterLab(app);
  const first = idOf(await begin(visitor));
  const second = idOf(await begin(visitor, "change-the-password"));
  expect(await play(visitor, first, 0)).toMatchObject({ status: 404, code: "NOT_FOUND" });
  // A page that is left late does not end the lesson of another tab.
  expect(await leave(visitor, first)).toMatchObject({ status: 404, code: "NOT_FOUND" });
  expect((await play(visitor, second, 0)).status).toBe(200);
});

test("a lesson is driven with the lab cookie of its visitor alone", async () => {
  const visitor = await enterLab(app);
  const id = idOf(await begin(visitor));
  for (const stranger of [await enterLab(app), createVisitor(app)]) {
    expect(await play(stranger, id, 0)).toMatchObject({ status: 404, code: "NOT_FOUND" });
    expect(await leave(stranger, id)).toMatchObject({ status: 404, code: "NOT_FOUND" });
  }
  expect((await play(visitor, id, 0)).status).toBe(200);
});

test("another site cannot begin, play or leave a lesson", async () => {
  const visitor = await enterLab(app);
  const id = idOf(await begin(visitor));
  const headers = { origin: "https://another.example", "sec-fetch-site": "cross-site" };
  const asked = [
    visitor.send("POST", "/api/lab/lesson", { body: { name: "log-out" }, headers }),
    visitor.send("POST", `/api/lab/lesson/${id}`, { body: { step: 0 }, headers }),
    visitor.send("DELETE", `/api/lab/lesson/${id}`, { headers }),
  ];
  for (const reply of await Promise.all(asked)) {
    expect(reply).toMatchObject({ status: 403, code: "CROSS_SITE_REQUEST" });
  }
});

test("a name, a number of steps or a step that there is not is UNPROCESSABLE and names what there is", async () => {
  const visitor = await enterLab(app);
  const unknown = await begin(visitor, "nonesuch");
  expect(unknown).toMatchObject({ status: 422, code: "UNPROCESSABLE" });
  expect(unknown.body["detail"]).toMatch(/^name: there are log-out, where-is-the-state/);
  expect((await begin(visitor, "log-out", 7)).body["detail"]).toBe("played: it has 6 steps.");
  const id = idOf(await begin(visitor));
  expect((await play(visitor, id, 1)).body["detail"]).toBe("step: the next one is 0, of 6.");
});
