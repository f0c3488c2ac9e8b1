import type { AttackersHost } from "../hosts/model.ts";
import * as pages from "./case-pages.ts";
import { type CsrfPlace, framedName, type NotPlayed } from "./model.ts";

export type CsrfCase = {
  readonly id: string;
  readonly title: string;
  /** The same in a sentence of which it is the subject. */
  readonly subject: string;
  readonly place: CsrfPlace;
  /** The host whose page it is. */
  readonly host: AttackersHost;
  /** A second host that its request goes by. */
  readonly through?: AttackersHost;
  readonly page: pages.PageOf;
  /** CORS reflects any origin in it. */
  readonly readsAnswers?: true;
  /** Where its page sends the browser on, if it goes by another address of the attacker's. */
  readonly redirects?: (target: pages.CaseTarget) => { readonly to: string; readonly status: 302 | 307 };
};

type Attack = Pick<CsrfCase, "title" | "subject" | "page" | "redirects" | "readsAnswers"> & { readonly name: string };

const login: Attack = {
  name: "login",
  title: "A form that logs in as bob",
  subject: "a login form",
  page: pages.loginForm,
};

/** What a page can make a browser send. Each is played from every place, or a rule below says why it is not. */
const senders: readonly Attack[] = [
  { name: "form", title: "A form that submits itself", subject: "a form on the attacker’s page", page: pages.formPost },
  { name: "form-text", title: "A form whose text is JSON", subject: "a form that spells JSON", page: pages.formText },
  {
    name: "get",
    title: "A link to an address that changes something",
    subject: "a link",
    page: (target) => pages.link(target, pages.stolen),
  },
  {
    ...{
      name: "redirect",
      title: "A link that redirects there",
      subject: "a link that redirects",
      page: pages.redirected,
    },
    redirects: (target) => ({ to: pages.addressOf(target, pages.stolen), status: 302 }),
  },
  {
    ...{ name: "override", title: "A link that says it is a POST", subject: "a link that says it is a POST" },
    page: (target) => pages.link(target, { ...pages.stolen, _method: "POST" }),
  },
  { name: "image", title: "An image with that address", subject: "an image", page: pages.image },
  {
    name: "fetch",
    title: "fetch, without a preflight",
    subject: "a fetch without a preflight",
    page: pages.fetchSimple,
  },
  { name: "fetch-json", title: "fetch with JSON", subject: "a fetch with JSON", page: pages.fetchJson },
  { name: "beacon", title: "sendBeacon with JSON as text", subject: "a beacon", page: pages.beacon },
  {
    // It waits for a press, of which the frame makes a request of the application's own page.
    ...{ name: framedName, title: "A press into a frame that cannot be seen", subject: "a press into a frame" },
    page: pages.framing,
  },
  login,
];

type Rule = {
  readonly places: readonly CsrfPlace[];
  readonly senders: readonly string[];
  readonly reason: string;
};

/** Why a sender is not played from a place: it cannot send from there, or what it sends is the request of another case. */
const rules: readonly Rule[] = [
  {
    places: ["sandbox", "no-referrer", "two-hops"],
    senders: ["get", "redirect", "override", "image"],
    reason: "A GET of these names no origin (Fetch §3.2), so none says null.",
  },
  {
    places: ["no-referrer"],
    senders: ["fetch-json"],
    reason: "A fetch that needs leave by CORS names its origin, whatever the referrer policy (Fetch §3.2).",
  },
  {
    places: ["no-referrer", "two-hops"],
    senders: [framedName],
    reason: "The page in the frame sends, with its own origin and its own referrer policy.",
  },
];

/** Attacks of one place: they need more of the browser than that it sends. */
const ofSibling: readonly Attack[] = [
  {
    name: "cors",
    title: "fetch that reads the token, where CORS reflects any origin",
    subject: "a fetch that reads the token first",
    page: pages.throughCors,
    readsAnswers: true,
  },
  {
    name: "tossed",
    title: "A form with a token that it planted",
    subject: "a form with a planted token",
    page: pages.tossed,
  },
  {
    name: "tossed-before",
    title: "The same with a token from before the login",
    subject: "a form with a token from before the login",
    page: pages.tossedBefore,
  },
];

const ofPort: readonly Attack[] = [
  {
    name: "set",
    title: "A form with a token that it set, __Host- and all",
    subject: "a form with a token set from another port",
    page: pages.setFromPort,
  },
];

const late: readonly Attack[] = [
  {
    name: "late",
    title: "The form, twelve seconds later",
    subject: "a form twelve seconds later",
    page: pages.lateForm,
  },
];

type From = Pick<CsrfCase, "place" | "host" | "through"> & {
  /** What the place makes of a sender. */
  readonly as?: (attack: Attack) => Attack;
};

const attacker = { place: "another-site", host: "attacker" } as const;

/** The places, in the order in which they are played. */
const places: readonly From[] = [
  attacker,
  { place: "sibling", host: "sibling" },
  { place: "sandbox", host: "attacker", as: (attack) => wrapped(attack, "in a sandbox", pages.inSandbox) },
  { place: "no-referrer", host: "attacker", as: (one) => wrapped(one, "without a referrer", pages.withoutReferrer) },
  {
    ...{ place: "two-hops", host: "attacker", through: "sibling" },
    as: (attack) => ({
      ...wrapped(attack, "by way of a second host", pages.throughSibling),
      redirects: (target) => ({
        to: pages.addressOf(target, {}, attack === login ? "login" : "transfer"),
        status: 307,
      }),
    }),
  },
  { place: "other-port", host: "otherPort" },
];

function wrapped(attack: Attack, how: string, page: (page: pages.PageOf) => pages.PageOf): Attack {
  return { ...attack, subject: `${attack.subject} ${how}`, page: page(attack.page) };
}

function from({ place, host, through, as = (attack) => attack }: From, attacks: readonly Attack[]) {
  const played = attacks.filter(({ name }) => !rules.some((rule) => isMeant(rule, place, name)));
  return played.map(as).map(
    ({ name, ...attack }): CsrfCase => ({
      ...{ ...attack, id: `${place}-${name}`, place, host },
      ...(through && { through }),
    }),
  );
}

function isMeant(rule: Rule, place: CsrfPlace, sender: string): boolean {
  return rule.places.includes(place) && rule.senders.includes(sender);
}

const beforeLogins = senders.filter((attack) => attack !== login);

/**
 * Every case, in the order in which they are played. What a sibling plants stays in the browser, and what another port
 * sets takes the place of alice's own token, so these come after all senders. The logins come last: after them the
 * browser is bob's.
 */
export const csrfCases: readonly CsrfCase[] = [
  ...places.flatMap((each) => from(each, beforeLogins)),
  ...from({ place: "sibling", host: "sibling" }, ofSibling),
  ...from({ place: "other-port", host: "otherPort" }, ofPort),
  ...from(attacker, late),
  ...places.flatMap((each) => from(each, [login])),
];

/** What is left out by a rule, place by place. */
export const notPlayed: readonly NotPlayed[] = rules.flatMap((rule) =>
  rule.places.map((place) => ({
    place,
    senders: senders.filter(({ name }) => rule.senders.includes(name)).map(({ title }) => title),
    reason: rule.reason,
  })),
);

/** The request of alice's own page, which every defence has to let pass. */
export const ownCase = { id: "own-page", title: "alice’s own page", place: "own" } as const;
