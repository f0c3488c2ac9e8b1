/** Where a word is defined: a document with the clause, and its address. Own words are explained in docs/words.md. */
type Source = { readonly title: string; readonly href: string | null };

type Definition = {
  /** One sentence. */
  readonly means: string;
  readonly source: Source;
};

const rfc = (number: number, section: string): Source => ({
  title: `RFC ${number} §${section}`,
  href: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
});
const rfc6265bis = (section: string): Source => ({
  title: `RFC 6265bis §${section}`,
  href: `https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-${section}`,
});
const asvs = (clause: string): Source => ({
  title: `OWASP ASVS 5.0, ${clause}`,
  href: "https://github.com/OWASP/ASVS/tree/v5.0.0/5.0/en",
});
const nist: Source = {
  title: "NIST SP 800-63B-4, 5.1",
  href: "https://pages.nist.gov/800-63-4/sp800-63b.html",
};
const wstg = (id: string): Source => ({
  title: `OWASP WSTG, ${id}`,
  href: "https://owasp.org/www-project-web-security-testing-guide/latest/4-Web_Application_Security_Testing/06-Session_Management_Testing/",
});
const document = (title: string, href: string): Source => ({ title, href });
const own: Source = { title: "a word of this laboratory", href: null };

/** Each word in one sentence of plain words, with its source. */
export const definitions = {
  credential: {
    means: "What a client shows to be recognised: the value of a cookie, or a token.",
    source: rfc(4949, "4"),
  },
  client: { means: "A program that asks a server, such as a browser or an app.", source: rfc(6749, "1.1") },
  cookie: {
    means: "A name and a value that a browser keeps for a site and sends along by itself.",
    source: rfc(6265, "1"),
  },
  token: { means: "A text that says, with each request, which login it belongs to.", source: rfc(6749, "1.4") },
  "session id": {
    means: "A random value that means nothing by itself, and leads to a record on the server.",
    source: asvs("7.2.3"),
  },
  "access token": { means: "A credential that a client sends with each request.", source: rfc(6749, "1.4") },
  "refresh token": {
    means: "A credential that a client exchanges for a new access token.",
    source: rfc(6749, "1.5"),
  },
  "bearer token": { means: "A credential that lets in everybody who holds it.", source: rfc(6750, "1.2") },
  JWT: {
    means: "JSON Web Token: a text of three parts, which are header, payload and signature.",
    source: rfc(7519, "3"),
  },
  copy: { means: "A credential as it was at one moment, in the hands of somebody else.", source: own },

  header: { means: "The first part of a token, which says how it was signed.", source: rfc(7515, "4") },
  payload: {
    means: "The part of a token that says whose it is and how long it counts; anybody can read it.",
    source: rfc(7515, "2"),
  },
  signature: {
    means: "A value made from a text with a key, which shows that nobody else wrote or changed the text.",
    source: rfc(7515, "2"),
  },
  exp: { means: "The time from which on a token is refused.", source: rfc(7519, "4.1.4") },
  iat: { means: "The time at which a token was made.", source: rfc(7519, "4.1.6") },
  nbf: { means: "The time before which a token is refused.", source: rfc(7519, "4.1.5") },
  jti: { means: "The id of one token, which no other token has.", source: rfc(7519, "4.1.7") },
  iss: { means: "Who made a token.", source: rfc(7519, "4.1.1") },
  aud: { means: "For whom a token was made; all others refuse it.", source: rfc(7519, "4.1.3") },
  sub: { means: "Whom a token is about, as an id.", source: rfc(7519, "4.1.2") },
  auth_time: {
    means: "The time at which the person last gave the password.",
    source: document("OpenID Connect Core §2", "https://openid.net/specs/openid-connect-core-1_0.html#IDToken"),
  },
  sid: {
    means: "The id of the login that a token belongs to.",
    source: document(
      "OpenID Connect Back-Channel Logout §2.1",
      "https://openid.net/specs/openid-connect-backchannel-1_0.html",
    ),
  },
  alg: { means: "The way in which a token was signed.", source: rfc(7515, "4.1.1") },
  typ: { means: "The kind of a token, so that one kind cannot pass for another.", source: rfc(8725, "3.11") },
  kid: { means: "The name of the key with which a token was signed.", source: rfc(7515, "4.1.4") },

  plain: { means: "Not protected: everybody who holds it can read and change it.", source: own },
  signed: {
    means: "Protected by a signature: everybody can read it, and only who has the key can change it.",
    source: rfc(7515, "1"),
  },
  sealed: {
    means: "Encrypted and protected against change, so that only this server can read or write it.",
    source: rfc(5116, "1.1"),
  },
  encrypted: { means: "Written so that only who has the key can read it.", source: rfc(4949, "4") },
  hash: { means: "A short value made from a text, from which nobody can find the text again.", source: asvs("11.4.1") },
  opaque: { means: "Says nothing to who holds it; only the server can look it up.", source: rfc(6749, "1.4") },

  record: { means: "What the server keeps about one login.", source: own },
  family: {
    means: "All refresh tokens that came of one login, each in exchange for the one before.",
    source: rfc(9700, "4.14.2"),
  },
  rotation: {
    means: "Each use of a refresh token gives a new one, and the one that was used counts no more.",
    source: rfc(9700, "4.14.2"),
  },
  successor: { means: "The refresh token that came in exchange for another one.", source: rfc(9700, "4.14.2") },
  grace: {
    means:
      "The short time in which a used refresh token still gets the same answer, because the first one may be lost.",
    source: own,
  },
  reuse: {
    means: "A refresh token is used again after its exchange, which shows that two clients hold it.",
    source: rfc(9700, "4.14.2"),
  },
  allowlist: { means: "A list of all that still counts; what is not on it is refused.", source: asvs("7.4.1") },
  denylist: {
    means: "A list of tokens that were ended before their time; what is on it is refused.",
    source: asvs("7.4.1"),
  },
  version: {
    means:
      "A number that the server keeps for each person; a higher one ends all logins that were made under the number before.",
    source: asvs("7.4.1"),
  },
  introspection: { means: "To ask the server that made a token whether it still counts.", source: rfc(7662, "1") },
  gateway: {
    means: "A server in front of others, which checks each request once and passes it on.",
    source: rfc(9110, "3.7"),
  },

  "idle end": { means: "The time at which a login ends if nobody uses it.", source: asvs("7.3.1") },
  "absolute end": { means: "The time at which a login ends, even if somebody uses it.", source: asvs("7.3.2") },
  slide: { means: "With each use, the idle end of a login moves on.", source: asvs("7.3.1") },
  revoke: { means: "To end a login before its time, on the server.", source: rfc(7009, "1") },
  evicted: { means: "Ended because a person had more logins at once than allowed.", source: asvs("7.1.2") },
  reauthenticate: { means: "To give the password again before a sensitive action.", source: asvs("7.5.3") },
  elevated: {
    means: "Fresh enough for a sensitive action, because the password was given in the last five minutes.",
    source: asvs("7.5.3"),
  },
  binding: { means: "A login counts only with the client that it was given to.", source: nist },

  HttpOnly: { means: "No script of a page can read this cookie.", source: rfc(6265, "4.1.2.6") },
  Secure: { means: "The browser sends this cookie only over https.", source: rfc(6265, "4.1.2.5") },
  SameSite: {
    means: "Says with which requests of other sites the browser sends this cookie.",
    source: rfc6265bis("4.1.2.7"),
  },
  "__Host-": {
    means:
      "With this start of its name, a browser keeps a cookie for the one server that set it, and sends it only over https.",
    source: rfc6265bis("4.1.3.2"),
  },
  origin: {
    means: "The front of an address, such as https://example.com, by which browsers tell sites apart.",
    source: rfc(6454, "4"),
  },

  replay: { means: "To send a copy of a credential again.", source: rfc(4949, "4") },
  "session fixation": {
    means: "Somebody makes another person log in under a session id that both know.",
    source: wstg("WSTG-SESS-03"),
  },
  CSRF: {
    means: "Cross-site request forgery: another site makes a browser send a request, and the cookies go along.",
    source: wstg("WSTG-SESS-05"),
  },
  XSS: {
    means: "Cross-site scripting: a script of somebody else runs in a page of this site.",
    source: document("RFC 10017 §5.1", "https://www.rfc-editor.org/rfc/rfc10017#section-5.1"),
  },
  "silent thief": { means: "Somebody who holds a copy, waits, and uses it once.", source: own },
  "active thief": {
    means: "Somebody who uses a copy from the start and takes all that the answers give.",
    source: own,
  },

  argon2id: {
    means: "A slow way to make the hash of a password, so that each guess costs time and memory.",
    source: rfc(9106, "1"),
  },
  EdDSA: { means: "A way to sign with a secret key, which others check with a public key.", source: rfc(8037, "3.1") },
  ES256: { means: "A way to sign with a secret key, which others check with a public key.", source: rfc(7518, "3.4") },
  HS256: {
    means: "A way to sign with one secret key, with which the signature is also checked.",
    source: rfc(7518, "3.2"),
  },
  JWKS: {
    means: "The list of public keys with which others check the signatures of a server.",
    source: rfc(7517, "5"),
  },
  RFC: {
    means: "A numbered document that says how a part of the internet works.",
    source: document("RFC Editor", "https://www.rfc-editor.org/"),
  },
  ASVS: {
    means: "A list of what a safe web application does, in three levels, L1 to L3.",
    source: document("OWASP ASVS 5.0", "https://github.com/OWASP/ASVS/tree/v5.0.0/5.0/en"),
  },
  NIST: {
    means: "Here: the rules of the United States for logins, SP 800-63B.",
    source: document("NIST SP 800-63B-4", "https://pages.nist.gov/800-63-4/sp800-63b.html"),
  },
  WSTG: { means: "A list of tests for the safety of a web application.", source: wstg("sessions") },

  flow: { means: "One of the four ways to keep a person logged in.", source: own },
  variant: { means: "One named way to run a flow, with settings of its own.", source: own },
  lab: { means: "What one visitor has for themselves: people, logins, keys and a clock.", source: own },
  plug: { means: "Something that should end a login: a logout, a new password, a lowered role.", source: own },
  claim: { means: "What a variant says beforehand about the answer to an experiment.", source: own },
} as const satisfies Readonly<Record<string, Definition>>;

export type WordId = keyof typeof definitions;
