import { expect, test } from "vitest";
import { csrfCases, ownCase } from "./cases.ts";
import { recordedInFirefox, recordedPlay } from "./recorded-play.ts";

const caseIn = (play: typeof recordedPlay, id: string) => play.cases.find((each) => each.id === id);
const cookiesIn = (play: typeof recordedPlay, id: string) =>
  caseIn(play, id)?.request?.cookies.map(([name]) => name) ?? [];

test("the recorded play in Firefox has every case", () => {
  const all = [...csrfCases, ownCase].map(({ id }) => id).sort();
  expect(recordedInFirefox.cases.map(({ id }) => id).sort()).toEqual(all);
  expect(recordedInFirefox.browser).toMatch(/^Firefox \d+$/);
});

test("Firefox sends no cookie with an image, a fetch or a beacon of another site or of a page without an origin, where Chromium does", () => {
  const ofNull = ["sandbox", "no-referrer", "two-hops"].flatMap((place) => [`${place}-fetch`, `${place}-beacon`]);
  for (const id of ["another-site-image", "another-site-fetch", "another-site-beacon", ...ofNull]) {
    expect([id, cookiesIn(recordedInFirefox, id)]).toEqual([id, []]);
    expect(cookiesIn(recordedPlay, id)).toContain("csrf-none");
  }
});

test("in no engine a GET names an origin, so none of them says null", () => {
  for (const play of [recordedInFirefox, recordedPlay]) {
    const gets = play.cases.flatMap(({ request }) => (request?.method === "GET" ? [request] : []));
    expect(gets.length).toBeGreaterThan(11);
    expect(gets.filter(({ headers }) => headers["origin"] !== undefined)).toEqual([]);
  }
});

const originIn = (play: typeof recordedPlay, id: string) => caseIn(play, id)?.request?.headers["origin"];

test("in both engines a sandbox and a second host's redirect make every request say Origin: null", () => {
  for (const play of [recordedInFirefox, recordedPlay])
    for (const name of ["form", "form-text", "fetch", "beacon", "login"])
      for (const place of ["sandbox", "two-hops"])
        expect([place, name, originIn(play, `${place}-${name}`)]).toEqual([place, name, "null"]);
});

test("of a page without a referrer a form says null in both engines, a fetch and a beacon in Firefox alone", () => {
  const both = ["no-referrer-form", "no-referrer-form-text", "no-referrer-login"];
  for (const id of both)
    expect([originIn(recordedPlay, id), originIn(recordedInFirefox, id)]).toEqual(["null", "null"]);
  for (const id of ["no-referrer-fetch", "no-referrer-beacon"])
    expect([originIn(recordedPlay, id), originIn(recordedInFirefox, id)]).toEqual([
      recordedPlay.origins.attacker,
      "null",
    ]);
});

test("in both engines the page in the frame of a sandbox runs, and its own request gets no leave: it has no origin either", () => {
  for (const play of [recordedInFirefox, recordedPlay])
    expect(caseIn(play, "sandbox-framed")).toMatchObject({ request: null, frame: { open: true, closed: false } });
});

test("in both engines a form of another site carries a cookie without SameSite while that is young, and in Firefox at any age", () => {
  for (const play of [recordedInFirefox, recordedPlay])
    expect(cookiesIn(play, "another-site-form")).toContain("csrf-omitted");
  expect(cookiesIn(recordedInFirefox, "another-site-late")).toContain("csrf-omitted");
  expect(cookiesIn(recordedPlay, "another-site-late")).not.toContain("csrf-omitted");
});

test("a page of the application in a frame of another site has its cookies in Chromium, and none in Firefox", () => {
  expect(cookiesIn(recordedPlay, "another-site-framed")).toContain("csrf-none");
  expect(cookiesIn(recordedInFirefox, "another-site-framed")).toEqual([]);
  for (const play of [recordedInFirefox, recordedPlay])
    expect(caseIn(play, "sibling-framed")?.frame).toEqual({ open: true, closed: false });
});

test("in both engines the flow's own edge refuses every request but that of alice's own page", () => {
  for (const play of [recordedInFirefox, recordedPlay]) {
    const through = play.cases.filter(({ edge }) => edge !== null && edge.code === null).map(({ id }) => id);
    expect(through).toEqual([ownCase.id]);
  }
});
