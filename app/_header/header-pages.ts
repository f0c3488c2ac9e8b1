/** A page as the header lists it. */
export type HeaderPage = { readonly href: string; readonly title: string; readonly words: string };

/** An entry of the header: a link, or a menu of pages. */
export type HeaderEntry =
  | Pick<HeaderPage, "href" | "title">
  | { readonly title: string; readonly pages: readonly HeaderPage[] };

export const dashboard = { href: "/", title: "Dashboard" } as const satisfies HeaderEntry;

/** What follows the flows. An entry appears with its page. */
export const entries: readonly HeaderEntry[] = [
  { href: "/who-still-gets-in", title: "Who still gets in?" },
  {
    title: "Experiments",
    pages: [
      { href: "/attacks", title: "Attacks", words: "Every attack by every flow, and where one still succeeds" },
      { href: "/race", title: "Race", words: "One event, and how long each copy gets in" },
      { href: "/refresh-bench", title: "Refresh bench", words: "Owner and thief refresh, and each strategy answers" },
      { href: "/cookies", title: "Cookie laboratory", words: "Any Set-Cookie line: computed, and observed" },
    ],
  },
  {
    title: "Compare",
    pages: [
      { href: "/compare", title: "Variants", words: "What each one holds, costs and lets in" },
      { href: "/bench", title: "Bench", words: "What a request costs" },
      { href: "/conformance", title: "Conformance", words: "Each requirement, and the tests that prove it" },
    ],
  },
  {
    title: "Learn",
    pages: [
      {
        href: "/lesson/log-out",
        title: "Log out: who still gets in?",
        words: "A lesson in steps, with a guess at each",
      },
      {
        href: "/lesson/where-is-the-state",
        title: "Where is the state?",
        words: "A lesson: rows, keys, an empty browser",
      },
      {
        href: "/lesson/the-thief-and-the-refresh-token",
        title: "The thief and the refresh token",
        words: "A lesson: a used token comes back",
      },
      {
        href: "/lesson/change-the-password",
        title: "Change the password",
        words: "A lesson: the copies that outlive it",
      },
      {
        href: "/vanished",
        title: "Why did my login vanish?",
        words: "Guess the cause of a lost login, then see the evidence",
      },
      { href: "/words", title: "Words", words: "Each word of these pages in a sentence, with its source" },
    ],
  },
];

/** What belongs to the lab stands in its menu. */
export const labPages: readonly HeaderPage[] = [
  { href: "/audit", title: "Audit", words: "What happened in this lab, as an operator sees it" },
  { href: "/admin", title: "Admin", words: "Its people, and their live logins" },
];
