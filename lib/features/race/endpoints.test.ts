import { afterAll, describe, expect, test } from "vitest";
import { createTestApplication } from "../../testing/test-application.ts";
import { enterLab, type Visitor } from "../../testing/visitor.ts";
import type { RaceNews } from "./model.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

/** The answer as it comes: a race tells while it runs. */
function race(visitor: Visitor, body: unknown): Promise<Response> {
  const cookie = [...visitor.cookies].map((pair) => pair.join("=")).join("; ");
  const headers = { cookie, "content-type": "application/json" };
  return app.dispatch(
    new Request(`${app.env.origin}/api/lab/race`, { method: "POST", headers, body: JSON.stringify(body) }),
  );
}

function newsIn(text: string): readonly RaceNews[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line): RaceNews => JSON.parse(line));
}

/** A login that ends only by its idle time. */
const long = { plug: "client-forgets", variants: ["cookie/sealed"] };
/** Refused at the first look. */
const short = { plug: "replay-after-logout", variants: ["server-session/sql", "cookie/sealed-versioned"] };

test("a race streams its lanes, each plug's time and each copy's verdict, as lines of JSON", async () => {
  const response = await race(await enterLab(app), short);
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/x-ndjson"]);
  const told = newsIn(await response.text());
  const claimed = { credential: "access", expected: { credential: "access", outcome: "REVOKED", until: "at-once" } };
  expect(told[0]).toEqual({
    type: "start",
    plug: "replay-after-logout",
    lifetimes: "seconds",
    everySeconds: 1,
    lanes: [
      { variant: "cookie/sealed-versioned", thief: "silent", copies: [{ ...claimed, expectedSeconds: 0 }] },
      { variant: "server-session/sql", thief: "silent", copies: [{ ...claimed, expectedSeconds: 0 }] },
    ],
  });
  expect(told[1]).toEqual({
    type: "in",
    copies: [0, 1].map((lane) => ({ lane, credential: "access", seconds: null, authority: "current" })),
  });
  const pulled = told.filter(({ type }) => type === "pulled");
  expect(pulled).toHaveLength(2);
  expect(pulled[0]).toMatchObject({ status: 204, code: null, afterLoginSeconds: expect.any(Number) });
  for (const verdict of told.filter(({ type }) => type === "verdict")) {
    expect(verdict).toMatchObject({ outcome: "REVOKED", until: "at-once", acceptedAfter: null, holds: true });
  }
  expect(told.at(-1)).toEqual({ type: "done" });
});

test("a race leaves the caller's logins and lab alone", async () => {
  const visitor = await enterLab(app);
  await visitor.logIn("server-session/sql");
  const before = [(await visitor.get("/api/lab")).body["held"], (await visitor.get("/api/audit")).body["events"]];
  await (await race(visitor, short)).text();
  expect([(await visitor.get("/api/lab")).body["held"], (await visitor.get("/api/audit")).body["events"]]).toEqual(
    before,
  );
  expect((await visitor.get("/api/server-session/me")).status).toBe(200);
});

test("a lab has one race at a time: a second is TOO_MANY_REQUESTS; another lab may have its own", async () => {
  const visitor = await enterLab(app);
  const reader = (await race(visitor, long)).body?.getReader();
  expect(await reader?.read()).toMatchObject({ done: false });

  const declined = await visitor.post("/api/lab/race", short);
  expect(declined).toMatchObject({ status: 429, code: "TOO_MANY_REQUESTS" });
  expect(declined.body["detail"]).toContain("Stop it, or wait for its end.");
  expect(Number(declined.headers.get("retry-after"))).toBeGreaterThan(100);
  expect((await race(await enterLab(app), short)).status).toBe(200);

  await reader?.cancel();
  expect(newsIn(await (await race(visitor, short)).text()).at(-1)).toEqual({ type: "done" });
});

describe("a race that cannot be run is UNPROCESSABLE and names the possible values", () => {
  const wrong = [
    [{ ...short, plug: "nonesuch" }, /^plug: there are client-forgets,/],
    // The lab's clock is not moved in real time, and a thief's own doing is no plug.
    [{ ...short, plug: "idle-passed" }, /^plug: /],
    [{ ...short, plug: "other-device" }, /^plug: /],
    [{ ...short, variants: ["cookie/nonesuch"] }, /^variants: there are cookie\/plain,/],
    [{ ...short, variants: [] }, /variants/],
    [{ ...short, variants: ["cookie"] }, /variants/],
    [{ ...short, variants: ["cookie/sealed", "cookie/sealed"] }, /must not name one twice/],
    [{ plug: "client-forgets" }, /variants/],
    [{ ...short, seconds: 5 }, /seconds/],
    [{ ...short, plug: "x".repeat(100) }, /plug/],
  ] as const;
  test.for(wrong)("%o", async ([body, detail]) => {
    const reply = await (await enterLab(app)).post("/api/lab/race", body);
    expect([reply.status, reply.code]).toEqual([422, "UNPROCESSABLE"]);
    expect(reply.body["detail"]).toMatch(detail);
  });
});
