import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { csrfCases, notPlayed, ownCase } from "./cases.ts";
import { cookieOf, type Defence, defences, type ServerSide, sentToken } from "./defences.ts";
import { inNoFrame, naive, sameSite, verdictsOf } from "./judge.ts";
import { type CsrfRequest, isLoginCase } from "./model.ts";
import { recordedPlay } from "./recorded-play.ts";
import { areEqual, csrfCookies, isTokenOf } from "./tokens.ts";
import { defencesTold } from "./told.ts";

const random = () => randomBytes(16).toString("base64url");
const verdicts = verdictsOf(recordedPlay, random);
const outcome = (id: string, defence: string) => verdicts[id]?.[defence]?.outcome;

/** The cases that succeed against this defence, put in place of the right one of its id. */
function open(defence: Defence): readonly string[] {
  const all = [...defences.filter(({ id }) => id !== defence.id), defence];
  const judged = verdictsOf(recordedPlay, random, all);
  return Object.entries(judged).flatMap(([id, each]) => (each[defence.id]?.outcome === "succeeds" ? [id] : []));
}

test("every case was recorded, and alice's own page with them", () => {
  expect(recordedPlay.cases.map(({ id }) => id).sort()).toEqual([...csrfCases, ownCase].map(({ id }) => id).sort());
});

test("every sender is played from every place, or a rule says why it is not", () => {
  const titles = (place: string) => csrfCases.filter((each) => each.place === place).map(({ title }) => title);
  const senders = [...csrfCases.filter(({ id }) => id.startsWith("another-site-") && !id.endsWith("-late"))];
  expect(senders.map(({ title }) => title)).toHaveLength(11);
  for (const place of new Set(csrfCases.map((each) => each.place))) {
    const left = notPlayed.filter((each) => each.place === place).flatMap((each) => each.senders);
    for (const { title } of senders)
      expect([place, title, titles(place).includes(title) !== left.includes(title)]).toEqual([place, title, true]);
  }
});

test("every defence lets alice's own page pass", () => {
  const own = Object.entries(verdicts[ownCase.id] ?? {});
  expect(own.length).toBeGreaterThan(9);
  expect(own.filter(([, { outcome: each }]) => each !== "succeeds")).toEqual([]);
});

test("without a defence a case succeeds where a cookie that goes along with every request did, and nowhere else", () => {
  const arrived = recordedPlay.cases.filter(
    ({ request }) => request && cookieOf(request, csrfCookies.none) !== undefined,
  );
  const done = recordedPlay.cases.filter(({ id }) => outcome(id, "none") === "succeeds").map(({ id }) => id);
  expect(done).toEqual(arrived.map(({ id }) => id));
  expect(done.length).toBeGreaterThan(10);
});

test("the flow's own edge refused every case, and let alice's own page in", () => {
  const through = recordedPlay.cases.filter(({ edge }) => edge !== null && edge.code === null);
  expect(through.map(({ id }) => id)).toEqual([ownCase.id]);
});

test("SameSite stops a form of another site and none of a sibling", () => {
  expect(outcome("another-site-form", "same-site-lax")).toBe("stopped");
  expect(outcome("another-site-form", "same-site-strict")).toBe("stopped");
  expect(outcome("sibling-form", "same-site-strict")).toBe("succeeds");
});

test("SameSite=Lax does not stop a link to an address that changes something, and Strict does", () => {
  expect(outcome("another-site-get", "same-site-lax")).toBe("succeeds");
  expect(outcome("another-site-get", "same-site-strict")).toBe("stopped");
});

test.for(["sibling-tossed", "sibling-tossed-before", "other-port-set"])(
  "the naive double submit is beaten by a planted cookie, also by one from before the login and one set from another port, and the signed one is not: %s",
  (id) => {
    expect(outcome(id.replace(/-(tossed.*|set)$/, "-form"), naive.id)).toBe("refused");
    expect([naive.id, "synchroniser", "signed-token"].map((defence) => outcome(id, defence))).toEqual([
      ...["succeeds", "refused", "refused"],
    ]);
  },
);

test("another port is the same site, so SameSite=Strict stops none of its requests and a look at the origin does", () => {
  expect(outcome("other-port-form", "same-site-strict")).toBe("succeeds");
  expect(["origin", "referer", "fetch-metadata"].map((defence) => outcome("other-port-form", defence))).toEqual([
    ...["refused", "refused", "refused"],
  ]);
});

test("Chromium sends no cookie without SameSite with a form of another site, once it is older than the exception", () => {
  expect(outcome("another-site-form", "same-site-omitted")).toBe("succeeds");
  expect(outcome("another-site-late", "same-site-omitted")).toBe("stopped");
  expect(outcome("another-site-late", "none")).toBe("succeeds");
});

test("a login as somebody else needs no cookie, so SameSite stops it from no place, and a look at the origin does from every one", () => {
  const logins = csrfCases.filter(({ id }) => isLoginCase(id)).map(({ id }) => id);
  expect(logins).toHaveLength(6);
  for (const id of logins) {
    expect([id, outcome(id, "same-site-strict")]).toEqual([id, "succeeds"]);
    expect(["origin", "referer", "fetch-metadata"].map((defence) => outcome(id, defence))).toEqual([
      ...["refused", "refused", "refused"],
    ]);
  }
});

test("a page in a sandbox has no origin, so its requests are refused by a look at it, and it can press into no frame", () => {
  for (const name of ["form", "form-text", "fetch", "beacon", "login"])
    expect([name, outcome(`sandbox-${name}`, "origin")]).toEqual([name, "refused"]);
  expect(outcome("sandbox-framed", "none")).toBe("stopped");
});

test("a press into a frame is a request of the own page: every defence lets it pass but for one that forbids the frame", () => {
  for (const id of ["another-site-framed", "sibling-framed", "other-port-framed"]) {
    const stopped = Object.entries(verdicts[id] ?? {}).filter(([, { outcome: each }]) => each !== "succeeds");
    const bySite = id === "another-site-framed" ? Object.keys(sameSite) : [];
    expect(stopped.map(([defence]) => defence).sort()).toEqual([inNoFrame.id, ...bySite].sort());
  }
});

test("where CORS reflects any origin, tokens and JSON do not help, and a look at where the request comes from does", () => {
  const at = (defence: string) => outcome("sibling-cors", defence);
  expect(["synchroniser", "signed-token", "json-only"].map(at)).toEqual(["succeeds", "succeeds", "succeeds"]);
  expect(["origin", "referer", "fetch-metadata"].map(at)).toEqual(["refused", "refused", "refused"]);
});

test("a browser takes no planted cookie whose name begins with __Host-, and one that another port sets", () => {
  const { request } = recordedPlay.cases.find(({ id }) => id === "sibling-tossed") ?? { request: null };
  const named = (name: string) => request?.cookies.filter(([each]) => each === name).length;
  expect([named(csrfCookies.plainToken), named(csrfCookies.hostToken)]).toEqual([2, 1]);
  const fromPort = recordedPlay.cases.find(({ id }) => id === "other-port-set")?.request;
  expect(fromPort && cookieOf(fromPort, csrfCookies.hostToken)).toBe("{planted}");
});

/** Each defence with one of its checks left out or written wrongly, and a case that gets by it. */
const mutants: readonly (readonly [what: string, of: string, judge: Defence["judge"], by: string])[] = [
  ...defences.map(({ id, title }) => [`${title} taken out`, id, () => null, "sibling-form"] as const),
  [
    ...(["Origin compared by its end", "origin"] as const),
    ({ method, headers }, { origin }) =>
      method === "GET" || headers["origin"]?.endsWith(new URL(origin).host) ? null : "CROSS_SITE_REQUEST",
    "sibling-form",
  ],
  [
    ...(["Origin null taken for the own page", "origin"] as const),
    ({ method, headers }, { origin }) =>
      method === "GET" || headers["origin"] === origin || headers["origin"] === "null" ? null : "CROSS_SITE_REQUEST",
    "sandbox-fetch",
  ],
  [
    ...(["no Referer taken for the own page", "referer"] as const),
    ({ headers }, { origin }) => ((headers["referer"] ?? origin).startsWith(origin) ? null : "CROSS_SITE_REQUEST"),
    "no-referrer-form",
  ],
  [
    ...(["Fetch Metadata that takes the same site", "fetch-metadata"] as const),
    ({ headers }) => (/^same-/.test(headers["sec-fetch-site"] ?? "") ? null : "CROSS_SITE_REQUEST"),
    "sibling-form",
  ],
  [
    ...(["JSON told by the body and not by its type", "json-only"] as const),
    ({ body }) => (body.startsWith("{") ? null : "UNSUPPORTED_MEDIA_TYPE"),
    "sibling-form-text",
  ],
  [
    ...(["a signed token in a cookie that a sibling can set, for any session", "signed-token"] as const),
    (request) => (isAnyPair(request) ? null : "CSRF_TOKEN"),
    "sibling-tossed",
  ],
  [
    ...(["a signed token in a __Host- cookie, for any session", "signed-token"] as const),
    (request) => (sentToken(request) === cookieOf(request, csrfCookies.hostToken) ? null : "CSRF_TOKEN"),
    "other-port-set",
  ],
];

/** The plain name, and no look at the session. */
function isAnyPair(request: CsrfRequest): boolean {
  const held = cookieOf(request, csrfCookies.plainToken) ?? "";
  return held !== "" && areEqual(held, sentToken(request));
}

describe("a mutant lets a case in that the defence refuses", () => {
  test.for(mutants)("%s", ([, id, judge, by]) => {
    const right = defences.find((each) => each.id === id);
    expect(right).toBeDefined();
    if (!right) return;
    expect(open(right)).not.toContain(by);
    expect(open({ ...right, judge })).toContain(by);
  });
});

describe("an edge that fails by itself", () => {
  /** A form of a sibling, as it was recorded, with another answer of the edge without a defence. */
  const answered = (status: number, code: string | null, id = "sibling-form") => {
    const cases = recordedPlay.cases.map((each) => (each.id === id ? { ...each, weak: { status, code } } : each));
    return verdictsOf({ ...recordedPlay, cases }, random)[id] ?? {};
  };
  const outcomes = (...given: Parameters<typeof answered>) => [
    ...new Set(Object.values(answered(...given)).map(({ outcome: each }) => each)),
  ];

  test.for([500, 503, 429])("answers %s, and the case could not be tried with any defence or without one", (status) => {
    for (const id of ["sibling-form", "another-site-framed", "another-site-form"])
      expect([id, outcomes(status, "STORE_UNAVAILABLE", id)]).toEqual([id, ["untried"]]);
  });

  test("is another thing than one that finds no credential: that attack was stopped", () => {
    expect(outcomes(401, "NO_CREDENTIAL")).toEqual(["stopped"]);
  });
});

test("a signed token is refused in another session, though cookie and field agree", () => {
  const signed = defences.find(({ id }) => id === "signed-token");
  const [key, session] = [random(), random()];
  const server: ServerSide = { origin: "http://app.localhost:3000", key, tokenOf: () => null };
  const planted = "value.signature";
  const request: CsrfRequest = {
    ...{ method: "POST", path: "/api/cookie/transfer", headers: {}, body: `to=bob&csrf=${planted}` },
    cookies: [[csrfCookies.hostToken, planted] as const, [csrfCookies.session, session] as const],
  };
  expect(isTokenOf(session, planted, key)).toBe(false);
  expect(signed?.judge(request, server)).toBe("CSRF_TOKEN");
});

test("every defence has its line, or it is said who decides", () => {
  const told = defencesTold();
  expect(told.filter(({ line, words }) => line === null && words === null)).toEqual([]);
  for (const { id } of defences) expect(told.find((each) => each.id === id)?.line, id).not.toBeNull();
  expect(told.map(({ id }) => id)).toEqual(expect.arrayContaining([...defences.map(({ id }) => id), naive.id, "edge"]));
});
