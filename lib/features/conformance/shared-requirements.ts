/**
 * Requirements that the application fulfils in one place for every flow and every person. A test of one of these counts
 * for every flow. For any other requirement the test's title or place has to name a flow or variant.
 */
const byPart: Readonly<Record<string, string>> = {
  "headers on every answer":
    "ASVS 3.2.1, ASVS 3.4.1, ASVS 3.4.2, ASVS 3.4.3, ASVS 3.4.4, ASVS 3.4.5, ASVS 3.4.6, ASVS 3.4.7, ASVS 3.4.8, ASVS 3.5.8, ASVS 14.3.2",
  "the verdict on a request's origin": "ASVS 3.5.1, ASVS 3.5.2, NIST 5.1 csrf, RFC 10017 6.1 csrf, WSTG-SESS-05",
  "the methods of an address": "ASVS 3.5.3",
  "addresses, of this application and of whoever asks": "ASVS 4.1.3, ASVS 14.2.1, RFC 9700 4.3.2, WSTG-SESS-04",
  passwords:
    "ASVS 6.2.1, ASVS 6.2.4, ASVS 6.2.5, ASVS 6.2.6, ASVS 6.2.7 paste, ASVS 6.2.7 managers, ASVS 6.2.8, ASVS 6.2.9, ASVS 6.2.10, ASVS 6.2.11, ASVS 11.4.2, NIST 3.1.1.2 length, NIST 3.1.1.2 composition, NIST 3.1.1.2 blocklist",
  "people, and how often one may guess": "ASVS 6.3.1, ASVS 6.3.2, ASVS 6.3.4, ASVS 6.3.8, NIST 3.2.2",
  "what every page offers": "ASVS 7.4.4",
  "the lifetimes to choose from": "NIST 2.1.3, NIST 2.2.3, NIST 2.3.3",
  "the algorithms that tokens are signed by": "RFC 8725 3.2",
  "the application's secret": "ASVS 13.3.4",
  "a page's storage": "ASVS 14.3.3",
  "the keys that a lab publishes, and the client of its OAuth endpoints":
    "RFC 7517 5, RFC 8414 2, RFC 8414 3.1, RFC 6749 2.3.1, RFC 6749 3.2, RFC 6749 5.2, RFC 7662 2.1",
};

export const sharedRequirements: ReadonlySet<string> = new Set(Object.values(byPart).flatMap((ids) => ids.split(", ")));
