import type { Injection, PageDefence, XssPlace } from "./model.ts";

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
  readonly injection: Injection;
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

/** Where a script holds the token, so that a worker could, and a short `exp` is of use. */
export const heldPlaces = xssPlaces.filter(({ keeping }) => /storage$|^variable$/.test(keeping));

/** One place of each keeping, where it is tried what each defence leaves. */
export const defendedPlaces = xssPlaces.filter(({ id }) =>
  [
    ...["server-session/sql readable", "memory-jwt/local-storage", "memory-jwt/session-storage"],
    ...["memory-jwt/rotating", "server-session/sql"],
  ].includes(id),
);

/** These, and the other flows' default variants: that the attack ends there is told for every flow. */
const encodedPlaces = xssPlaces.filter(
  (place) => defendedPlaces.includes(place) || ["cookie/sealed", "hybrid/allowlist"].includes(place.id),
);

/** Both renew a login by a token that the script found. The second has no rotation. */
const reusePlaces: readonly XssPlace[] = [
  tokenPlace("local-storage", "local-storage"),
  cookiePlace("hybrid", "short-jwt", false),
];

export const injections: readonly Injection[] = ["html", "dom", "markup"];
export const pageDefences: readonly PageDefence[] = ["none", "encoding", "csp", "trusted-types"];

/** The place at which all texts are tried. A policy is tried with the first of them at every place. */
const shop = cookiePlace("server-session", "sql", true);

const usual = { injection: "html", defence: "none", plan: "once", inWorker: false } as const;

const at = (places: readonly XssPlace[], name: string, about: Partial<XssRun>): readonly XssRun[] =>
  places.map((place) => ({ ...usual, id: `${name} ${place.id}`, place, ...about }));

/** The run in which a text meets what stands in the page. */
export function injectionRun(injection: Injection, defence: PageDefence): string {
  if (injection !== "html") return `${injection} ${defence}`;
  return `${defence === "none" ? "whole" : defence} ${shop.id}`;
}

/** Every page of the play, in its order. */
export const xssRuns: readonly XssRun[] = [
  ...at(xssPlaces, "whole", { plan: "whole" }),
  ...at(encodedPlaces, "encoding", { defence: "encoding" }),
  ...at(defendedPlaces, "csp", { defence: "csp" }),
  ...at(defendedPlaces, "trusted-types", { defence: "trusted-types" }),
  ...(["dom", "markup"] as const).flatMap((injection) =>
    pageDefences.map(
      (defence): XssRun => ({ ...usual, id: injectionRun(injection, defence), place: shop, injection, defence }),
    ),
  ),
  ...at(heldPlaces, "worker", { inWorker: true }),
  ...at(heldPlaces, "short", { plan: "short" }),
  ...at(defendedPlaces, "step-up", { plan: "step-up" }),
  ...at(reusePlaces, "reuse", { plan: "reuse" }),
];
