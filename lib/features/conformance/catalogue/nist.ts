import { requirementsOf } from "./row.ts";

/** NIST SP 800-63B-4: lifetimes, passwords and all of §5, sessions. */
export const nist = requirementsOf("nist", "NIST ", [
  ["2.1.3", "SHALL", "For AAL1 an overall end within 30 days can be had."],
  ["2.2.3", "SHALL", "For AAL2 an overall end within 24 hours can be had."],
  ["2.3.3", "SHALL", "For AAL3 an overall end within 12 hours can be had."],
  ["3.1.1.2 length", "SHALL", "A password that is the only factor has 15 characters or more."],
  [
    "3.1.1.2 composition",
    "SHALL",
    "No rules of composition, no change for the calendar's sake, 64 characters and more are taken.",
  ],
  ["3.1.1.2 blocklist", "SHALL", "A new password is held against a list of common and expected ones."],
  ["3.2.2", "SHALL", "Wrong attempts are limited: at most 100 in a row for one account."],
  [
    "5.1 entropy",
    "SHALL",
    "The secret is made at authentication by an approved generator, with 64 bits or more.",
    "records and refresh tokens",
  ],
  ["5.1 logout", "SHALL", "Logging out erases the secret or makes it worthless."],
  ["5.1 offered", "SHOULD", "A logout is easy to reach."],
  ["5.1 storage", "SHOULD", "The secret is not kept in the page's storage (localStorage, sessionStorage)."],
  ["5.1 transport", "SHALL", "The secret never travels over plain http."],
  ["5.1 csrf", "SHALL", "What a POST or PUT asks for is tied to the session, so that no other site can ask."],
  ["5.1 restart", "SHOULD", "A secret that nobody wants remembered does not outlive the browser."],
  ["5.1.1 secure", "SHALL", "Cookies are Secure, for as few hosts and paths as can be.", "cookies"],
  ["5.1.1 script", "SHOULD", "Cookies are HttpOnly.", "cookies"],
  ["5.1.1 prefix", "SHOULD", "Cookies are named __Host-, with Path=/.", "cookies"],
  ["5.1.1 samesite", "SHOULD", "Cookies are SameSite Lax or Strict.", "cookies"],
  ["5.1.1 expiry", "SHALL", "When a login ends is never left to the cookie's own expiry.", "cookies"],
  ["5.1.1 opaque", "SHALL", "A cookie holds nothing about a person in clear text.", "cookies"],
  ["5.1.2", "SHALL", "That an access token is there does not mean that its owner is.", "signed tokens"],
  ["5.2 timeout", "SHALL", "Either end, idle or overall, ends the session."],
  ["5.2 reset", "SHALL", "Activity moves the idle end on; only a new proof moves both."],
]);
