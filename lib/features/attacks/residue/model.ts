import type { FlowId } from "../../../core/ids.ts";

/** Where a page can still show something after the login has ended, in the order of the page. */
export const residueWays = ["back", "cached", "prefetched", "router", "tab"] as const;
export type ResidueWay = (typeof residueWays)[number];

/** What ends the login: a logout that deletes a cookie, one of a token that only the page has, another device. */
export const residueEnds = ["logout", "memory", "revoked"] as const;
export type ResidueEnd = (typeof residueEnds)[number];

export const residueDefences = ["none", "no-store", "asks-again", "clear-site-data", "all"] as const;
export type ResidueDefence = (typeof residueDefences)[number];

/** The parts of a defence, each done or left out. */
export type Measures = {
  /** Its answers say `Cache-Control: no-store`. */
  readonly noStore: boolean;
  /** The page is hidden until it has asked who is logged in, each time it is shown. */
  readonly asksAgain: boolean;
  /** After the end the server tells the browser to forget its copies. */
  readonly clears: boolean;
  /** The page learns of the end while it is open. */
  readonly isTold: boolean;
};

const without: Measures = { noStore: false, asksAgain: false, clears: false, isTold: false };

export const measuresOf: Readonly<Record<ResidueDefence, Measures>> = {
  none: without,
  "no-store": { ...without, noStore: true },
  "asks-again": { ...without, asksAgain: true },
  "clear-site-data": { ...without, clears: true },
  all: { noStore: true, asksAgain: true, clears: true, isTold: true },
};

/** One login that is looked at in every way, and ended once. */
export type Walk = {
  readonly id: string;
  readonly flow: FlowId;
  readonly end: ResidueEnd;
  readonly defence: ResidueDefence;
};

/** The flow that each end is played with, against every defence. */
const usualFlow: Readonly<Record<ResidueEnd, FlowId>> = {
  logout: "server-session",
  memory: "memory-jwt",
  revoked: "server-session",
};

/** The other flows whose logout deletes a cookie: without a defence, and with all. */
const likewise: readonly FlowId[] = ["cookie", "hybrid"];

function walk(flow: FlowId, end: ResidueEnd, defence: ResidueDefence): Walk {
  return { id: `${flow}-${end}-${defence}`, flow, end, defence };
}

/** Every walk of a play. */
export const residueWalks: readonly Walk[] = [
  ...residueEnds.flatMap((end) => residueDefences.map((defence) => walk(usualFlow[end], end, defence))),
  ...likewise.flatMap((flow) => (["none", "all"] as const).map((defence) => walk(flow, "logout", defence))),
];

/** How a page came that was shown after the end. */
export const residueSources = [
  "back-forward-cache",
  "http-cache",
  "prefetch",
  "router-cache",
  "open",
  "server",
] as const;
export type ResidueSource = (typeof residueSources)[number];

/** What stood on the page after the end. `null`: there is no page of that kind in this walk. */
export type Seen = {
  /** What it showed at once, and when it had asked, if it asks. */
  readonly texts: readonly string[];
  readonly source: ResidueSource;
};

export type PlayedWalk = Walk & {
  /** What the page said while alice was logged in. */
  readonly before: string;
  readonly seen: Readonly<Record<ResidueWay, Seen | null>>;
};

/** A play: every walk that was done, in a browser. */
export type ResiduePlay = {
  readonly playedAt: string;
  /** The browser, as it calls itself. */
  readonly browser: string;
  /** Whether a page without anything to hide came back from the back/forward cache. */
  readonly restores: boolean;
  /** Whether the browser fetched a page before it was asked for. */
  readonly prefetches: boolean;
  readonly walks: readonly PlayedWalk[];
};

/** `cannot`: there is no such page in this walk. `untried`: this browser has nothing of that kind. */
export type ResidueVerdict = {
  readonly outcome: "shown" | "refused" | "cannot" | "untried";
  readonly code: string | null;
};

/** What a page of the account says, as the server wrote it or as its script was answered. */
export const saysBalance = /alice has \d+ coins/;
const saysRefused = /refused ([A-Z_]+)/;

/** What came of one way in one walk. A balance that was seen for a moment was seen. */
export function verdictOf(
  play: Pick<ResiduePlay, "restores" | "prefetches">,
  way: ResidueWay,
  walk: PlayedWalk,
): ResidueVerdict {
  const seen = walk.seen[way];
  if (!seen) return { outcome: "cannot", code: null };
  if ((way === "back" && !play.restores) || (way === "prefetched" && !play.prefetches)) {
    return { outcome: "untried", code: null };
  }
  if (!saysBalance.test(walk.before)) return { outcome: "untried", code: null };
  if (seen.texts.some((text) => saysBalance.test(text))) return { outcome: "shown", code: null };
  const code = saysRefused.exec(seen.texts.at(-1) ?? "")?.[1];
  return code === undefined ? { outcome: "untried", code: null } : { outcome: "refused", code };
}

/** A line of this repository. */
export type ToldLine = { readonly file: string; readonly line: number; readonly text: string };

export type WayTold = {
  readonly id: ResidueWay;
  readonly title: string;
  /** The same in a sentence of which it is the subject. */
  readonly subject: string;
  readonly words: string;
};

export type DefenceTold = {
  readonly id: ResidueDefence;
  readonly title: string;
  readonly source: string;
  /** What there is to say where no line does it. */
  readonly words: string | null;
  readonly line: ToldLine | null;
};

/** The page of the account with one defence. */
export type PageTold = {
  readonly headers: readonly string[];
  readonly html: string;
  /** A header that comes with the logout; `null`: none. */
  readonly after: string | null;
};

/** What the page shows before anything is played in its lab. */
export type ResidueShown = {
  readonly ways: readonly WayTold[];
  readonly defences: readonly DefenceTold[];
  readonly pages: Readonly<Record<ResidueDefence, PageTold>>;
  /** The plays that are kept in the repository, one a browser. */
  readonly recorded: readonly ResiduePlay[];
};
