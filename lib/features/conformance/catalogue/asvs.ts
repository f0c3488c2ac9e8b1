import { type CatalogueRow, requirementsOf } from "./row.ts";

const frontend: readonly CatalogueRow[] = [
  ["3.1.1", "L3", "Which security features of browsers are relied on is written down."],
  ["3.2.1", "L1", "What is fetched as data is never run as a page."],
  ["3.3.1", "L1", "Cookies are Secure, and their names say so with __Secure- or __Host-.", "cookies"],
  ["3.3.2", "L2", "Each cookie says on which requests from other sites it travels (SameSite).", "cookies"],
  ["3.3.3", "L2", "Cookies are __Host- unless they are shared between hosts on purpose.", "cookies"],
  [
    "3.3.4",
    "L2",
    "What no script needs is HttpOnly; a session token comes by Set-Cookie and by nothing else.",
    "cookies",
  ],
  ["3.3.5", "L3", "Name and value of a cookie together have at most 4096 bytes.", "cookies"],
  ["3.4.1", "L1", "Every answer tells the browser to use https only (HSTS)."],
  ["3.4.2", "L1", "Answers are shared with origins on a list, and with no other (CORS)."],
  ["3.4.3", "L2", "A Content-Security-Policy without plugins and foreign base addresses; scripts by nonce."],
  ["3.4.4", "L2", "Browsers are told not to guess a type (nosniff)."],
  ["3.4.5", "L2", "A referrer policy keeps addresses from leaking to other sites."],
  ["3.4.6", "L2", "No other site may put these pages in a frame."],
  ["3.4.7", "L3", "The Content-Security-Policy says where violations are reported."],
  ["3.4.8", "L3", "Pages keep a browsing context of their own (Cross-Origin-Opener-Policy)."],
  ["3.5.1", "L1", "A request that another site made a browser send changes nothing."],
  ["3.5.2", "L1", "Where a preflight is relied on, no request that matters gets by without one."],
  ["3.5.3", "L1", "Safe methods (GET, HEAD, OPTIONS) change nothing."],
  ["3.5.8", "L3", "What is only for logged-in people is not loaded into pages of other sites."],
  ["3.7.5", "L3", "Where the browser lacks a security feature, people are told or kept out."],
];

const authentication: readonly CatalogueRow[] = [
  ["6.1.1", "L1", "How guessing is stopped without locking people out is written down."],
  ["6.1.2", "L2", "Words that say too much of this application to be passwords are written down."],
  ["6.1.3", "L2", "All ways to log in are written down, with what each asks for."],
  ["6.2.1", "L1", "Passwords have at least 8 characters."],
  ["6.2.2", "L1", "People can change their password."],
  ["6.2.3", "L1", "Changing a password takes the current one."],
  ["6.2.4", "L1", "Passwords that everybody tries first are refused."],
  ["6.2.5", "L1", "No rules about which kinds of characters a password has."],
  ["6.2.6", "L1", "A password field hides what is typed into it."],
  ["6.2.7 paste", "L1", "A password can be pasted."],
  ["6.2.7 managers", "L1", "Password managers and browsers may fill in and keep passwords."],
  ["6.2.8", "L1", "A password is checked exactly as typed: nothing cut off, no case changed."],
  ["6.2.9", "L2", "Passwords of 64 characters and more are taken."],
  ["6.2.10", "L2", "A password stays good until it is known to others or changed by its owner."],
  ["6.2.11", "L2", "Words that say too much of this application are refused as passwords."],
  ["6.2.12", "L2", "Passwords from known breaches are refused."],
  ["6.3.1", "L1", "Guessing passwords is stopped as documented."],
  ["6.3.2", "L1", "There are no default accounts."],
  ["6.3.3", "L2", "Logging in takes a further factor besides the password."],
  ["6.3.4", "L2", "Of several ways to log in none is weaker, and none is hidden."],
  ["6.3.5", "L3", "People are told of attempts to log in as them that look suspicious."],
  ["6.3.7", "L3", "People are told when their credentials were changed."],
  ["6.3.8", "L3", "Neither words, codes nor timing tell whether a name exists."],
];

const sessions: readonly CatalogueRow[] = [
  ["7.1.1", "L2", "Idle and absolute lifetimes are written down, with reasons where they are unusual."],
  ["7.1.2", "L2", "How many logins a person may have at once is decided, and what happens at the limit."],
  ["7.2.1", "L1", "Whether a credential counts is judged by a server, and by nobody else."],
  ["7.2.2", "L1", "Credentials are made for each login, and are no fixed keys."],
  ["7.2.3", "L1", "Opaque tokens are unique, random, and have 128 bits or more.", "records and refresh tokens"],
  ["7.2.4", "L1", "Proving oneself gives a new credential, and the one before is over."],
  ["7.3.1", "L2", "A login ends when nobody uses it for a while."],
  ["7.3.2", "L2", "A login has an absolute end, however busy it is."],
  ["7.4.1", "L1", "After a logout nothing of the login can be used any more, copies neither."],
  ["7.4.2", "L1", "When somebody is disabled or deleted, all of their logins end."],
  ["7.4.3", "L2", "Whoever changes their password can end their other logins with it."],
  ["7.4.4", "L2", "Every page for logged-in people offers a logout."],
  ["7.4.5", "L2", "Admins can end the logins of one person or of all."],
  ["7.5.2", "L2", "People see their live logins, and can end any of them."],
  ["7.5.2 reauthenticated", "L2", "Ending another login takes a fresh proof of who asks."],
  ["7.5.3", "L3", "What is delicate takes a further proof of who asks."],
];

const tokens: readonly CatalogueRow[] = [
  [
    "9.1.1",
    "L1",
    "The signature is checked before anything in a credential is believed.",
    "self-contained credentials",
  ],
  ["9.1.2", "L1", "Algorithms are on a list of ours; `none` never counts.", "signed tokens"],
  ["9.1.3", "L1", "Keys come from our own list, never from the token.", "signed tokens"],
  ["9.2.1", "L1", "A credential with times in it counts between them only.", "self-contained credentials"],
  ["9.2.2", "L2", "A token counts only for what it was made for.", "signed tokens"],
  ["9.2.3", "L2", "A token counts only for the audience it names.", "signed tokens"],
  ["9.2.4", "L2", "Where one key signs for several audiences, no token passes at another's.", "signed tokens"],
  ["10.1.1", "L2", "Tokens go only to who needs them; a browser gets none if it can do without.", "signed tokens"],
  ["10.3.1", "L2", "A resource takes only access tokens that are meant for it.", "signed tokens"],
  ["10.3.3", "L2", "A person is known by issuer and subject, which never change.", "signed tokens"],
  ["10.3.4", "L2", "Where a login has to be recent, what the token says of it is checked.", "signed tokens"],
  [
    "10.3.5",
    "L3",
    "An access token is worth nothing to who lacks a key that it is bound to.",
    "tokens that a page holds",
  ],
  [
    "10.4.5",
    "L1",
    "A copied refresh token is of little use: each works once, and a second use ends all.",
    "refresh tokens",
  ],
  ["10.4.8", "L2", "Refresh tokens have an absolute end, also where they slide.", "refresh tokens"],
  ["10.4.9", "L2", "People can end refresh tokens on a page.", "refresh tokens"],
  ["10.4.14", "L3", "No access token is given out that is not bound to a key.", "tokens that a page holds"],
  ["10.4.16", "L3", "A client proves itself by a key pair, not by a shared secret.", "the OAuth endpoints"],
];

const neighbours: readonly CatalogueRow[] = [
  ["4.1.3", "L2", "Headers that a proxy writes cannot be made up by whoever asks."],
  ["8.3.2", "L3", "Changed permissions count at once."],
  ["11.4.2", "L2", "Passwords are stored by a slow hash with current parameters."],
  ["11.5.1", "L2", "Secrets are random with 128 bits or more; a UUID is none.", "records and refresh tokens"],
  ["13.3.4", "L3", "Secrets can be exchanged, and are."],
  ["14.2.1", "L1", "No credential stands in an address."],
  ["14.3.1", "L1", "Logging out empties what the browser kept."],
  ["14.3.2", "L2", "No cache keeps what is sensitive."],
  ["14.3.3", "L2", "A browser's storage holds nothing sensitive but session tokens."],
  ["16.2.5", "L2", "Logs hold credentials hashed, masked or not at all."],
  ["16.3.1", "L2", "Logins and logouts are logged, those that failed as well."],
];

/**
 * OWASP ASVS 5.0: the requirements on logging in, staying logged in and logging out. The lack of a second factor is
 * included (6.3.3). Left out are requirements on parts that this application does not have: the rules for further
 * factors (6.5 to 6.7), recovery of forgotten passwords and first passwords (6.4), federated logins (6.8, 7.1.3, 7.6),
 * changed addresses and factors (7.5.1), the authorization endpoint and its code flow (10.1.2, 10.2, 10.4.1 to 10.4.4,
 * 10.5 to 10.7); and, of V3, the rules for several applications, for content that people write, and for scripts and
 * links of other sites (3.2.2, 3.2.3, 3.5.4 to 3.5.7, 3.6, 3.7.1 to 3.7.4).
 */
export const asvs = requirementsOf("asvs", "ASVS ", [
  ...frontend,
  ...authentication,
  ...sessions,
  ...tokens,
  ...neighbours,
]);
