import { asvs } from "./catalogue/asvs.ts";
import { nist } from "./catalogue/nist.ts";
import { browserApps, furtherRfcs, jwtPractices, oauthSecurity } from "./catalogue/oauth.ts";
import { wstg } from "./catalogue/wstg.ts";
import type { Requirement, RequirementSource } from "./requirement.ts";

export const requirementSources = [
  { id: "asvs", title: "OWASP ASVS 5.0", address: "https://github.com/OWASP/ASVS/tree/v5.0.0/5.0/en" },
  { id: "nist", title: "NIST SP 800-63B-4", address: "https://pages.nist.gov/800-63-4/sp800-63b.html" },
  { id: "rfc8725", title: "RFC 8725, JWT best practices", address: "https://www.rfc-editor.org/rfc/rfc8725" },
  {
    id: "rfc8725bis",
    title: "RFC 8725bis, the draft that follows it",
    address: "https://datatracker.ietf.org/doc/draft-ietf-oauth-rfc8725bis/",
  },
  { id: "rfc9700", title: "RFC 9700, OAuth security", address: "https://www.rfc-editor.org/rfc/rfc9700" },
  { id: "rfc10017", title: "RFC 10017, browser-based apps", address: "https://www.rfc-editor.org/rfc/rfc10017" },
  { id: "rfc", title: "Other RFCs", address: "https://www.rfc-editor.org/" },
  {
    id: "wstg",
    title: "OWASP WSTG, sessions",
    address:
      "https://owasp.org/www-project-web-security-testing-guide/latest/4-Web_Application_Security_Testing/06-Session_Management_Testing/",
  },
] as const satisfies readonly RequirementSource[];

/** Every requirement that a test's title may name. */
export const requirements: readonly Requirement[] = [
  ...asvs,
  ...nist,
  ...jwtPractices,
  ...oauthSecurity,
  ...browserApps,
  ...furtherRfcs,
  ...wstg,
];
