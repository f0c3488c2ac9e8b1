import type { HeaderPage } from "./header-pages.ts";

/** The pages that `/attacks` leads to. The header lists that one alone, so its scripts do not grow with each attack. */
export const attackPages: readonly HeaderPage[] = [
  { href: "/attacks/csrf", title: "Cross-site requests", words: "A page of an attacker’s, and what stops it" },
  { href: "/attacks/theft", title: "Theft", words: "A stolen credential from another device, and what binding stops" },
  {
    href: "/attacks/fixation",
    title: "Fixation",
    words: "A session id that was planted before the login, in two windows",
  },
  {
    href: "/attacks/tossing",
    title: "Cookie tossing",
    words: "A sibling subdomain sets cookies, by how they are named",
  },
  { href: "/attacks/xss", title: "Injected script", words: "What it gets from every place, and what ends it" },
  { href: "/attacks/forgery", title: "Forgery", words: "Ways to forge a credential, and what refuses each" },
  { href: "/attacks/leaked-key", title: "Leaked key", words: "What its finder writes, and what ends it" },
  { href: "/attacks/residue", title: "Residue", words: "What is still shown after a logout, and what ends it" },
  {
    href: "/attacks/guessing",
    title: "Guessing",
    words: "A password, from one address and many, and what stops it",
  },
];
