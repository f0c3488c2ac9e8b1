import type { LinkedChoice } from "./_screens/choice.ts";

type SearchParams = Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;

export type PageProps = { readonly searchParams: SearchParams };

/** The choices that a link carries: `?person=bob&variant=cookie/sealed`. Unknown ones are passed over later. */
export async function linkedChoice(searchParams: SearchParams): Promise<LinkedChoice> {
  const { person, variant } = await searchParams;
  return {
    person: typeof person === "string" ? person : null,
    variants: variant === undefined ? [] : typeof variant === "string" ? [variant] : variant,
  };
}

/** The file that a link leads to: `?source=lib/adapters/jose-signer.ts`. Whether there is such a file is asked later. */
export async function linkedSource(searchParams: SearchParams): Promise<string | null> {
  const { source } = await searchParams;
  return typeof source === "string" ? source : null;
}
