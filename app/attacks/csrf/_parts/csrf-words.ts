import type { CsrfPlace, CsrfVerdict } from "@/lib/features/attacks/csrf/model.ts";

/** Where a request is sent from, in the order of the page. */
export const placeTitles: Readonly<Record<Exclude<CsrfPlace, "own">, string>> = {
  "another-site": "From another site",
  sibling: "From a sibling subdomain",
  "other-port": "From another port of the same host",
  sandbox: "From a page in a sandbox (Origin: null)",
  "no-referrer": "From a page that sends no referrer (its forms say Origin: null)",
  "two-hops": "By way of a second host’s redirect (Origin: null)",
};

/** The word of a verdict. It always stands there. */
export const outcomeWords: Readonly<Record<CsrfVerdict["outcome"], string>> = {
  succeeds: "SUCCEEDS",
  refused: "refused",
  stopped: "stopped",
  untried: "could not be tried",
};
