/** Why a login is not there any more: what it is called, and what to do about it. */
export const vanishCauses = {
  "still-in": ["The login is still there", "The request was accepted."],
  "late-answer": [
    "A late answer brought it back",
    "A request was under way while the person logged out, and its answer came last. Let a logout wait for what is under way, and keep a record that the logout ends.",
  ],
  "never-set": ["No cookie was sent at all", "The answer to the login had no Set-Cookie line for it."],
  "rejected-prefix": [
    "Rejected for its prefix",
    "The name promises what the attributes do not keep, so the browser dropped the line. Keep the promise, or drop the prefix.",
  ],
  "wrong-domain": [
    "Wrong Domain",
    "The Domain does not cover the host that sent it, so the browser dropped the line. Leave Domain out.",
  ],
  "plain-http": [
    "Secure over plain http",
    "The browser takes a Secure cookie only over https, or from this very machine. Serve it over https.",
  ],
  "too-large": [
    "Too large",
    "Name and value have more than 4096 bytes, so the browser dropped the whole cookie. Carry less.",
  ],
  "refused-line": ["Refused by the browser", "The attributes contradict each other, so the browser dropped the line."],
  "wrong-path": [
    "Wrong Path",
    "The cookie is in the jar, but the address that was asked is not below its Path. Path=/ goes everywhere.",
  ],
  "expired-in-browser": [
    "Its Max-Age is over",
    "The browser deleted it on its own clock. The server may still know the login.",
  ],
  deleted: ["Deleted by an answer", "A later answer told the browser to delete it, as a logout does."],
  gone: [
    "Gone from the browser",
    "The rules would have kept it and sent it. Somebody deleted it, the browser ended, or it has a rule of its own.",
  ],
  expired: ["Its lifetime is over", "The cookie came; the server says that its idle or absolute end has passed."],
  "other-client": [
    "Bound to another client",
    "The cookie came from another browser or address than it was given to, and this lab enforces the binding.",
  ],
  evicted: ["Evicted by the cap", "There was one more login than the lab allows, and the oldest had to go."],
  "logged-out": ["Logged out", "Its record was ended by a logout; this request showed an old copy."],
  "ended-by-somebody": [
    "Ended by somebody",
    "Its record was revoked by an admin, or from another of the person’s logins.",
  ],
  "password-changed": ["The password was changed", "That ends the other logins of the person."],
  "changed-key": [
    "The key was changed",
    "The cookie came as it was sent, but what it proves was made with a key that no longer counts. Rotate with overlap.",
  ],
  "memory-lost": [
    "The server’s memory does not know it",
    "Its record lived in the memory of one process, which was restarted. Use a store that outlives it.",
  ],
  "other-node": [
    "Another node was asked",
    "Its record lives in the memory of the process that took the login, and another one answered. Use a store that all share; sticky routing hides this until a node goes away.",
  ],
  "not-told": [
    "The session service does not say why",
    "It answers only that the login is not active: logged out, revoked, expired or never there. That is the price of asking a service over a standard interface; its own audit knows more.",
  ],
  "unknown-record": ["The store does not know it", "There is no such record: cleaned up, or never there."],
  "not-verified": ["It did not verify", "The cookie came, but was changed, or made for something else."],
  unexplained: ["Not explained", "Nothing in this exchange says why."],
} as const satisfies Record<string, readonly [title: string, sentence: string]>;

export type VanishCause = keyof typeof vanishCauses;
