import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { flows } from "../../../flows/registry.ts";
import { createDispatch, type Dispatch } from "../../../http/router.ts";
import { createTestApplication, type TestApplication } from "../../../testing/test-application.ts";
import { enterLab, type Visitor } from "../../../testing/visitor.ts";
import { judgeTossed, loginCookie } from "./judge.ts";
import { namings, type PlayedTossing, type TossedRequest, type TossingProgress } from "./model.ts";
import { recordedTossing } from "./recorded-play.ts";
import { tossedFlows } from "./tossed-flows.ts";
import { cleaning, commonDomain, ways } from "./ways.ts";
import { firstCookieCounts } from "./weak/first-cookie.ts";

const tossed = tossedFlows(flows.map(({ manifest }) => manifest));
const logins = {
  alice: { username: "alice", password: "alice-likes-tea" },
  thief: { username: "bob", password: "bob-likes-coffee" },
};

let app: TestApplication;
/** As the composition has it. That of tests fails for an answer that is not documented, and a play's looks get one. */
let edge: Dispatch;
beforeAll(async () => {
  app = await createTestApplication();
  edge = await app.attacks.around(createDispatch(app.app, app.table));
});
afterAll(() => app.dispose());

type Rejudged = Pick<PlayedTossing, "naming" | "way"> & { readonly was: TossedRequest; readonly is: TossedRequest };

/** Every recorded request with the cookies of new logins, in the order in which the browser sent them, at this edge. */
async function rejudged(at: Dispatch): Promise<readonly Rejudged[]> {
  const visitor = await enterLab(app);
  const lab = `__Host-lab=${visitor.cookies.get("__Host-lab")}`;
  const all: Rejudged[] = [];
  for (const { naming, way, flows: requests } of recordedTossing.played) {
    for (const was of requests) {
      const to = tossed.find(({ flow }) => flow === was.flow);
      const named = namings.find(({ id }) => id === naming);
      if (!to || !named) throw new Error(`${was.flow} or ${naming} is not played any more`);
      const request = (...cookies: readonly string[]) =>
        new Request(`${app.env.origin}${to.path}`, {
          method: to.method,
          headers: { cookie: [lab, ...cookies].join("; ") },
        });
      const values = {
        alice: await loginCookie(edge, request(), to, logins.alice),
        thief: (await loginCookie(edge, request(), to, logins.thief)) ?? "",
      };
      const sent = request(...was.sent.map((whose) => `${was.cookie}=${values[whose]}`));
      const { told: is } = await judgeTossed(at, sent, { to, naming: named, thiefs: values.thief });
      all.push({ naming, way, was, is });
    }
  }
  return all;
}

function cellsOf(naming: string, way: string): readonly TossedRequest[] {
  return recordedTossing.played.find((each) => each.naming === naming && each.way === way)?.flows ?? [];
}

describe("a recorded play of tossed cookies", () => {
  test("has every way with every name in every flow, and alice in as herself before anything is planted", () => {
    const cases = namings.flatMap(({ id }) => ["own", ...ways.map((way) => way.id)].map((way) => `${id}.${way}`));
    expect(recordedTossing.played.map(({ naming, way }) => `${naming}.${way}`)).toEqual(cases);
    for (const { flows: requests } of recordedTossing.played) expect(requests).toHaveLength(tossed.length);
    for (const { id } of namings)
      expect(cellsOf(id, "own").map(({ own }) => own.as)).toEqual(tossed.map(() => "alice"));
  });

  test("is answered so by the edges of today", async () => {
    for (const { naming, way, was, is } of await rejudged(edge))
      expect(is, `${naming} ${way} ${was.flow}`).toEqual(was);
  });

  test("has alice in the thief's account without a prefix: by a longer Path where the first cookie counts, and by an overflow in any case", () => {
    for (const { first } of cellsOf("plain", "path")) expect(first.as).toBe("bob");
    for (const { own } of cellsOf("plain", "overflow")) expect(own.as).toBe("bob");
  });

  test("has two people's cookies of one name refused by the flows' own edge, whichever came first", () => {
    for (const way of ["domain", "path"])
      for (const { own } of cellsOf("plain", way)) expect(own.code).toBe("AMBIGUOUS_CREDENTIALS");
  });

  test("has no planted cookie that arrived under a name with __Host-", () => {
    const arrived = ways.flatMap(({ id }) => cellsOf("host", id)).filter(({ sent }) => sent.includes("thief"));
    expect(arrived).toEqual([]);
  });

  test("looks otherwise where the server takes the first cookie of a name: then more than one cell is bob's", async () => {
    const wrong = (await rejudged(firstCookieCounts(edge))).filter(({ was, is }) => was.own.as !== is.own.as);
    const cells = [...new Set(wrong.map(({ naming, way }) => `${naming}.${way}`))];
    expect(cells).toContain("plain.path");
    expect(wrong.some(({ is }) => is.own.as === "bob")).toBe(true);
  });
});

test("a cookie's domain is what both hosts have in common, and each way is cleaned up after it", () => {
  expect(commonDomain("http://app.localhost:3000", "http://evil.app.localhost:3000")).toBe("app.localhost");
  expect(commonDomain("https://app.example", "https://evil.example")).toBe("example");
  expect(commonDomain("https://app.example", "https://evil.test")).toBe("");
  const planted = { domain: "app.localhost", cookies: [{ name: "sid", value: "value", below: "/api/server-session" }] };
  const placeOf = (line: string) => [line.split("=")[0], /Path=[^;]*/.exec(line)?.[0]].join();
  const cleaned = cleaning(planted).map(placeOf);
  const lines = ways.flatMap(({ page }) => page(planted).lines.map(placeOf));
  expect(lines.filter((place) => !cleaned.includes(place))).toEqual([]);
});

describe("a play", () => {
  const headers = { host: "app.localhost:3000" };
  const begin = async (visitor: Visitor) => (await visitor.send("POST", "/api/lab/tossing", { headers })).body;
  const at = async (url: string) => app.attacks.answerAtHosts("sibling", new Request(url));

  test("begins at the host of the victim alone", async () => {
    const visitor = await enterLab(app);
    expect((await visitor.post("/api/lab/tossing")).code).toBe("UNPROCESSABLE");
    expect((await visitor.get("/api/lab/tossing")).body).toEqual({ progress: null });
  });

  test("plants with the sibling's page, waits for alice's own requests, and puts the lab's cookie back", async () => {
    const visitor = await enterLab(app);
    const { url, ticket } = await begin(visitor);
    const sibling = new URL(String(url));
    const opened = await at(String(url));
    const base = `${sibling.origin}${opened.headers.get("location")}`;
    await visitor.logIn("server-session/sql");
    const cookie = [...visitor.cookies].map((pair) => pair.join("=")).join("; ");
    const ask = (name: string, sent: string) =>
      edge(
        new Request(`${app.env.origin}/api/server-session/me?attack=${ticket}&case=${name}`, {
          headers: { cookie: sent },
        }),
      );
    await ask("host.own", cookie);
    const page = await at(`${base}/1`);
    expect(page.headers.getSetCookie().filter((line) => !line.includes("Max-Age=0"))).toContain(
      `sid=${/sid=([^;]+); Domain=app\.localhost; Path=\/api/.exec(page.headers.getSetCookie().join("\n"))?.[1]}; Domain=app.localhost; Path=/api; Secure`,
    );
    expect(await (await at(`${base}/wait/1`)).text()).toBe("wait");

    // Dropped from the jar with everything else.
    const gone = await ask("host.overflow", "");
    expect(gone.headers.getSetCookie()).toContainEqual(
      expect.stringMatching(new RegExp(`^__Host-lab=${visitor.cookies.get("__Host-lab")};.*Priority=High`)),
    );
    const looked = await edge(new Request(`${app.env.origin}/api/lab/tossing?attack=${ticket}&case=look`));
    const { planted, untried } = (await looked.json()) as TossingProgress;
    expect([planted, untried]).toEqual([2, null]);
  });

  test("goes by the ticket of the visitor's own page: the sibling's opens nothing, and in another lab both do nothing", async () => {
    const [visitor, other] = [await enterLab(app), await enterLab(app)];
    const { url, ticket } = await begin(visitor);
    const [, , siblings = ""] = (await at(String(url))).headers.get("location")?.split("/") ?? [];
    const ask = (path: string, attack: unknown, cookie: string) =>
      edge(new Request(`${app.env.origin}${path}?attack=${attack}&case=look`, { headers: { cookie } }));
    for (const path of ["/api/lab/tossing", "/api/server-session/me"]) {
      const answer = await ask(path, siblings, "");
      const own = visitor.cookies.get("__Host-lab") ?? "";
      expect([path, answer.headers.getSetCookie().join().includes(own)]).toEqual([path, false]);
    }
    const others = `__Host-lab=${other.cookies.get("__Host-lab")}`;
    const path = `/api/server-session/me?attack=${ticket}&case=plain.own`;
    await edge(new Request(`${app.env.origin}${path}`, { headers: { cookie: others } }));
    expect((await other.get("/api/audit")).text).not.toContain("logged-in");
    expect((await visitor.get("/api/lab/tossing")).body["progress"]).toMatchObject({ play: { played: [] } });
    expect(JSON.stringify(await (await ask("/api/lab/tossing", ticket, others)).json())).toContain("null");
  });

  test("ends the thief's logins when it is over, and those of a play that was left when the next one begins", async () => {
    const visitor = await enterLab(app);
    await visitor.logIn("server-session/sql");
    const cookie = [...visitor.cookies].map((pair) => pair.join("=")).join("; ");
    const ask = (path: string, ticket: unknown, name: string) =>
      edge(new Request(`${app.env.origin}${path}?attack=${ticket}&case=${name}`, { headers: { cookie } }));
    const endsOfBob = async () => {
      const { events } = (await visitor.get("/api/audit?limit=200")).body as {
        events: { type: string; user: string }[];
      };
      const ofBob = events.filter((event) => JSON.stringify(event).includes("bob"));
      return ["logged-in", "logged-out"].map((type) => ofBob.filter((event) => event.type === type).length);
    };
    const left = await begin(visitor);
    await ask("/api/server-session/me", left["ticket"], "host.own");
    expect(await endsOfBob()).toEqual([1, 0]);
    const { ticket } = await begin(visitor);
    await ask("/api/server-session/me", ticket, "plain.own");
    expect(await endsOfBob()).toEqual([2, 1]);
    await ask("/api/server-session/me", ticket, "host.own");
    expect(await endsOfBob()).toEqual([3, 2]);
    await ask("/api/lab/tossing", ticket, "end");
    expect(await endsOfBob()).toEqual([3, 3]);
  });

  test("that begins where alice is not in as herself is no result", async () => {
    const visitor = await enterLab(app);
    const { ticket } = await begin(visitor);
    const cookie = [...visitor.cookies].map((pair) => pair.join("=")).join("; ");
    await edge(
      new Request(`${app.env.origin}/api/server-session/me?attack=${ticket}&case=host.own`, { headers: { cookie } }),
    );
    const { progress } = (await visitor.get("/api/lab/tossing")).body as { progress: TossingProgress };
    expect(progress.untried).toContain("alice’s own request to server-session");
  });
});
