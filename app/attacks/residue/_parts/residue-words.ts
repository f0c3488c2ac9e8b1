import type { ResidueEnd, ResidueSource, ResidueVerdict, ResidueWay } from "@/lib/features/attacks/residue/model.ts";

export const endTitles: Readonly<Record<ResidueEnd, string>> = {
  logout: "Logout",
  memory: "Logout, token in memory",
  revoked: "Revoked elsewhere",
};

/** The end as the beginning of a sentence, and as a step. */
export const endWords: Readonly<Record<ResidueEnd, { readonly after: string; readonly step: string }>> = {
  logout: { after: "After a logout,", step: "The login ends: a logout deletes its cookie." },
  memory: {
    after: "After a logout of a token in memory,",
    step: "The login ends: a logout by the token, and the page forgets it. No cookie changes.",
  },
  revoked: {
    after: "After a revocation from her phone,",
    step: "The login ends: alice’s phone revokes it. This browser hears nothing, and its cookie stays.",
  },
};

/** The word of a verdict. It always stands there. */
export const outcomeWords: Readonly<Record<ResidueVerdict["outcome"], string>> = {
  shown: "SHOWN",
  refused: "refused",
  cannot: "no such page",
  untried: "not tried",
};

/** How a page that was shown came. */
export const sourceWords: Readonly<Record<ResidueSource, string>> = {
  "back-forward-cache": "from the back/forward cache",
  "http-cache": "from the HTTP cache",
  prefetch: "from what was prefetched",
  "router-cache": "from the router’s cache",
  open: "as it was left",
  server: "from the server",
};

type Steps = { readonly before: readonly string[]; readonly after: string };

/** What a play does for each way, before the end and after it. */
export const stepsOf: Readonly<Record<ResidueWay, Steps>> = {
  back: {
    before: ["alice logs in, and opens her account.", "A link leads to another page."],
    after: "history.back() leads to the account again.",
  },
  cached: {
    before: ["alice logs in, and opens a page of her account that may be kept.", "A link leads to other pages."],
    after: "A link leads to that page again.",
  },
  prefetched: {
    before: [
      "alice logs in, and opens another page.",
      "That page tells the browser to fetch a page of the account ahead.",
    ],
    after: "A link leads to the page that was fetched.",
  },
  router: {
    before: ["alice logs in. The router shows her account, rendered on the server.", "A link of the router leads on."],
    after: "The router goes back.",
  },
  tab: {
    before: ["alice logs in, and opens her account.", "It is open in a second tab as well."],
    after: "The second tab is looked at.",
  },
};
