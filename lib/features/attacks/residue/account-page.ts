import type { Measures } from "./model.ts";
import { pageScript, type ScriptSettings } from "./page-script.ts";

export type PageParts = ScriptSettings & {
  readonly nonce: string;
  /** What the server writes into it. */
  readonly text: string;
  /** The address that the browser is told to fetch before it is asked for; `null`: none. */
  readonly ahead: string | null;
};

const look = `
  :root { color-scheme: light dark }
  body { font: 16px/1.5 system-ui, sans-serif; margin: 1.25rem }
  h1 { font-size: 0.875rem; font-weight: 600; margin: 0 0 0.25rem; opacity: 0.7 }
  p { font-size: 1.125rem; font-weight: 600; margin: 0 }
`;

/** A page of the account, as it is served. */
export function accountHtml({ nonce, text, ahead, ...settings }: PageParts): string {
  const isHidden = settings.asksAgain && text !== "";
  return [
    "<!doctype html>",
    '<html lang="en">',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    '<link rel="icon" href="/icon.svg">',
    `<title>${titles[settings.page] ?? "Account"}</title>`,
    `<style nonce="${nonce}">${look}</style>`,
    ...(ahead === null ? [] : aheadLines(ahead, nonce)),
    `<h1>${titles[settings.page] ?? "Account"}</h1>`,
    `<p id="seen"${isHidden ? " hidden" : ""}>${text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</p>`,
    `<script nonce="${nonce}">(${pageScript.toString()})(${JSON.stringify(settings)})</script>`,
    "",
  ].join("\n");
}

const titles: Readonly<Record<string, string>> = {
  account: "Account",
  cached: "Account, summary",
  prefetched: "Account, details",
  left: "Another page",
  plain: "A page with nothing to hide",
};

/** Chromium has speculation rules; other browsers have a link for it. */
function aheadLines(url: string, nonce: string): readonly string[] {
  const rules = { prefetch: [{ source: "list", urls: [url], eagerness: "immediate" }] };
  const link = `if (!HTMLScriptElement.supports?.("speculationrules")) document.head.append(Object.assign(document.createElement("link"), { rel: "prefetch", href: ${JSON.stringify(url)} }))`;
  return [
    `<script nonce="${nonce}" type="speculationrules">${JSON.stringify(rules)}</script>`,
    `<script nonce="${nonce}">${link}</script>`,
  ];
}

/** The headers by which a browser decides what it keeps. `isKept`: the page is one that may be kept for ten minutes. */
export function keepingHeaders(
  { noStore }: Pick<Measures, "noStore">,
  isKept: boolean,
): readonly (readonly [string, string])[] {
  if (noStore) return [["cache-control", "no-store"]];
  return isKept ? [["cache-control", "private, max-age=600"]] : [];
}

/** Chromium keeps a prefetched page apart from its cache, and empties both by `cache`. */
export const clearingHeader = ["clear-site-data", '"cache", "prefetchCache", "prerenderCache"'] as const;
