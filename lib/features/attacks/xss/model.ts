import type { FlowId, VariantId } from "../../../core/ids.ts";
import type { OtherEngine } from "../hosts/model.ts";

/** What the injected script can do, in the order of the page. */
export const xssWays = ["reads", "wraps", "refreshes", "password", "stays"] as const;
export type XssWay = (typeof xssWays)[number];

/** What a thief can carry away. `access`: what proves who asks; `refresh`: what renews it. */
export type Stolen = "access" | "refresh" | "password";

/** How loot reached the attacker. */
export type Channel = "fetch" | "image" | "navigation";

/** Where the browser keeps the credential that proves who asks. */
export type XssKeeping = "script-cookie" | "http-only-cookie" | "local-storage" | "session-storage" | "variable";

/** What happened to the login before the thief used its loot, elsewhere. */
export type After = "open" | "logout" | "revocation" | "tab" | "time";

/** How the injected text gets into the page. `markup`: without a script. */
export type Injection = "html" | "dom" | "markup";

/** What stands in the page against injected text. */
export type PageDefence = "none" | "encoding" | "csp" | "trusted-types";

/** Something of a login that arrived at the attacker. `login`: the first, second or third of the same tab. */
export type XssLoot = {
  readonly login: number;
  readonly way: XssWay | "markup";
  readonly got: readonly Stolen[];
  readonly arrived: Channel;
};

export type XssAnswer = { readonly status: number; readonly code: string | null };

/** The thief's use of loot, elsewhere. `again`: after the owner has renewed the same login. */
export type Replay = XssAnswer & { readonly after: After; readonly what: Stolen; readonly again: boolean };

/** A transfer that the script sent through alice's browser. */
export type Act = XssAnswer & { readonly after: After; readonly amount: number };

/** One page, from its login to its end, as it was played. */
export type PlayedRun = {
  readonly id: string;
  /** alice herself got in: without that nothing was tried. */
  readonly tried: boolean;
  readonly loot: readonly XssLoot[];
  readonly replays: readonly Replay[];
  readonly acts: readonly Act[];
};

/** A play: every page that was reached, in a browser. */
export type XssPlay = {
  readonly playedAt: string;
  /** The browser, as it calls itself. */
  readonly browser: string;
  readonly runs: readonly PlayedRun[];
};

/** A variant and its place, as rows of the page. */
export type XssPlace = {
  readonly id: string;
  readonly flow: FlowId;
  readonly variant: VariantId;
  readonly keeping: XssKeeping;
  /** `false`: the lab has turned HttpOnly off. */
  readonly httpOnly: boolean;
};

/** `cannot`: there is nothing that this way or defence is about. `untried`: alice herself did not get in. */
export type XssCell = {
  readonly outcome: "succeeds" | "refused" | "stopped" | "nothing" | "cannot" | "untried";
  readonly words: string;
  /** What the same attack got without this defence, and gets no more. */
  readonly gone?: string;
};

/** One row of a table: a cell for each column. */
export type XssRow = { readonly place: string; readonly cells: Readonly<Record<string, XssCell>> };

/** The consequences of RFC 10017 §5.1. */
export const consequences = ["single", "persistent", "new-tokens", "acting"] as const;
export type Consequence = (typeof consequences)[number];

/** The tables of the page, made from one play. */
export type XssTables = {
  /** Place by way. */
  readonly ways: readonly XssRow[];
  /** Place by consequence. */
  readonly verdicts: readonly XssRow[];
  /** Injection by what stands in the page. */
  readonly injections: readonly XssRow[];
  /** Place by defence. */
  readonly defences: readonly XssRow[];
  /** Place and credential, by what happened to the login. */
  readonly outlives: readonly XssRow[];
};

export type JudgedXss = XssPlay & {
  readonly tables: XssTables;
  /** Every page was reached. */
  readonly done: boolean;
};

/** A line of the source. */
export type XssLine = { readonly file: string; readonly line: number; readonly text: string };

/** A place as it is told. */
export type XssPlaceTold = XssPlace & { readonly flowTitle: string; readonly variantTitle: string };

export type XssWayTold = { readonly id: XssWay | "acts"; readonly title: string; readonly line: XssLine };

/** `line`: what decides; `null`: nothing does. */
export type XssDefenceTold = {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly line: XssLine | null;
};

export type XssInjectionTold = { readonly id: Injection; readonly title: string; readonly text: string };

/** What the page shows before anything is played in its lab. */
export type XssShown = {
  readonly places: readonly XssPlaceTold[];
  readonly ways: readonly XssWayTold[];
  readonly injections: readonly XssInjectionTold[];
  /** What stands in the page. */
  readonly inPage: readonly XssDefenceTold[];
  /** What is tried at every place. */
  readonly defences: readonly XssDefenceTold[];
  /** The places at which each defence is tried. */
  readonly defended: readonly string[];
  /** The play that is kept in the repository. */
  readonly recorded: JudgedXss;
  readonly inFirefox: OtherEngine;
};
