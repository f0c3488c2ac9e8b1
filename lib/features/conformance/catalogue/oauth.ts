import { requirementsOf } from "./row.ts";

/** RFC 8725, and what its successor adds, by words: its sections are not numbered for good yet. */
export const jwtPractices = [
  ...requirementsOf("rfc8725", "RFC 8725 ", [
    ["2.6", "MUST", "A token has one serialisation and one spelling.", "signed tokens"],
    ["3.1", "MUST", "The algorithm is ours to name, one for each key, whatever a header says.", "signed tokens"],
    ["3.2", "MUST", "Only algorithms that are current.", "signed tokens"],
    ["3.3", "MUST", "Every check has to succeed, or all of the token is refused.", "signed tokens"],
    ["3.5", "MUST", "Keys have enough entropy; no shared secret is a password.", "signed tokens"],
    ["3.8", "MUST", "The issuer is one we know, and the key is that issuer's.", "signed tokens"],
    ["3.9", "MUST", "The audience is named, and checked.", "signed tokens"],
    ["3.10", "MUST", "What a header claims (kid, jku, jwk) is looked up, not believed.", "signed tokens"],
    ["3.11", "SHOULD", "Tokens say of which type they are, and it is checked.", "signed tokens"],
    ["3.12", "MUST", "Rules for different kinds of tokens exclude each other.", "signed tokens"],
  ]),
  ...requirementsOf("rfc8725bis", "RFC 8725bis ", [
    ["algorithm case", "MUST", "`None`, `NONE` and `nOnE` are no algorithm either.", "signed tokens"],
    ["json", "MUST", "JSON serialisations are refused where the compact one is expected.", "signed tokens"],
    ["decompression", "MUST", "What may inflate has a limit, and inflates after it was verified.", "state in cookies"],
  ]),
];

/** RFC 9700 (BCP 240), without the rules for the authorization endpoint: this application has no login by redirect. */
export const oauthSecurity = requirementsOf("rfc9700", "RFC 9700 ", [
  ["2.2.1", "SHOULD", "Access tokens are bound to a key of who uses them.", "tokens that a page holds"],
  ["2.2.2", "MUST", "Refresh tokens of public clients are bound to a key, or rotate.", "refresh tokens"],
  ["2.3", "SHOULD", "An access token is for one audience.", "signed tokens"],
  ["4.3.2", "MUST", "No token stands in an address, where histories keep it.", "signed tokens"],
  ["4.14.2", "MUST", "Where a rotated refresh token comes again, the one that is live ends as well.", "refresh tokens"],
  ["4.14.2 inactivity", "SHOULD", "Refresh tokens that nobody uses expire.", "refresh tokens"],
  ["4.14.2 events", "MAY", "A logout or a changed password ends refresh tokens.", "refresh tokens"],
]);

/** RFC 10017 (BCP 212): what it asks of sessions in cookies, and of refresh tokens near a browser. */
export const browserApps = requirementsOf("rfc10017", "RFC 10017 ", [
  ["5.1.1", "threat", "One run of a foreign script takes nothing away that goes on working elsewhere."],
  ["5.1.2", "threat", "A script that stays does not get each new token as well."],
  ["6.1 secure", "MUST", "The session's cookie is Secure and HttpOnly.", "cookies"],
  ["6.1 strict", "SHOULD", "The session's cookie is SameSite=Strict.", "cookies"],
  ["6.1 scope", "SHOULD", "The session's cookie has Path=/ and no Domain.", "cookies"],
  ["6.1 prefix", "SHOULD", "The cookie's name promises that an answer set it (__Host-Http-).", "cookies"],
  ["6.1 csrf", "MUST", "A real defence against requests of other sites, not SameSite alone.", "cookies"],
  ["refresh rotation", "MUST", "Refresh tokens rotate or are bound to a key.", "refresh tokens"],
  ["refresh expiry", "MUST", "Refresh tokens have a longest lifetime, or end when nobody uses them.", "refresh tokens"],
  ["refresh lifetime", "MUST NOT", "No rotated token outlives the first one's end.", "refresh tokens"],
  ["refresh session", "SHOULD", "Refresh tokens end with the person's session.", "refresh tokens"],
]);

/** Sections of other RFCs that tests name. */
export const furtherRfcs = requirementsOf("rfc", "RFC ", [
  ["6749 2.3.1", "MUST", "A client proves itself by HTTP Basic, both halves form-encoded.", "the OAuth endpoints"],
  ["6749 3.2", "MUST NOT", "No parameter comes twice.", "the OAuth endpoints"],
  ["6749 5.2", "MUST", "Errors of the token endpoint have its codes.", "the OAuth endpoints"],
  ["7009 2.2", "MUST", "Revoking what is unknown is answered as if it had been done.", "the OAuth endpoints"],
  ["7009 2.2.1", "MUST", "What cannot be revoked is not said to be revoked.", "the OAuth endpoints"],
  ["7517 5", "MUST", "The published key set has public keys only.", "signed tokens"],
  ["7518 3.2", "MUST", "A shared secret is as long as the hash.", "signed tokens"],
  ["7662 2.1", "MUST", "Only who is authorised may ask about tokens.", "the OAuth endpoints"],
  ["7662 2.2", "MUST", "What is not active is only that, without a reason.", "the OAuth endpoints"],
  ["8414 2", "MUST", "The metadata names its issuer, and addresses below it.", "the OAuth endpoints"],
  ["8414 3.1", "MUST", "The metadata stands at the issuer's well-known address.", "the OAuth endpoints"],
  ["9068 2.1", "MUST", "An access token says that it is one (at+jwt).", "signed tokens"],
  ["9068 2.2", "MUST", "An access token has iss, exp, aud, sub, client_id, iat and jti.", "signed tokens"],
]);
