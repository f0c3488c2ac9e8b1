import type { Door, PageDefence, XssPlace } from "./model.ts";

/**
 * `whole`: three logins, ended by a logout, a revocation and a closed tab. `once`: one login. `short`: one login with a
 * short `exp`, and time passes. `reuse`: the thief renews a login, and then its owner does. `step-up`: the login is not
 * fresh any more.
 */
export type Plan = "whole" | "once" | "short" | "reuse" | "step-up";

/** One page of the play. */
export type XssRun = {
  readonly id: string;
  readonly place: XssPlace;
  readonly door: Door;
  readonly defence: PageDefence;
  readonly plan: Plan;
  /** The token is held by a worker, and no script of the page has it. */
  readonly inWorker: boolean;
};

const cookiePlace = (flow: string, name: string, httpOnly: boolean): XssPlace => ({
  id: `${flow}/${name}${httpOnly ? "" : " readable"}`,
  ...{ flow, variant: `${flow}/${name}`, keeping: httpOnly ? "http-only-cookie" : "script-cookie", httpOnly },
});

const tokenPlace = (name: string, keeping: XssPlace["keeping"]): XssPlace => ({
  ...{ id: `memory-jwt/${name}`, flow: "memory-jwt", variant: `memory-jwt/${name}`, keeping, httpOnly: true },
});

/** Every storage place and flow, in the order of the page. */
export const xssPlaces: readonly XssPlace[] = [
  cookiePlace("cookie", "sealed", false),
  cookiePlace("server-session", "sql", false),
  cookiePlace("hybrid", "allowlist", false),
  tokenPlace("script-cookie", "script-cookie"),
  tokenPlace("local-storage", "local-storage"),
  tokenPlace("session-storage", "session-storage"),
  tokenPlace("rotating", "variable"),
  tokenPlace("http-only-cookie", "http-only-cookie"),
  cookiePlace("cookie", "signed", true),
  cookiePlace("cookie", "sealed", true),
  cookiePlace("server-session", "sql", true),
  cookiePlace("hybrid", "allowlist", true),
];

/** Where a script finds a token with an `exp`. */
export const shortPlaces = xssPlaces.filter(
  ({ flow, variant }) => flow === "memory-jwt" && variant !== "memory-jwt/http-only-cookie",
);

/** Where a script holds the token, so that a worker could. */
export const workerPlaces = xssPlaces.filter(({ keeping }) => /storage$|^variable$/.test(keeping));

/** One place of each keeping, where it is tried what stands in the page. */
export const pageDefencePlaces = [
  ...["server-session/sql readable", "memory-jwt/local-storage", "memory-jwt/session-storage"],
  ...["memory-jwt/rotating", "server-session/sql"],
];

/** The other flows' default variants: what becomes of the attack there is told for every flow. */
const otherDefaults = ["cookie/sealed", "hybrid/allowlist"];

/** Both renew a login by a token that the script found. The second has no rotation. */
const reusePlaces: readonly XssPlace[] = [
  tokenPlace("local-storage", "local-storage"),
  cookiePlace("hybrid", "short-jwt", false),
];

export const doors: readonly Door[] = ["html", "dom", "markup"];
export const pageDefences: readonly PageDefence[] = ["none", "encoding", "csp", "trusted-types"];

const usual = { door: "html", defence: "none", plan: "once", inWorker: false } as const;

/** The place at which it is tried which text runs. */
const shop = cookiePlace("server-session", "sql", true);

/** Every page of the play, in its order. */
export const xssRuns: readonly XssRun[] = [
  ...xssPlaces.map((place): XssRun => ({ ...usual, id: `whole ${place.id}`, place, plan: "whole" })),
  ...doors.flatMap((door) =>
    pageDefences.map((defence): XssRun => ({ ...usual, id: `door ${door} ${defence}`, place: shop, door, defence })),
  ),
  ...xssPlaces
    .filter(({ id }) => pageDefencePlaces.includes(id))
    .flatMap((place) =>
      (["encoding", "csp", "trusted-types"] as const).map(
        (defence): XssRun => ({ ...usual, id: `${defence} ${place.id}`, place, defence }),
      ),
    ),
  ...xssPlaces
    .filter(({ id }) => otherDefaults.includes(id))
    .map((place): XssRun => ({ ...usual, id: `encoding ${place.id}`, place, defence: "encoding" })),
  ...workerPlaces.map((place): XssRun => ({ ...usual, id: `worker ${place.id}`, place, inWorker: true })),
  ...shortPlaces.map((place): XssRun => ({ ...usual, id: `short ${place.id}`, place, plan: "short" })),
  ...xssPlaces
    .filter(({ id }) => pageDefencePlaces.includes(id))
    .map((place): XssRun => ({ ...usual, id: `step-up ${place.id}`, place, plan: "step-up" })),
  ...reusePlaces.map((place): XssRun => ({ ...usual, id: `reuse ${place.id}`, place, plan: "reuse" })),
];
