import type { AttackersHost } from "../hosts/model.ts";
import * as pages from "./case-pages.ts";
import { type CsrfPlace, framedName } from "./model.ts";

export type CsrfCase = {
  readonly id: string;
  readonly title: string;
  /** The same in a sentence of which it is the subject. */
  readonly subject: string;
  readonly place: CsrfPlace;
  /** The host whose page it is. */
  readonly host: AttackersHost;
  readonly page: (target: pages.CaseTarget) => pages.CasePage;
  /** CORS reflects any origin in it. */
  readonly readsAnswers?: true;
  /** Where its page sends the browser on, if it goes by another address of the attacker's. */
  readonly redirects?: (target: pages.CaseTarget) => { readonly to: string; readonly status: 302 | 307 };
};

type Attack = Pick<CsrfCase, "title" | "subject" | "page" | "redirects" | "readsAnswers"> & { readonly name: string };

const fromEither: readonly Attack[] = [
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
];

/** It waits for a press, of which the frame makes a request of the application's own page. */
const inFrame: Attack = {
  ...{ name: framedName, title: "A press into a frame that cannot be seen", subject: "a press into a frame" },
  page: pages.framing,
};

const login: Attack = {
  name: "login",
  title: "A form that logs in as bob",
  subject: "a form that logs in",
  page: pages.loginForm,
};

function from(host: AttackersHost, place: CsrfPlace, attacks: readonly Attack[]): readonly CsrfCase[] {
  return attacks.map(({ name, ...attack }) => ({ ...attack, id: `${place}-${name}`, place, host }));
}

/**
 * Every case, in the order in which they are played. What a sibling plants stays in the browser, and what another port
 * sets takes the place of alice's own token, so these come late. The logins come last: after them the browser is bob's.
 */
export const csrfCases: readonly CsrfCase[] = [
  ...from("attacker", "another-site", [...fromEither, inFrame]),
  ...from("sibling", "sibling", [
    ...[...fromEither, inFrame],
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
  ]),
  ...from("attacker", "null-origin", [
    {
      name: "no-referrer",
      title: "A form of a page that sends no referrer",
      subject: "a form without a referrer",
      page: pages.noReferrer,
    },
    { name: "sandbox", title: "A form of a page in a sandbox", subject: "a form in a sandbox", page: pages.sandboxed },
    {
      ...{
        name: "two-hops",
        title: "A form that a second host redirects",
        subject: "a redirected form",
        page: pages.twoHops,
      },
      redirects: (target) => ({ to: pages.addressOf(target), status: 307 }),
    },
  ]),
  ...from("otherPort", "other-port", [
    ...fromEither,
    {
      name: "set",
      title: "A form with a token that it set, __Host- and all",
      subject: "a form with a token set from another port",
      page: pages.setFromPort,
    },
  ]),
  ...from("attacker", "another-site", [
    {
      name: "late",
      title: "The form, twelve seconds later",
      subject: "a form twelve seconds later",
      page: pages.lateForm,
    },
    login,
  ]),
  ...from("sibling", "sibling", [login]),
];

/** The request of alice's own page, which every defence has to let pass. */
export const ownCase = { id: "own-page", title: "alice’s own page", place: "own" } as const;
