import type { FlowId } from "../../../core/ids.ts";
import type { AttackersHost, AttackOrigins } from "../hosts/model.ts";
import type { CsrfPlace } from "./model.ts";
import { csrfCookies } from "./tokens.ts";

/** What the page of a case is written with. */
export type CaseTarget = {
  readonly origins: AttackOrigins;
  readonly flow: FlowId;
  readonly id: string;
  /** What names the attack in its requests; `null`: the page is shown, and not served. */
  readonly ticket: string | null;
  /** The next page of the play. A navigation gets there by the application's answer. */
  readonly next: string;
  /** A token of the attacker's own session. */
  readonly planted: string;
};

type Page = { readonly html: string; readonly headers?: readonly (readonly [name: string, value: string])[] };

export type CsrfCase = {
  readonly id: string;
  readonly title: string;
  /** The same in a sentence of which it is the subject. */
  readonly subject: string;
  readonly place: CsrfPlace;
  /** The host whose page it is. */
  readonly host: AttackersHost;
  readonly page: (target: CaseTarget) => Page;
  /** CORS reflects any origin in it. */
  readonly readsAnswers?: true;
  /** Where its page sends the browser on, if it goes by another address of the attacker's. */
  readonly redirects?: (target: CaseTarget) => { readonly to: string; readonly status: 302 | 307 };
};

/** The address that is attacked, with what names the attack. */
function addressOf(target: CaseTarget, fields: Readonly<Record<string, string>> = {}, action = "transfer"): string {
  const { origins, flow, ticket, id } = target;
  const query = new URLSearchParams({ ...fields, ...(ticket !== null && { attack: ticket, case: id }) });
  return `${origins.victim}/api/${flow}/${action}${query.size > 0 ? `?${query}` : ""}`;
}

const stolen = { to: "bob", amount: "1" } as const;

function form(action: string, fields: Readonly<Record<string, string>>, attributes = ""): string {
  const inputs = Object.entries(fields).map(
    ([name, value]) => `  <input name="${quoted(name)}" value="${quoted(value)}">`,
  );
  return [
    `<form method="post" action="${quoted(action)}"${attributes}>`,
    ...inputs,
    "</form>",
    "<script>document.forms[0].submit()</script>",
  ].join("\n");
}

/** A script that sends something, and goes on to the next page when it has ended. Shown alone, it only sends. */
function script({ ticket, next }: CaseTarget, sends: string): string {
  return ticket === null
    ? `<script>\n  ${sends}\n</script>`
    : `<script>\n  Promise.resolve(${sends}).catch(() => {}).finally(() => setTimeout(() => location.replace(${JSON.stringify(next)}), 150))\n</script>`;
}

function quoted(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
}

const formPost = (target: CaseTarget): Page => ({ html: form(addressOf(target), stolen) });

/** A form whose text is JSON: the one name and the one value have a `=` between them, which lands in a text. */
const formText = (target: CaseTarget): Page => ({
  html: form(addressOf(target), { '{"to":"bob","amount":1,"":"': '"}' }, ' enctype="text/plain"'),
});

const link = (target: CaseTarget, fields: Readonly<Record<string, string>>): Page => ({
  html: `<script>location.href = ${JSON.stringify(addressOf(target, fields))}</script>`,
});

const redirected = (target: CaseTarget): Page => ({ html: `<script>location.href = "redirect/${target.id}"</script>` });

const image = (target: CaseTarget): Page => ({
  html: [
    `<img src="${quoted(addressOf(target, stolen))}"`,
    target.ticket === null ? ">" : `  onload="go()" onerror="go()">`,
    ...(target.ticket === null
      ? []
      : [`<script>const go = () => location.replace(${JSON.stringify(target.next)})</script>`]),
  ].join("\n"),
});

const fetchSimple = (target: CaseTarget): Page => ({
  html: script(
    target,
    `fetch(${JSON.stringify(addressOf(target))}, {\n    method: "POST", mode: "no-cors", credentials: "include",\n    body: new URLSearchParams({ to: "bob", amount: 1 }),\n  })`,
  ),
});

const fetchJson = (target: CaseTarget): Page => ({
  html: script(
    target,
    `fetch(${JSON.stringify(addressOf(target))}, {\n    method: "POST", credentials: "include",\n    headers: { "content-type": "application/json" },\n    body: JSON.stringify({ to: "bob", amount: 1 }),\n  })`,
  ),
});

const beacon = (target: CaseTarget): Page => ({
  html: script(
    target,
    `navigator.sendBeacon(${JSON.stringify(addressOf(target))},\n    new Blob(['{"to":"bob","amount":1}'], { type: "text/plain" }))`,
  ),
});

/** Where alice's own page gets its token from. In the other cases nothing answers there. */
export const tokenPath = "csrf-token";

/** If the answers of the application can be read, so can the token. */
const throughCors = (target: CaseTarget): Page => {
  const [token, transfer] = [addressOf(target, {}, tokenPath), addressOf(target)].map((url) => JSON.stringify(url));
  const lines = [
    `fetch(${token}, { credentials: "include" })`,
    "    .then((answer) => answer.json())",
    `    .then(({ token }) => fetch(${transfer}, {`,
    '      method: "POST", credentials: "include",',
    '      headers: { "content-type": "application/json", "x-csrf-token": token },',
    '      body: JSON.stringify({ to: "bob", amount: 1 }),',
    "    }))",
  ];
  return { html: script(target, lines.join("\n")) };
};

/** The victim is logged in as somebody else, and goes on in that account. */
const loginForm = (target: CaseTarget): Page => ({
  html: form(addressOf(target, {}, "login"), { username: "bob", password: "bob-likes-coffee" }),
});

/** A sibling sets cookies for the whole site. It tries both names; a browser takes no `__Host-` with a Domain. */
const tossed = (target: CaseTarget): Page => {
  const domain = new URL(target.origins.victim).hostname;
  const line = (name: string) => `${name}=${target.planted}; Domain=${domain}; Path=/api; Secure; SameSite=None`;
  return {
    html: form(addressOf(target), { ...stolen, csrf: target.planted }),
    headers: [csrfCookies.plainToken, csrfCookies.hostToken].map((name) => ["set-cookie", line(name)] as const),
  };
};

const noReferrer = (target: CaseTarget): Page => ({
  html: `<meta name="referrer" content="no-referrer">\n${form(addressOf(target), stolen)}`,
});

/** A page in a sandbox has no origin. */
const sandboxed = (target: CaseTarget): Page => ({
  html: form(addressOf(target), stolen),
  headers: [["content-security-policy", "sandbox allow-scripts allow-forms"]],
});

/** After a redirect from a second origin to a third the browser names none (Fetch §4.4). */
const twoHops = (target: CaseTarget): Page => ({
  html: form(`${target.origins.sibling}/csrf/${target.ticket ?? "…"}/redirect/${target.id}`, stolen),
});

type Attack = Pick<CsrfCase, "title" | "subject" | "page" | "redirects" | "readsAnswers"> & { readonly name: string };

const fromEither: readonly Attack[] = [
  { name: "form", title: "A form that submits itself", subject: "a form on the attacker’s page", page: formPost },
  { name: "form-text", title: "A form whose text is JSON", subject: "a form that spells JSON", page: formText },
  {
    name: "get",
    title: "A link to an address that changes something",
    subject: "a link",
    page: (target) => link(target, stolen),
  },
  {
    ...{ name: "redirect", title: "A link that redirects there", subject: "a link that redirects", page: redirected },
    redirects: (target) => ({ to: addressOf(target, stolen), status: 302 }),
  },
  {
    ...{ name: "override", title: "A link that says it is a POST", subject: "a link that says it is a POST" },
    page: (target) => link(target, { ...stolen, _method: "POST" }),
  },
  { name: "image", title: "An image with that address", subject: "an image", page: image },
  { name: "fetch", title: "fetch, without a preflight", subject: "a fetch without a preflight", page: fetchSimple },
  { name: "fetch-json", title: "fetch with JSON", subject: "a fetch with JSON", page: fetchJson },
  { name: "beacon", title: "sendBeacon with JSON as text", subject: "a beacon", page: beacon },
];

const login: Attack = {
  name: "login",
  title: "A form that logs in as bob",
  subject: "a form that logs in",
  page: loginForm,
};

function from(host: AttackersHost, place: CsrfPlace, attacks: readonly Attack[]): readonly CsrfCase[] {
  return attacks.map(({ name, ...attack }) => ({ ...attack, id: `${place}-${name}`, place, host }));
}

/** Every case, in the order in which they are played. The logins come last: after them the browser is bob's. */
export const csrfCases: readonly CsrfCase[] = [
  ...from("attacker", "another-site", fromEither),
  ...from("sibling", "sibling", [
    ...fromEither,
    {
      name: "cors",
      title: "fetch that reads the token, where CORS reflects any origin",
      subject: "a fetch that reads the token first",
      page: throughCors,
      readsAnswers: true,
    },
    {
      name: "tossed",
      title: "A form with a token that it planted",
      subject: "a form with a planted token",
      page: tossed,
    },
  ]),
  ...from("attacker", "null-origin", [
    {
      name: "no-referrer",
      title: "A form of a page that sends no referrer",
      subject: "a form without a referrer",
      page: noReferrer,
    },
    { name: "sandbox", title: "A form of a page in a sandbox", subject: "a form in a sandbox", page: sandboxed },
    {
      ...{
        name: "two-hops",
        title: "A form that a second host redirects",
        subject: "a redirected form",
        page: twoHops,
      },
      redirects: (target) => ({ to: addressOf(target), status: 307 }),
    },
  ]),
  ...from("attacker", "another-site", [login]),
  ...from("sibling", "sibling", [login]),
];

/** The request of alice's own page, which every defence has to let pass. */
export const ownCase = { id: "own-page", title: "alice’s own page", place: "own" } as const;
