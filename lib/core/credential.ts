import type { CookieSpec } from "./cookie.ts";

/** The use of a credential: it proves who asks, or it only renews one that does. */
export type CredentialKind = "access" | "refresh";

/**
 * One credential that a browser holds, and how it travels: in a cookie that is sent by itself, as a bearer
 * token (RFC 6750 §2.1), or in the body of the calls that want it (RFC 6749 §6). Never in an address (ASVS 14.2.1, RFC 9700 §4.3.2).
 */
export type Holding = { readonly credential: CredentialKind } & (
  | { readonly travels: "cookie"; readonly cookie: string }
  | { readonly travels: "bearer" | "body" }
);

type Holder = { readonly holds: readonly Holding[] };

type Family = { readonly variants: readonly (Holder & { readonly native?: boolean })[] };

/** How this variant's browser holds a credential of that kind; `undefined`: it has none. */
export function holdingOf({ holds }: Holder, kind: CredentialKind): Holding | undefined {
  return holds.find(({ credential }) => credential === kind);
}

/** Does the browser of this variant prove itself by a header that its page writes? */
export function provesByHeader(variant: Holder): boolean {
  return holdingOf(variant, "access")?.travels === "bearer";
}

/** Is there a variant of this flow that a bearer token can be for? */
export function takesBearer({ variants }: Family): boolean {
  return variants.some((variant) => variant.native === true || provesByHeader(variant));
}

/**
 * Does a header belong to a client of its own? Where browsers hold cookies, yes: the cookies beside it do not count.
 * Where a page writes the header itself, no: header and refresh cookie are two halves of one login.
 */
export function headerDecides(family: Family): boolean {
  return takesBearer(family) && !family.variants.some(provesByHeader);
}

/** The names of the cookies in which variants of this flow keep a credential of that kind. */
export function cookiesOf({ variants }: Family, kind: CredentialKind): readonly string[] {
  const holdings = variants.map((variant) => holdingOf(variant, kind));
  return [...new Set(holdings.flatMap((holding) => (holding?.travels === "cookie" ? holding.cookie : [])))];
}

/** A cookie of the flow, by name. Throws if the manifest has none of it: then it is wrong. */
export function cookieSpec({ cookies }: { readonly cookies: readonly CookieSpec[] }, name: string): CookieSpec {
  const spec = cookies.find((each) => each.name === name);
  if (!spec) throw new Error(`No cookie ${name} stands in this manifest`);
  return spec;
}
