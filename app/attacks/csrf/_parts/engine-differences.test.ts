import { expect, test } from "vitest";
import type { CsrfTold, CsrfVerdict, DefenceTold, JudgedPlay } from "@/lib/features/attacks/csrf/model.ts";
import { engineDifferences } from "./engine-differences.ts";

const told: CsrfTold = { id: "image", title: "An image", subject: "", place: "another-site", html: "", headers: [] };
const defences = ["none", "origin"].map(
  (id): DefenceTold => ({ id, title: id, source: "", words: null, line: null, isWeak: false }),
);

type Outcome = CsrfVerdict["outcome"];

/** `names`: the origin in its request. */
function playIn(browser: string, none: Outcome, origin: Outcome, names?: string): JudgedPlay {
  const request =
    names === undefined
      ? null
      : { ...{ method: "POST", path: "/", cookies: [], body: "" }, headers: { origin: names } };
  const verdicts = { image: { none: { outcome: none, code: null }, origin: { outcome: origin, code: null } } };
  return {
    ...{ browser, playedAt: "", flow: "cookie", verdicts, done: true },
    origins: { victim: "", sibling: null, attacker: null, otherPort: null },
    cases: [{ id: "image", request, weak: null, edge: null, flows: [], frame: null }],
  };
}

test("a request that one browser sends with a cookie and another without is told with the defences that show it", () => {
  const plays = [playIn("Chrome 1", "succeeds", "refused"), playIn("Firefox 2", "stopped", "refused")];
  expect(engineDifferences(plays, [told], defences)).toEqual([
    {
      title: "An image",
      under: ["none"],
      by: [
        { browser: "Chrome 1", outcomes: ["succeeds"], origin: null },
        { browser: "Firefox 2", outcomes: ["stopped"], origin: null },
      ],
    },
  ]);
});

test("a difference without a defence is told once, and not again for every defence", () => {
  const plays = [playIn("Chrome 1", "succeeds", "refused"), playIn("Firefox 2", "stopped", "stopped")];
  expect(engineDifferences(plays, [told], defences).map(({ under }) => under)).toEqual([["none"]]);
});

test("a request that names another origin in one browser is told with both, where the outcome is the same as well", () => {
  const plays = [
    playIn("Chrome 1", "stopped", "refused", "http://evil"),
    playIn("Firefox 2", "stopped", "refused", "null"),
  ];
  expect(engineDifferences(plays, [told], defences)).toEqual([
    {
      ...{ title: "An image", under: [] },
      by: [
        { browser: "Chrome 1", outcomes: [], origin: "http://evil" },
        { browser: "Firefox 2", outcomes: [], origin: "null" },
      ],
    },
  ]);
});

test("a request that both treat alike is none", () => {
  const plays = [playIn("Chrome 1", "succeeds", "refused"), playIn("Firefox 2", "succeeds", "refused")];
  expect(engineDifferences(plays, [told], defences)).toEqual([]);
});
