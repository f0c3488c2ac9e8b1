import type { CookieSpec } from "./cookie.ts";

/** The use of a credential: it proves who asks, or it only renews one that does. */
export type CredentialKind = "access" | "refresh";

/**
 * One credential of a browser, and how it travels: in a cookie that the browser sends by itself, as a bearer token
 * (RFC 6750 §2.1), or in the body of the calls that use it (RFC 6749 §6). Never in an address
 * (ASVS 14.2.1, RFC 9700 §4.3.2).
 */
export type Holding = { readonly credential: CredentialKind } & (
  | { readonly travels: "cookie"; readonly cookie: string }
  | { readonly travels: "bearer" | "body" }
);

type Holder = { readonly holds: readonly Holding[] };

type Family = { readonly variants: readonly (Holder & { readonly native?: boolean })[] };

/** How a credential is called where it is held: by its cookie, or by its use. */
export function holdingName(holding: Holding): string {
  if (holding.travels === "cookie") return holding.cookie;
  return holding.credential === "access" ? "access token" : "refresh token";
}

/** How this variant's browser holds a credential of that kind; `undefined`: it holds none. */
export function holdingOf({ holds }: Holder, kind: CredentialKind): Holding | undefined {
  return holds.find(({ credential }) => credential === kind);
}

/** Does a page of this variant write its credential into a header? */
export function provesByHeader(variant: Holder): boolean {
  return holdingOf(variant, "access")?.travels === "bearer";
}

/** Does a variant of this flow accept a bearer token? */
export function takesBearer({ variants }: Family): boolean {
  return variants.some((variant) => variant.native === true || provesByHeader(variant));
}

/**
 * Does a header belong to a client of its own? Where browsers hold cookies, yes: no cookie beside it proves who asks.
 * Where a page writes the header itself, no: header and refresh cookie are two halves of one login.
 */
export function headerDecides(family: Family): boolean {
  return takesBearer(family) && !family.variants.some(provesByHeader);
}

const cookieNames = new WeakMap<Family, Map<CredentialKind, readonly string[]>>();

/** The names of the cookies in which variants of this flow keep a credential of that kind. Found once a flow. */
export function cookiesOf(family: Family, kind: CredentialKind): readonly string[] {
  const known = cookieNames.get(family) ?? new Map<CredentialKind, readonly string[]>();
  cookieNames.set(family, known);
  const names = known.get(kind) ?? namesOfCookies(family, kind);
  known.set(kind, names);
  return names;
}

function namesOfCookies({ variants }: Family, kind: CredentialKind): readonly string[] {
  const holdings = variants.map((variant) => holdingOf(variant, kind));
  return [...new Set(holdings.flatMap((holding) => (holding?.travels === "cookie" ? holding.cookie : [])))];
}

/** The cookie of the flow with that name. Throws if the manifest does not declare it. */
export function cookieSpec({ cookies }: { readonly cookies: readonly CookieSpec[] }, name: string): CookieSpec {
  const spec = cookies.find((each) => each.name === name);
  if (!spec) throw new Error(`No cookie ${name} stands in this manifest`);
  return spec;
}
