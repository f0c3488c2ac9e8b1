/** What a credential is for: it proves who asks, or it only gets a new one that does. */
export type CredentialKind = "access" | "refresh";

/**
 * One credential that a browser holds, and how it travels: in a cookie that is sent by itself, as a bearer
 * token (RFC 6750 §2.1), or in the body of the calls that want it (RFC 6749 §6). Never in an address (ASVS 14.2.1, RFC 9700 §4.3.2).
 */
export type Holding = { readonly credential: CredentialKind } & (
  | { readonly travels: "cookie"; readonly cookie: string }
  | { readonly travels: "bearer" | "body" }
);
