import type { CredentialKind, Holding } from "./credential.ts";
import type { FlowManifest, Variant } from "./variant.ts";

type Holder = Pick<Variant, "holds">;

type Family = { readonly variants: readonly Pick<Variant, "holds" | "native">[] };

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
 * Does a header speak for a client of its own? Where a browser holds cookies it does, and nothing of theirs counts
 * beside it. Where a page writes it itself, header and refresh cookie are two halves of one login.
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
export function cookieSpec({ cookies }: Pick<FlowManifest, "cookies">, name: string) {
  const spec = cookies.find((each) => each.name === name);
  if (!spec) throw new Error(`No cookie ${name} stands in this manifest`);
  return spec;
}
