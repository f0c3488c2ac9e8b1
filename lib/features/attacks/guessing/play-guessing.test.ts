import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { flows } from "../../../flows/registry.ts";
import { markOfName } from "../../../http/password-attempts/device-cookie.ts";
import { labCookie } from "../../../http/request/lab-cookie.ts";
import { networkOf } from "../../../http/request/network.ts";
import { createGuessingBench } from "../../../server/attacks/guessing-bench.ts";
import { createTestApplication, type TestApplication } from "../../../testing/test-application.ts";
import { enterLab } from "../../../testing/visitor.ts";
import { guessingRow } from "../overview/guessing-row.ts";
import { guessingCases } from "./cases.ts";
import { decidingLines } from "./deciding-lines.ts";
import type { GuessingPlay, LoginTimes, PlayedGuessing } from "./model.ts";
import { measureLogins, playGuessing } from "./play-guessing.ts";
import { addressNumber } from "./scene.ts";

let app: TestApplication;
const plays = new Map<string, GuessingPlay>();
beforeAll(async () => {
  app = await createTestApplication();
  const visitor = await enterLab(app);
  for (const { id } of guessingCases)
    plays.set(id, (await visitor.post("/api/lab/guessing", { attack: id })).body as unknown as GuessingPlay);
});
afterAll(() => app.dispose());

function played(id: string): PlayedGuessing {
  const play = plays.get(id);
  if (!play?.tried) throw new Error(`${id} was not played`);
  return play.played;
}

/** The answer that decided, how many passwords of how many were hashed, and the line. */
function defenceOf(id: string) {
  const { status, hashed, sent, line } = played(id).defence;
  return [status, `${hashed} of ${sent}`, line.text];
}

describe("guessing, as it is played", () => {
  test("is played one attack at a time for a lab", async () => {
    const visitor = await enterLab(app);
    const play = () => visitor.post("/api/lab/guessing", { attack: "which-names" });
    const [first, second] = await Promise.all([play(), play()]);
    expect([first.status, second.status].sort()).toEqual([200, 429]);
    expect((await play()).status).toBe(200);
  });

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

  test("of many addresses comes to what the overview says of every flow, at whose login the name has no tries left", async () => {
    const { weakness, defence } = played("many-addresses");
    for (const { manifest } of flows) {
      const row = guessingRow([manifest]).cells[manifest.id];
      expect([row?.without.outcome === "succeeds", row?.with]).toEqual([
        weakness.succeeded,
        { outcome: "refused", words: defence.code },
      ]);
      const visitor = await enterLab(app);
      const context = await app.app.findLabContext(app.app.labIdOf(visitor.cookies.get(labCookie.name) ?? ""));
      if (!context) throw new Error("This visitor has no lab");
      const [lab, name] = [context.lab.id, markOfName(context, "alice")];
      for (let at = 0; at < 100; at += 1)
        await app.app.limits.password.reserve({ lab, network: networkOf(addressNumber(at)), name, devices: [] });
      expect((await visitor.logIn(manifest.defaults.lab)).code, manifest.id).toBe(defence.code);
    }
  });

  test("[NIST 3.2.2] whoever goes on waits twice as long each time, up to an hour", () => {
    expect(plays.get("many-addresses")).toMatchObject({ waits: [30, 60, 120, 240, 480, 960, 1920, 3600, 3600] });
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
    const { body } = await visitor.post("/api/lab/guessing/times", { each: 3 });
    const { logins } = body as unknown as LoginTimes;
    expect(logins.map(({ known }) => known)).toEqual([true, false, false, true, true, false]);
    expect(await app.database.client.lab.count()).toBe(labs + 1);
    expect((await visitor.logIn("server-session/sql")).status).toBe(200);
  });

  test("is measured six times in a minute from one network", async () => {
    const measure = async () => {
      const headers = { "x-forwarded-for": "192.0.2.77" };
      return (await enterLab(app)).send("POST", "/api/lab/guessing/times", { body: { each: 1 }, headers });
    };
    const statuses = [];
    for (let at = 0; at < 7; at += 1) statuses.push((await measure()).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429]);
  });

  test("stops when nobody waits any more", async () => {
    expect(await measureLogins(createGuessingBench(app), 20, AbortSignal.abort())).toEqual({ logins: [] });
  });
});

test("a right password that is refused without an attack makes the play one that could not be tried", async () => {
  const closed = createGuessingBench(app);
  const bench = {
    open: (hashing: "counted" | "paid") =>
      closed.open(hashing, (right) => ({ ...right, hasher: { ...right.hasher, verify: async () => false } })),
  };
  for (const attack of guessingCases.slice(0, 1))
    expect(await playGuessing({ bench, lines: decidingLines() }, attack)).toMatchObject({ tried: false });
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

test.for(guessingCases)(
  "an attack on which the server breaks could not be tried, and neither succeeded nor was refused: $id",
  async (attack) => {
    const right = createGuessingBench(app);
    const bench: typeof right = {
      async open(...how) {
        const lab = await right.open(...how);
        let asked = 0;
        const from: typeof lab.from = (address) => (request) => {
          asked += 1;
          // The first two logins are those with which a play proves itself.
          return asked > 2 ? Promise.resolve(new Response(null, { status: 503 })) : lab.from(address)(request);
        };
        return { ...lab, from };
      },
    };
    expect(await playGuessing({ bench, lines: decidingLines() }, attack)).toEqual({
      tried: false,
      why: "The server answered 503, which is no verdict of a limit.",
    });
  },
);
