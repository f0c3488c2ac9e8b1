import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { minute } from "../../../core/time.ts";
import { createDispatch, type Dispatch } from "../../../http/router.ts";
import { createTestApplication, type TestApplication } from "../../../testing/test-application.ts";
import { enterLab, type Visitor } from "../../../testing/visitor.ts";
import { csrfCases } from "./cases.ts";
import type { JudgedPlay } from "./model.ts";

let app: TestApplication;
let passed = 0;
const systemClock = { now: () => Date.now() + passed };
/** As the composition has it. That of tests fails for an answer that is not documented, and a play's navigation gets one. */
let edge: Dispatch;
beforeAll(async () => {
  app = await createTestApplication({ OTHER_PORT_ORIGIN: "http://app.localhost:3001" }, { systemClock });
  edge = await app.attacks.around(createDispatch(app.app, app.table));
});
afterAll(() => app.dispose());

const victim = "app.localhost:3000";

/** Begins a play and opens the attacker's page; answers the address of its cases. */
async function begun(visitor: Visitor): Promise<string> {
  const headers = { host: victim };
  const { body } = await visitor.send("POST", "/api/lab/csrf", { headers, body: { flow: "cookie" } });
  const opened = await app.attacks.answerAtHosts("attacker", new Request(String(body["url"])));
  await visitor.logIn("cookie/sealed");
  return `http://evil.localhost:3000${opened.headers.get("location")}`;
}

const pageAt = async (url: string) => (await app.attacks.answerAtHosts("attacker", new Request(url))).text();

/** What a browser would send for the form of that page, with the visitor's cookies. */
async function submitted(visitor: Visitor, html: string) {
  const [, action = ""] = /action="([^"]*)"/.exec(html) ?? [];
  const url = new URL(action.replaceAll("&amp;", "&"));
  const headers = {
    ...{ host: victim, origin: "http://evil.localhost:3000", "sec-fetch-site": "cross-site" },
    ...{ "sec-fetch-mode": "navigate", "content-type": "application/x-www-form-urlencoded" },
  };
  const cookie = [...visitor.cookies].map((pair) => pair.join("=")).join("; ");
  const request = new Request(url, { method: "POST", headers: { ...headers, cookie }, body: "to=bob&amount=1" });
  return edge(request);
}

const played = async (visitor: Visitor) => (await visitor.get("/api/lab/csrf")).body["play"] as unknown as JudgedPlay;

describe("a play", () => {
  test("begins at the host of the victim alone, and for a flow that there is", async () => {
    const visitor = await enterLab(app);
    const elsewhere = await visitor.post("/api/lab/csrf", { flow: "cookie" });
    expect([elsewhere.code, elsewhere.setCookies]).toEqual(["UNPROCESSABLE", []]);
    expect((await visitor.get("/api/lab")).body["weaknesses"]).toEqual([]);
    const reply = await visitor.send("POST", "/api/lab/csrf", {
      headers: { host: victim },
      body: { flow: "nonesuch" },
    });
    expect(reply.code).toBe("UNPROCESSABLE");
  });

  test("sends a navigation on to the attacker's next page, and keeps what arrived and both answers", async () => {
    const visitor = await enterLab(app);
    const first = `${await begun(visitor)}/0`;
    const answer = await submitted(visitor, await pageAt(first));
    expect([answer.status, answer.headers.get("location")]).toEqual([303, first.replace(/\/0$/, "/1")]);
    // It was reached: the browser asks for the next page.
    await pageAt(first.replace(/\/0$/, "/1"));
    const { cases, verdicts } = await played(visitor);
    expect(cases).toHaveLength(1);
    expect(cases[0]).toMatchObject({
      id: "another-site-form",
      request: { method: "POST", path: "/api/cookie/transfer", body: "to=bob&amount=1" },
      weak: { status: 200, code: null },
      edge: { status: 403, code: "CROSS_SITE_REQUEST" },
    });
    expect(cases[0]?.flows.map(({ flow, weak }) => [flow, weak.code])).toEqual([
      ["server-session", "NO_CREDENTIAL"],
      ["memory-jwt", "NO_CREDENTIAL"],
      ["hybrid", "NO_CREDENTIAL"],
    ]);
    expect(verdicts["another-site-form"]).toMatchObject({
      none: { outcome: "succeeds" },
      origin: { outcome: "refused", code: "CROSS_SITE_REQUEST" },
      "signed-token": { outcome: "refused", code: "CSRF_TOKEN" },
    });
  });

  test("keeps no credential and no token", async () => {
    const visitor = await enterLab(app);
    const first = `${await begun(visitor)}/0`;
    const ticket = first.split("/").at(-2) ?? "";
    await submitted(visitor, await pageAt(first));
    await pageAt(first.replace(/\/0$/, "/1"));
    const all = [JSON.stringify(await played(visitor)), (await visitor.get("/api/lab/attacks")).text].join();
    for (const [name, value] of visitor.cookies)
      if (value.length > 10) expect([name, all.includes(value)]).toEqual([name, false]);
    expect(all).not.toContain(ticket);
  });

  test("has a case for which nothing arrives before the next page is asked for: the browser stopped it", async () => {
    const visitor = await enterLab(app);
    const first = `${await begun(visitor)}/0`;
    await pageAt(first.replace(/\/0$/, "/1"));
    const { cases, verdicts, done } = await played(visitor);
    expect([cases[0]?.request, verdicts["another-site-form"]?.["none"]?.outcome, done]).toEqual([
      null,
      "stopped",
      false,
    ]);
  });

  test("lets another origin read the token and the transfer of one case, and nothing else", async () => {
    const visitor = await enterLab(app);
    const ticket = (await begun(visitor)).split("/").at(-1);
    const cookie = [...visitor.cookies].map((pair) => pair.join("=")).join("; ");
    const headers = { host: victim, origin: "http://evil.app.localhost:3000", "sec-fetch-site": "same-site", cookie };
    const allowed = async (path: string, name: string) => {
      const url = `${app.env.origin}${path}?attack=${ticket}&case=${name}`;
      return (await edge(new Request(url, { headers }))).headers.get("access-control-allow-origin");
    };
    expect(await allowed("/api/cookie/csrf-token", "sibling-cors")).toBe("http://evil.app.localhost:3000");
    expect(await allowed("/api/cookie/csrf-token", "sibling-form")).toBeNull();
    expect(await allowed("/api/lab", "sibling-cors")).toBeNull();
  });

  test("gives alice the coins of earlier plays back", async () => {
    const visitor = await enterLab(app);
    await visitor.logIn("cookie/sealed");
    await visitor.post("/api/cookie/transfer", { to: "bob", amount: 40 });
    await begun(visitor);
    const people = (await visitor.get("/api/lab")).body["people"];
    expect(people).toMatchObject([{ username: "alice", balance: 100 }, { username: "bob", balance: 100 }, {}]);
  });

  test("serves its page in a frame with the policy of all pages here, and without it, and keeps which of them ran", async () => {
    const visitor = await enterLab(app);
    const first = `${await begun(visitor)}/0`;
    await pageAt(first);
    const [, , , , ticket = ""] = first.split("/");
    const framed = async (kind: string, method = "GET", of = ticket, id = "sibling-framed") => {
      const path = `/framed/${of}/${id}/${kind}`;
      const cookie = [...visitor.cookies].map((pair) => pair.join("=")).join("; ");
      const request = new Request(`http://${victim}${path}`, { method, headers: { cookie } });
      const answer = app.attacks.victimsPageAt(victim, path)?.(request);
      if (!answer) throw new Error("No page answers there");
      return answer;
    };
    const [open, closed] = [await framed("open"), await framed("closed")];
    expect(open.headers.get("content-security-policy")).not.toContain("frame-ancestors");
    expect(closed.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(await open.text()).toContain(visitor.cookies.get("__Host-csrf-token"));
    await framed("open", "POST");
    await pageAt(first.replace(/0$/, "done"));
    // Nobody has pressed, so nothing was tried.
    expect((await played(visitor)).cases.map(({ id }) => id)).not.toContain("sibling-framed");
    const cookie = [...visitor.cookies].map((pair) => pair.join("=")).join("; ");
    const headers = { host: victim, cookie, "content-type": "application/json", "sec-fetch-site": "same-origin" };
    const url = `http://${victim}/api/cookie/transfer?attack=${ticket}&case=sibling-framed`;
    await edge(new Request(url, { method: "POST", headers, body: '{"to":"bob","amount":1}' }));
    const { cases, verdicts } = await played(visitor);
    expect(cases.find(({ id }) => id === "sibling-framed")).toMatchObject({
      frame: { open: true, closed: false },
      weak: { status: 200 },
    });
    expect(verdicts["sibling-framed"]).toMatchObject({
      "fetch-metadata": { outcome: "succeeds" },
      "frame-ancestors": { outcome: "stopped" },
    });
    expect(cases.find(({ id }) => id === "sibling-form")?.frame).toBeNull();
    expect((await framed("other")).status).toBe(404);
    expect((await framed("open", "GET", "no-ticket")).status).toBe(404);
    // A case without a frame has no such page, and an unknown case has none.
    for (const id of ["sibling-form", "made-up", "made-up-framed"])
      expect([id, (await framed("open", "POST", ticket, id)).status]).toEqual([id, 404]);
    const other = await framed("open", "DELETE");
    expect([other.status, other.headers.get("allow")]).toEqual([405, "GET, HEAD, POST"]);
    passed += 10 * minute + 1;
    expect((await framed("open")).status).toBe(404);
  });

  test("has a second host that gives every page leave to ask it, and sends the request on with its method and body", async () => {
    const visitor = await enterLab(app);
    const ticket = (await begun(visitor)).split("/").at(-1);
    const asked = (id: string, method: string) => {
      const url = `http://evil.app.localhost:3000/csrf/${ticket}/redirect/${id}`;
      const headers = { origin: "http://evil.localhost:3000", "access-control-request-headers": "content-type" };
      return app.attacks.answerAtHosts("sibling", new Request(url, { method, headers }));
    };
    const leave = await asked("two-hops-fetch-json", "OPTIONS");
    expect([leave.status, leave.headers.get("access-control-allow-headers")]).toEqual([204, "content-type"]);
    const onward = await asked("two-hops-fetch-json", "POST");
    expect([onward.status, onward.headers.get("access-control-allow-origin")]).toEqual([
      ...[307, "http://evil.localhost:3000"],
    ]);
    const addressIn = async (id: string) => new URL((await asked(id, "POST")).headers.get("location") ?? "").pathname;
    expect(await addressIn("two-hops-form")).toBe("/api/cookie/transfer");
    expect(await addressIn("two-hops-login")).toBe("/api/cookie/login");
    // A case that sends to the application itself has no such address.
    expect((await asked("sandbox-form", "POST")).headers.get("location")).toBeNull();
  });

  test("leaves out what is sent from another port, where the browser does not reach it", async () => {
    const visitor = await enterLab(app);
    const all = await begun(visitor);
    const port = csrfCases.findIndex(({ place }) => place === "other-port");
    const way = await pageAt(`${all}/port/${port}`);
    expect(way).toContain(`${port}/without`);
    const url = `${all}/port/${port}/without`;
    const onward = (await app.attacks.answerAtHosts("attacker", new Request(url))).headers.get("location");
    await pageAt(String(onward));
    // The login from there, the last of all, is left out without another look.
    const last = csrfCases.length - 1;
    expect(csrfCases[last]?.id).toBe("other-port-login");
    expect(await pageAt(`${all}/${last - 1}`)).not.toContain("/port/");
    await pageAt(`${all}/done`);
    const { cases, done } = await played(visitor);
    const ids = cases.map(({ id }) => id);
    expect([ids.includes("sandbox-form"), ids.includes("two-hops-login"), done]).toEqual([true, true, true]);
    expect(ids.filter((id) => id.startsWith("other-port"))).toEqual([]);
  });
});
