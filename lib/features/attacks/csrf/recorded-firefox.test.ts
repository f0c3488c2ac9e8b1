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

test("Firefox sends no cookie with another site's image, fetch or beacon, where Chromium does", () => {
  for (const id of ["another-site-image", "another-site-fetch", "another-site-beacon"]) {
    expect([id, cookiesIn(recordedInFirefox, id)]).toEqual([id, []]);
    expect(cookiesIn(recordedPlay, id)).toContain("csrf-none");
  }
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
