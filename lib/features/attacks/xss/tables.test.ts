import { describe, expect, test } from "vitest";
import type { Variant } from "../../../core/variant.ts";
import { flows } from "../../../flows/registry.ts";
import type { XssCell } from "./model.ts";
import { recordedPlay } from "./recorded-play.ts";
import { defendedPlaces, injectionRun, injections, pageDefences, xssPlaces, xssRuns } from "./runs.ts";
import { leavingIds, tablesOf } from "./tables.ts";
import { comments, type PageDefences, pageDefences as right, vulnerablePage } from "./weak/vulnerable-page.ts";

const tables = tablesOf(recordedPlay.runs);

function cellIn(table: keyof typeof tables, place: string, column: string): XssCell | undefined {
  return tables[table].find((row) => row.place === place)?.cells[column];
}

const outcomeIn = (...at: Parameters<typeof cellIn>) => cellIn(...at)?.outcome;

test("every page of the play was recorded, and alice got in on each", () => {
  expect(recordedPlay.runs.map(({ id }) => id)).toEqual(xssRuns.map(({ id }) => id));
  expect(recordedPlay.runs.filter(({ tried }) => !tried)).toEqual([]);
});

test("every place has a cell for every way, and every defence was tried or says why it cannot be", () => {
  expect(tables.ways.map(({ place, cells }) => [place, Object.keys(cells).length])).toEqual(
    xssPlaces.map(({ id }) => [id, 6]),
  );
  expect(tables.defences.map(({ place, cells }) => [place, Object.keys(cells)])).toEqual(
    defendedPlaces.map(({ id }) => [id, [...leavingIds]]),
  );
});

test("the places are every flow's default variant and every storage of tokens", () => {
  const variants = flows.flatMap(({ manifest }) =>
    manifest.variants.map((variant: Variant) => ({ ...variant, isDefault: variant.id === manifest.defaults.lab })),
  );
  const storagesOf = (all: readonly Variant[]) => new Set(all.flatMap(({ settings }) => settings.storage ?? []));
  const placed = new Set(xssPlaces.map(({ variant }) => variant));
  expect(variants.filter(({ id, isDefault }) => isDefault && !placed.has(id))).toEqual([]);
  expect(storagesOf(variants.filter(({ id }) => placed.has(id)))).toEqual(storagesOf(variants));
});

test("a script reads every place but a variable and an HttpOnly cookie", () => {
  const hidden = tables.ways.filter(({ cells }) => cells["reads"]?.outcome === "nothing").map(({ place }) => place);
  const unreadable = xssPlaces.filter(({ keeping }) => keeping === "variable" || keeping === "http-only-cookie");
  expect(hidden).toEqual(unreadable.map(({ id }) => id));
});

test("a token in a variable is taken by wrapping what the page sends with, and by a refresh that the script makes itself", () => {
  expect(cellIn("ways", "memory-jwt/rotating", "wraps")).toEqual({
    outcome: "succeeds",
    words: "access token, by fetch",
  });
  expect(cellIn("ways", "memory-jwt/rotating", "refreshes")).toEqual({
    outcome: "succeeds",
    words: "access token, by fetch",
  });
});

test("at every place the script acts through alice's browser, gets her password, and is still there in her next login", () => {
  for (const way of ["acts", "password", "stays"]) {
    expect(tables.ways.filter(({ cells }) => cells[way]?.outcome !== "succeeds")).toEqual([]);
  }
});

test("loot arrives by fetch, by an image and by a navigation", () => {
  const channels = new Set(recordedPlay.runs.flatMap(({ loot }) => loot.map(({ arrived }) => arrived)));
  expect([...channels].sort()).toEqual(["fetch", "image", "navigation"]);
});

test("output encoding alone stops every text; at every place it stops this script, as a policy with nonces does", () => {
  const stopping = pageDefences.filter((defence) =>
    tables.injections.every(({ cells }) => cells[defence]?.outcome === "stopped"),
  );
  expect(stopping).toEqual(["encoding"]);
  const ended = leavingIds.filter((defence) =>
    tables.defences.every(({ cells }) => cells[defence]?.outcome === "stopped"),
  );
  expect(ended).toEqual(["encoding", "csp"]);
});

test("at every place a policy with nonces keeps this script from running, and Trusted Types do not", () => {
  for (const { place, cells } of tables.defences) {
    expect([place, cells["csp"]?.outcome]).toEqual([place, "stopped"]);
    expect([place, cells["trusted-types"]]).toEqual([place, cells["none"]]);
  }
});

test("a refresh token counts once the thief has renewed with it: else it is copied, and not used", () => {
  const place = "memory-jwt/local-storage";
  expect(cellIn("ways", place, "reads")?.words).toBe("access token and refresh token, by image");
  expect(outcomeIn("outlives", `${place} refresh`, "open")).toBe("succeeds");
  const unused = recordedPlay.runs.map((run) => ({
    ...run,
    replays: run.replays.filter(({ what, after }) => what !== "refresh" || after !== "open"),
  }));
  const row = tablesOf(unused).ways.find((each) => each.place === place);
  expect(row?.cells["reads"]?.words).toBe("access token and refresh token (copied, not used), by image");
});

test("a policy with nonces lets a form without a script through, and Trusted Types what the server has written", () => {
  expect(outcomeIn("injections", "markup", "csp")).toBe("succeeds");
  expect([outcomeIn("injections", "html", "trusted-types"), outcomeIn("injections", "dom", "trusted-types")]).toEqual([
    "succeeds",
    "stopped",
  ]);
});

test("HttpOnly, a refresh token out of reach, a worker and a short exp each take something away, and end nothing", () => {
  const taken = [
    ["server-session/sql readable", "http-only"],
    ["memory-jwt/local-storage", "refresh-apart"],
    ["memory-jwt/rotating", "worker"],
    ["memory-jwt/session-storage", "short-exp"],
    ["server-session/sql", "step-up"],
  ] as const;
  for (const [place, defence] of taken) {
    const cell = cellIn("defences", place, defence);
    expect([place, defence, cell?.outcome, typeof cell?.gone]).toEqual([place, defence, "succeeds", "string"]);
  }
});

test("a worker that holds the token does not keep the script from a token of its own", () => {
  expect(cellIn("defences", "memory-jwt/rotating", "worker")?.words).toContain("tokens of its own");
});

test("the thief's refresh token ends once its owner renews as well, and goes on where the tab was closed", () => {
  expect(cellIn("defences", "memory-jwt/local-storage", "reuse-detection")).toMatchObject({
    outcome: "refused",
    words: "REVOKED",
  });
  expect(outcomeIn("outlives", "memory-jwt/local-storage refresh", "tab")).toBe("succeeds");
});

test("without rotation the thief renews on beside the owner", () => {
  const run = recordedPlay.runs.find(({ id }) => id === "reuse hybrid/short-jwt readable");
  expect(run?.replays.filter(({ what }) => what === "refresh").map(({ status }) => status)).toEqual([200, 200]);
});

test("a copied record's cookie ends with the logout, an access token and a sealed cookie do not, and a password outlives all", () => {
  const after = (row: string) => ["logout", "revocation"].map((event) => outcomeIn("outlives", row, event));
  expect(after("server-session/sql readable access")).toEqual(["refused", "refused"]);
  expect(after("memory-jwt/rotating access")).toEqual(["succeeds", "succeeds"]);
  expect(after("cookie/sealed readable access")).toEqual(["succeeds", "succeeds"]);
  expect(after("server-session/sql password")).toEqual(["succeeds", "succeeds"]);
});

test("loot that is refused while the login lives is no success", () => {
  const runs = recordedPlay.runs.map((run) => ({
    ...run,
    replays: run.replays.map((each) => ({ ...each, status: 401, code: "INVALID_CREDENTIAL" })),
  }));
  const row = tablesOf(runs).ways.find(({ place }) => place === "memory-jwt/rotating");
  expect(row?.cells["wraps"]).toEqual({ outcome: "refused", words: "INVALID_CREDENTIAL" });
});

test("a run in which alice did not get in herself is untried, and not refused", () => {
  const { ways, injections: tried } = tablesOf(recordedPlay.runs.map((run) => ({ ...run, tried: false })));
  const outcomes = new Set(
    [...ways, ...tried].flatMap(({ cells }) => Object.values(cells).map(({ outcome }) => outcome)),
  );
  expect([...outcomes]).toEqual(["untried"]);
});

const target = { script: "http://evil.localhost:3000/xss/t/injected.js", loot: "http://evil.localhost:3000/loot/t" };
const nonce = "a-nonce";

/** What a browser makes of a page, by the rules: the text of the attacker stands in it, and nothing keeps it from running. */
function getsIn(
  injection: (typeof injections)[number],
  defence: (typeof pageDefences)[number],
  defences: PageDefences,
): boolean {
  const run = xssRuns.find(({ id }) => id === injectionRun(injection, defence));
  if (!run) throw new Error("There is no such run");
  const { html, headers } = vulnerablePage({ run, ...target, steps: "/steps", next: "/next", nonce }, defences);
  const [, policy = ""] = headers.find(([name]) => name === "content-security-policy") ?? [];
  const isRaw =
    injection === "dom" ? html.includes('data-encodes="false"') : html.includes(comments[injection](target));
  if (!isRaw) return false;
  if (injection === "markup") return !/form-action/.test(policy);
  if (/script-src/.test(policy) && !/'unsafe-inline'|script-src [^;]*\*/.test(policy)) return false;
  return !(injection === "dom" && /require-trusted-types-for 'script'/.test(policy));
}

const open = (defences: PageDefences) =>
  injections.flatMap((injection) =>
    pageDefences.flatMap((each) => (getsIn(injection, each, defences) ? [`${injection} ${each}`] : [])),
  );

test("what a browser did with each text is what the rules of HTML, CSP and Trusted Types say", () => {
  const observed = injections.flatMap((injection) =>
    pageDefences.flatMap((each) =>
      outcomeIn("injections", injection, each) === "succeeds" ? [`${injection} ${each}`] : [],
    ),
  );
  expect(open(right)).toEqual(observed);
});

const withPolicy = (id: "csp" | "trusted-types", policy: string): PageDefences => ({
  ...right,
  policies: { ...right.policies, [id]: () => policy },
});

/** Each line or header taken out or written wrongly, and a text that gets in by it. */
const mutants: readonly (readonly [what: string, mutant: PageDefences, by: string])[] = [
  ["no output encoding", { ...right, encoding: (text) => text }, "html encoding"],
  ["an encoding of quotes alone", { ...right, encoding: (text) => text.replaceAll("'", "&#39;") }, "html encoding"],
  [
    "an encoding that takes script elements out",
    { ...right, encoding: (text) => text.replace(/<script.*<\/script>/, "") },
    "markup encoding",
  ],
  ["no policy with nonces", { ...right, policies: {} }, "html csp"],
  ["a policy that allows inline scripts", withPolicy("csp", "script-src 'unsafe-inline' *"), "html csp"],
  [
    "a policy of the DOM that asks for nothing",
    withPolicy("trusted-types", "trusted-types 'none'"),
    "dom trusted-types",
  ],
];

describe("a mutant lets a text in that the defence stops", () => {
  test.for(mutants)("%s", ([, mutant, by]) => {
    expect(open(right)).not.toContain(by);
    expect(open(mutant)).toContain(by);
  });
});
