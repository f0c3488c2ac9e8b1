import { expect, test } from "vitest";
import { csrfCases } from "@/lib/features/attacks/csrf/cases.ts";
import type { PlayedCsrf } from "@/lib/features/attacks/csrf/model.ts";
import { leftOutLine, leftOutPlaces } from "./left-out.ts";

const reached = {
  victim: "http://app.localhost:3000",
  sibling: "http://evil.app.localhost:3000",
  attacker: "http://evil.localhost:3000",
  otherPort: "http://app.localhost:3001",
};
const here = "app.localhost:3000";
const played = (ids: readonly string[]): readonly PlayedCsrf[] =>
  ids.map((id) => ({ id, request: null, weak: null, edge: null, flows: [], frame: null }));
const all = csrfCases.map(({ id }) => id);
const settingsOf = (...given: Parameters<typeof leftOutPlaces>) =>
  leftOutPlaces(...given).map(({ setting }) => setting);

test("where all hosts lead to this server nothing is left out, before a play and after it", () => {
  expect(settingsOf(reached, here, null, csrfCases)).toEqual([]);
  expect(settingsOf(reached, here, { cases: played(all), done: true }, csrfCases)).toEqual([]);
  expect(leftOutLine([])).toBeNull();
});

test("a place whose host has no name, or leads to another machine, is left out with the setting that names it", () => {
  const alone = leftOutPlaces({ ...reached, sibling: null }, here, null, csrfCases);
  expect(alone.map(({ place, setting }) => [place, setting])).toEqual([
    ["sibling", "SIBLING_ORIGIN"],
    ["two-hops", "SIBLING_ORIGIN"],
  ]);
  const network = { ...reached, victim: "https://login.example", sibling: "https://evil.login.example" };
  expect(settingsOf(network, "login.example", null, csrfCases)).toEqual(["OTHER_PORT_ORIGIN"]);
});

test("a port that the browser did not reach in a play is left out once the play is done, and not on its way", () => {
  const cases = played(all.filter((id) => !id.startsWith("other-port")));
  expect(settingsOf(reached, here, { cases, done: true }, csrfCases)).toEqual(["OTHER_PORT_ORIGIN"]);
  expect(settingsOf(reached, here, { cases, done: false }, csrfCases)).toEqual([]);
});

test("the sentence says what is left out, why, and what to set", () => {
  const alone = { ...reached, otherPort: null };
  expect(leftOutLine(leftOutPlaces(alone, here, null, csrfCases))).toBe(
    "Requests from another port are left out here: its host does not lead to this server from this browser. Set OTHER_PORT_ORIGIN.",
  );
  expect(leftOutLine(leftOutPlaces({ ...alone, sibling: null }, here, null, csrfCases))).toBe(
    "Requests from a sibling subdomain, a second host that sends on and another port are left out here: their hosts do not lead to this server from this browser. Set SIBLING_ORIGIN and OTHER_PORT_ORIGIN.",
  );
});
