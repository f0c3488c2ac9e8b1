import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApplication, type TestApplication } from "../../../testing/test-application.ts";
import { enterLab, type Visitor } from "../../../testing/visitor.ts";
import {
  type PlayedWalk,
  type ResidueDefence,
  residueDefences,
  residueWalks,
  residueWays,
  verdictOf,
} from "./model.ts";
import { recordedPlays } from "./recorded-plays.ts";
import { defencesTold } from "./told.ts";

let app: TestApplication;
let real: TestApplication;
let alice: Visitor;
beforeAll(async () => {
  [app, real] = await Promise.all([createTestApplication(), createTestApplication({ LAB_MODE: "off" })]);
  alice = await enterLab(app);
  await alice.logIn("server-session/sql");
});
afterAll(() => Promise.all([app.dispose(), real.dispose()]));

const victim = "app.localhost:3000";

/** What the victim's host answers. `by`: with whose cookies. */
async function open(page: string, defence: string, by: Visitor | null = null, more = ""): Promise<Response> {
  const path = `/residue/${page}?flow=server-session&defence=${defence}&walk=one&run=here${more}`;
  const answer = app.attacks.victimsPageAt(victim, path);
  if (!answer) throw new Error("There is no such page");
  const cookie = [...(by?.cookies ?? [])].map((pair) => pair.join("=")).join("; ");
  return answer(new Request(`http://${victim}${path}`, { headers: { cookie } }));
}

const textOf = async (page: string, defence: string, by: Visitor | null = null) =>
  (await open(page, defence, by)).text();

describe("a page of the account", () => {
  test("shows the balance of the person who is logged in, and to nobody else", async () => {
    expect(await textOf("account", "none", alice)).toContain('<p id="seen">alice has 100 coins</p>');
    expect(await textOf("account", "none", await enterLab(app))).toContain('<p id="seen">refused NO_CREDENTIAL</p>');
    expect(await textOf("data", "none", alice)).toBe("alice has 100 coins");
  });

  test("is at the victim's host alone, and only in lab mode", () => {
    const path = "/residue/account?flow=cookie&defence=none&walk=a&run=b";
    const there = (at: TestApplication, host: string) => at.attacks.victimsPageAt(host, path) !== null;
    expect([there(app, victim), there(app, "localhost:3000"), there(app, "evil.localhost:3000")]).toEqual([
      true,
      false,
      false,
    ]);
    expect(there(real, victim)).toBe(false);
    expect(app.attacks.victimsPageAt(victim, "/residues")).toBeNull();
  });

  test("has the headers of its defence, and none of another's", async () => {
    const headersOf = async (page: string, defence: ResidueDefence) => {
      const { headers } = await open(page, defence, alice);
      return [headers.get("cache-control"), headers.get("clear-site-data")];
    };
    for (const defence of residueDefences) {
      const isKept = defence !== "no-store" && defence !== "all";
      expect([defence, await headersOf("account", defence)]).toEqual([defence, [isKept ? null : "no-store", null]]);
      expect(await headersOf("cached", defence)).toEqual([isKept ? "private, max-age=600" : "no-store", null]);
    }
    expect(await headersOf("cleared", "all")).toEqual(["no-store", '"cache", "prefetchCache", "prerenderCache"']);
  });

  test("is hidden until it has asked only where that is its defence", async () => {
    const pages = await Promise.all(residueDefences.map((defence) => textOf("account", defence, alice)));
    const hidden = residueDefences.filter((_, index) => pages[index]?.includes('id="seen" hidden'));
    expect(hidden).toEqual(["asks-again", "all"]);
  });

  test("says that it was fetched ahead when a browser has fetched it ahead, and not before", async () => {
    expect(await textOf("ahead", "none")).toBe("false");
    const path = "/residue/prefetched?flow=server-session&defence=none&walk=one&run=here";
    const request = new Request(`http://${victim}${path}`, {
      headers: { "sec-purpose": "prefetch;anonymous-client-ip" },
    });
    await app.attacks.victimsPageAt(victim, path)?.(request);
    expect(await textOf("ahead", "none")).toBe("true");
    // The walks of another run have the same names.
    const others = "/residue/ahead?flow=server-session&defence=none&walk=one&run=there";
    const asked = await app.attacks.victimsPageAt(victim, others)?.(new Request(`http://${victim}${others}`));
    expect(await asked?.text()).toBe("false");
  });

  test("takes no address whose words could end its script", async () => {
    for (const more of ["&walk=%3C%2Fscript%3E", "&run=%22", "&flow=../lab"]) {
      const path = `/residue/account?defence=none${more}`;
      const answer = await app.attacks.victimsPageAt(victim, path)?.(new Request(`http://${victim}${path}`));
      expect([more, answer?.status]).toEqual([more, 404]);
    }
    expect((await open("account", "nonesuch")).status).toBe(404);
    expect((await open("nonesuch", "none")).status).toBe(404);
  });
});

describe("a verdict", () => {
  const seen = { texts: ["alice has 100 coins"], source: "open" } as const;
  const [walk] = residueWalks;
  const played = (tab: PlayedWalk["seen"]["tab"], before = "alice has 100 coins"): PlayedWalk => {
    if (!walk) throw new Error("There is no walk");
    return { ...walk, before, seen: { back: tab, cached: null, prefetched: null, router: null, tab } };
  };
  const both = { restores: true, prefetches: true };

  test("says shown when the balance stood there for a moment, and refused by the code that stood there last", () => {
    const late = { ...seen, texts: [...seen.texts, "refused REVOKED"] };
    expect(verdictOf(both, "tab", played(late)).outcome).toBe("shown");
    const asked = { ...seen, texts: ["", "refused REVOKED"] };
    expect(verdictOf(both, "tab", played(asked))).toEqual({ outcome: "refused", code: "REVOKED" });
  });

  test("says untried where the login showed nothing, or the browser restores no page", () => {
    expect(verdictOf(both, "tab", played(seen, "refused NO_CREDENTIAL")).outcome).toBe("untried");
    expect(verdictOf({ ...both, restores: false }, "back", played(seen)).outcome).toBe("untried");
    expect(verdictOf(both, "tab", played({ ...seen, texts: [""] })).outcome).toBe("untried");
  });
});

describe("the recorded plays", () => {
  test("have every walk, each with a balance before its end", () => {
    for (const { walks } of recordedPlays) {
      expect(walks.map(({ id }) => id)).toEqual(residueWalks.map(({ id }) => id));
      expect([...new Set(walks.map(({ before }) => before))]).toEqual(["alice has 100 coins"]);
    }
  });

  const verdicts = (defence: ResidueDefence) =>
    recordedPlays.flatMap((play) =>
      play.walks
        .filter((walk) => walk.defence === defence)
        .flatMap((walk) => residueWays.map((way) => `${way} ${verdictOf(play, way, walk).outcome}`)),
    );

  test("show something in every way without a defence, and nothing with all of them", () => {
    const none = verdicts("none");
    expect(residueWays.filter((way) => !none.includes(`${way} shown`))).toEqual([]);
    expect(verdicts("all").filter((each) => each.endsWith(" shown"))).toEqual([]);
  });

  test("show nothing that was not tried, in the browser that overviews count", () => {
    const [play] = recordedPlays;
    expect([play?.restores, play?.prefetches]).toEqual([true, true]);
  });

  test("have a defence that ends each way, and a way that each defence alone leaves open", () => {
    const alone = residueDefences.filter((each) => each !== "none" && each !== "all");
    expect(alone.filter((each) => !verdicts(each).some((verdict) => verdict.endsWith(" shown")))).toEqual([]);
  });
});

test("every defence but none has its line", () => {
  expect(defencesTold().flatMap(({ id, line }) => (line ? [] : [id]))).toEqual(["none"]);
});
