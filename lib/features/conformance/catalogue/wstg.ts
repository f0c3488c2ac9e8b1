import { requirementsOf } from "./row.ts";

/** OWASP Web Security Testing Guide, session management: what a tester tries, told as what has to hold. */
export const wstg = requirementsOf("wstg", "WSTG-SESS-", [
  ["01", "test", "The scheme holds: credentials cannot be guessed, taken apart or made up."],
  ["02", "test", "Cookies have the attributes that they should have.", "cookies"],
  ["03", "test", "Nobody is logged in under an id that somebody else chose (fixation)."],
  ["04", "test", "Credentials show up in no address, cache or log."],
  ["05", "test", "Requests that another site makes a browser send change nothing (CSRF)."],
  ["06", "test", "Logging out ends the login on the server, for copies as well."],
  ["07", "test", "Logins time out on the server."],
  ["08", "test", "What was kept for one purpose is never taken for another (puzzling)."],
  ["09", "test", "Cookies do not travel where they could be stolen on the way (hijacking).", "cookies"],
  ["10", "test", "Tokens hold against the known attacks on JWTs.", "signed tokens"],
  ["11", "test", "Several logins of one person are known, limited and told."],
]);
