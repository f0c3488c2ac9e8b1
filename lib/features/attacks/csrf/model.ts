import type { FlowId } from "../../../core/ids.ts";
import { saysNothing } from "../broken-answers.ts";
import type { SenderOrigins } from "../hosts/model.ts";

/**
 * Where the request of an attack is sent from. The last three before the own page have `Origin: null`: a page in a
 * sandbox, a page that sends no referrer, and a redirect from a second origin to a third.
 */
export type CsrfPlace = "another-site" | "sibling" | "other-port" | "sandbox" | "no-referrer" | "two-hops" | "own";

/** The cases with a page of the application in a frame, and the address of that page. */
export const framedName = "framed";

/** A request of an attack, as it arrived. Of a cookie of a login the value is left out. */
export type CsrfRequest = {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly (readonly [name: string, value: string])[];
  readonly body: string;
};

/** What an edge answered. `code`: why it refused. */
export type CsrfAnswer = { readonly status: number; readonly code: string | null };

/**
 * `stopped`: the browser sent no such request, or no cookie with it. `untried`: the server was broken, or had a limit, which
 * says nothing of a defence.
 */
export type CsrfVerdict = {
  readonly outcome: "succeeds" | "refused" | "stopped" | "untried";
  readonly code: string | null;
};

/** What an edge's answer comes to; `null`: no request arrived. */
export function verdictOfAnswer(answer: CsrfAnswer | null): CsrfVerdict {
  if (!answer) return { outcome: "stopped", code: null };
  if (answer.status < 300) return { outcome: "succeeds", code: null };
  return { outcome: saysNothing(answer) ? "untried" : "refused", code: answer.code };
}

/** The same request against another flow, with no defence and with that flow's own. */
export type AgainstFlow = { readonly flow: FlowId; readonly weak: CsrfAnswer; readonly edge: CsrfAnswer };

/** A case as it was played. */
export type PlayedCsrf = {
  readonly id: string;
  /** `null`: no request arrived, or only the question that a browser asks before one. */
  readonly request: CsrfRequest | null;
  /** The answer of the edge without a defence. */
  readonly weak: CsrfAnswer | null;
  /** The answer of the flow's own edge to the very same request. */
  readonly edge: CsrfAnswer | null;
  readonly flows: readonly AgainstFlow[];
  /** Whether the page in the frame ran, without a policy (`open`) and with `frame-ancestors` (`closed`); `null`: no frame. */
  readonly frame: { readonly open: boolean; readonly closed: boolean } | null;
};

/** Whether a case logs the browser in as somebody else. All others move a coin. */
export function isLoginCase(id: string): boolean {
  return id.endsWith("-login");
}

/** Whether a page of the application is pressed in a frame. */
export function isFramedCase(id: string): boolean {
  return id.endsWith(`-${framedName}`);
}

/** A play: every case that was reached, in a browser. */
export type CsrfPlay = {
  readonly playedAt: string;
  /** The browser, as it calls itself. */
  readonly browser: string;
  readonly flow: FlowId;
  readonly origins: SenderOrigins;
  readonly cases: readonly PlayedCsrf[];
};

/** A play with the verdict of each defence on each case. */
export type JudgedPlay = CsrfPlay & {
  readonly verdicts: Readonly<Record<string, Readonly<Record<string, CsrfVerdict>>>>;
  /** Every case was reached. */
  readonly done: boolean;
};

/** A case as it is told. */
export type CsrfTold = {
  readonly id: string;
  readonly title: string;
  /** The same in a sentence of which it is the subject. */
  readonly subject: string;
  readonly place: CsrfPlace;
  /** The attacker's page, as its host serves it. */
  readonly html: string;
  /** The headers that it comes with. */
  readonly headers: readonly string[];
};

/** Senders that are not played from a place, and the rule that says why. */
export type NotPlayed = {
  readonly place: CsrfPlace;
  /** The titles of the senders. */
  readonly senders: readonly string[];
  readonly reason: string;
};

/** A defence as it is told, with its line. */
export type DefenceTold = {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  /** Who decides; `null`: the server, by the line. */
  readonly words: string | null;
  readonly line: { readonly file: string; readonly line: number; readonly text: string } | null;
  /** Known to be beaten: it is shown so that it can be seen to be. */
  readonly isWeak: boolean;
};

/** What the page shows before anything is played in its lab. */
export type CsrfShown = {
  /** The cases, with the attacker's pages against each flow. */
  readonly told: Readonly<Record<FlowId, readonly CsrfTold[]>>;
  readonly notPlayed: readonly NotPlayed[];
  readonly defences: readonly DefenceTold[];
  /** The plays that are kept in the repository, one an engine. */
  readonly recorded: readonly JudgedPlay[];
  /** What a Server Action of Next.js answered. */
  readonly action: ActionPlay;
};

/** Who sends a form to a Server Action, by the Origin that a browser names. */
type ActionSender = {
  readonly id: string;
  readonly title: string;
  /** At the origin of the application. `null`: the request has none. */
  readonly originAt: (origin: string) => string | null;
};

const withParts = (parts: (url: URL) => { readonly hostname?: string; readonly port?: string }) => (origin: string) =>
  Object.assign(new URL(origin), parts(new URL(origin))).origin;

export const actionSenders: readonly ActionSender[] = [
  { id: "own", title: "the application’s own page", originAt: (origin) => origin },
  { id: "another-site", title: "another site", originAt: () => "http://evil.example" },
  {
    id: "sibling",
    title: "a sibling subdomain",
    originAt: withParts(({ hostname }) => ({ hostname: `evil.${hostname}` })),
  },
  { id: "other-port", title: "another port", originAt: withParts(() => ({ port: "8080" })) },
  { id: "null-origin", title: "Origin: null", originAt: () => "null" },
  {
    id: "other-scheme",
    title: "https, where the application has http",
    originAt: (origin) => origin.replace("http:", "https:"),
  },
  { id: "no-origin", title: "no Origin at all", originAt: () => null },
];

/** What a proxy says that forwards under the name that it has inside. */
export const forwardedHost = "inside.example:8080";

/** What a route handler without a check, a Server Action, and one behind that proxy answered. Each is a status. */
export type ActionPlay = {
  readonly playedAt: string;
  /** The version of Next.js. */
  readonly next: string;
  readonly senders: readonly {
    readonly id: string;
    readonly handler: number;
    readonly action: number;
    readonly behindProxy: number;
  }[];
};

/** A Server Action that acts redirects, and one that refuses answers 500. */
export function hasActed(status: number): boolean {
  return status < 400;
}
