import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createGuessingBench } from "../../../server/wire-guessing.ts";
import { createTestApplication, type TestApplication } from "../../../testing/test-application.ts";
import { enterLab } from "../../../testing/visitor.ts";
import { guessingCases } from "./cases.ts";
import type { GuessingPlay, PlayedGuessing } from "./model.ts";
import { measureLogins } from "./play-guessing.ts";

let app: TestApplication;
let play: GuessingPlay;
beforeAll(async () => {
  app = await createTestApplication();
  const visitor = await enterLab(app);
  play = (await visitor.post("/api/lab/guessing")).body as unknown as GuessingPlay;
});
afterAll(() => app.dispose());

function played(id: string): PlayedGuessing {
  const found = play.tried ? play.cases.find((each) => each.id === id) : undefined;
  if (!found) throw new Error(`${id} was not played`);
  return found;
}

/** The answer that decided, how many passwords of how many were hashed, and the line. */
function defenceOf(id: string) {
  const { status, hashed, sent, line } = played(id).defence;
  return [status, `${hashed} of ${sent}`, line.text];
}

describe("guessing, as it is played", () => {
  test.for(guessingCases.map(({ id }) => id))(
    "%s succeeds against limits with a mistake, and not against the right ones",
    (id) => {
      const { weakness, defence } = played(id);
      expect([weakness.succeeded, defence.succeeded]).toEqual([true, false]);
      expect(weakness.line.file).toContain("/weak/");
    },
  );

  test("[ASVS 6.3.1] of one address that tries many names a hundred passwords are hashed", () => {
    expect(defenceOf("many-names")).toEqual([429, "100 of 120", expect.stringContaining("fromHere.wait !== null")]);
  });

  test("[NIST 3.2.2] of many addresses that try one name a hundred passwords are hashed", () => {
    expect(defenceOf("many-addresses")).toEqual([
      429,
      "100 of 200",
      expect.stringContaining("fromAnywhere.wait !== null"),
    ]);
  });

  test("[NIST 3.2.2] whoever goes on waits twice as long each time, up to an hour", () => {
    expect(play).toMatchObject({ waits: [30, 60, 120, 240, 480, 960, 1920, 3600, 3600] });
  });

  test("alice gets in from her own browser, whatever others have used up", () => {
    expect(defenceOf("lock-out")).toEqual([200, "199 of 300", expect.stringContaining('by: "device"')]);
  });

  test("a device cookie is good for ten wrong passwords, and then its holder is counted as anybody else", () => {
    expect(defenceOf("stolen-device")).toEqual([429, "20 of 30", expect.stringContaining("fromHereByName.wait")]);
    expect(defenceOf("another-device")).toEqual([429, "10 of 15", expect.stringContaining("fromHereByName.wait")]);
  });

  test("[ASVS 6.3.8] a known and an unknown name cost one hash each", () => {
    expect(defenceOf("which-names")).toEqual([401, "2 of 2", expect.stringContaining("passwords.verify(")]);
  });

  test("takes no attempt of anybody, and leaves no lab behind", async () => {
    const labs = await app.database.client.lab.count();
    const visitor = await enterLab(app);
    const { body } = await visitor.post("/api/lab/guessing/times");
    expect([body["known"], body["unknown"]].map((each) => Array.isArray(each) && each.length)).toEqual([20, 20]);
    expect(await app.database.client.lab.count()).toBe(labs + 1);
    expect((await visitor.logIn("server-session/sql")).status).toBe(200);
  });

  test("is measured six times in a minute from one network", async () => {
    const statuses = [];
    for (let at = 0; at < 6; at += 1) {
      const gone = AbortSignal.abort();
      const headers = {
        cookie: cookieOf(await enterLab(app)),
        "sec-fetch-site": "same-origin",
        "x-forwarded-for": "192.0.2.77",
      };
      const url = `${app.env.origin}/api/lab/guessing/times`;
      statuses.push((await app.dispatch(new Request(url, { method: "POST", headers, signal: gone }))).status);
    }
    const visitor = await enterLab(app);
    const last = await visitor.send("POST", "/api/lab/guessing/times", {
      headers: { "x-forwarded-for": "192.0.2.77" },
    });
    expect([...statuses, last.code]).toEqual([200, 200, 200, 200, 200, 200, "TOO_MANY_REQUESTS"]);
  });

  test("stops when nobody waits any more", async () => {
    expect(await measureLogins(createGuessingBench(app), AbortSignal.abort())).toEqual({ known: [], unknown: [] });
  });
});

function cookieOf({ cookies }: Awaited<ReturnType<typeof enterLab>>): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
}

test("a right password that is refused without an attack makes the play one that could not be tried", async () => {
  const closed = createGuessingBench(app);
  const { playGuessing } = await import("./play-guessing.ts");
  const { decidingLines } = await import("./deciding-lines.ts");
  const bench = {
    open: (hashing: "counted" | "paid") =>
      closed.open(hashing, (right) => ({ ...right, hasher: { ...right.hasher, verify: async () => false } })),
  };
  expect(await playGuessing({ bench, lines: decidingLines() })).toMatchObject({ tried: false });
});

test("without lab mode nothing is guessed or measured", async () => {
  const real = await createTestApplication({ LAB_MODE: "off" });
  try {
    for (const path of ["/api/lab/guessing", "/api/lab/guessing/times"]) {
      const request = new Request(`${real.env.origin}${path}`, { method: "POST" });
      expect((await real.dispatch(request)).status).toBe(404);
    }
  } finally {
    await real.dispose();
  }
});
