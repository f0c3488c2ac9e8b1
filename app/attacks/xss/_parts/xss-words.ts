import type { Consequence, XssCell, XssKeeping, XssPlace } from "@/lib/features/attacks/xss/model.ts";

/** Where the browser keeps the credential, in the order of the page. */
export const keepingTitles: Readonly<Record<XssKeeping, string>> = {
  "script-cookie": "A cookie that scripts can read",
  "local-storage": "localStorage",
  "session-storage": "sessionStorage",
  variable: "A variable of a module",
  "http-only-cookie": "An HttpOnly cookie",
};

/** The same in a sentence. */
export const keepingWords: Readonly<Record<XssKeeping, string>> = {
  "script-cookie": "in a cookie that scripts can read",
  "local-storage": "in localStorage",
  "session-storage": "in sessionStorage",
  variable: "in a variable",
  "http-only-cookie": "in an HttpOnly cookie",
};

export const consequenceTitles: Readonly<Record<Consequence, string>> = {
  single: "Single theft",
  persistent: "Persistent theft",
  "new-tokens": "New tokens",
  acting: "Proxied requests",
};

export const eventTitles = {
  open: "while it lives",
  tab: "after the tab is closed",
  logout: "after a logout",
  revocation: "after a revocation of all",
} as const;

/** The word of a cell, before its own words. A cell that only tells what was got has none. */
export const outcomeWords: Readonly<Record<XssCell["outcome"], string>> = {
  succeeds: "SUCCEEDS",
  refused: "refused",
  stopped: "stopped",
  nothing: "nothing",
  cannot: "–",
  untried: "could not be tried",
};

export function placeTitle({ flowTitle, variantTitle, httpOnly }: PlaceTitled): string {
  return `${flowTitle}, ${variantTitle}${httpOnly ? "" : ", HttpOnly off"}`;
}

/** What was stolen, as its place calls it. */
export function stolenWord(kind: string, { keeping }: Pick<XssPlace, "keeping">): string {
  const words: Readonly<Record<string, string>> = {
    access: keeping.endsWith("cookie") ? "cookie" : "access token",
    refresh: "refresh token",
    password: "password",
  };
  return words[kind] ?? "nothing to carry away: the script acts in the tab";
}

type PlaceTitled = Pick<XssPlace, "httpOnly"> & { readonly flowTitle: string; readonly variantTitle: string };
