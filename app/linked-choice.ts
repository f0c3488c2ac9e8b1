import type { BenchOrder } from "@/lib/features/refresh-bench/model.ts";
import type { LinkedChoice } from "./_browser/choice.ts";

type SearchParams = Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;

export type PageProps = { readonly searchParams: SearchParams };

/** The choices in a link: `?person=bob&variant=cookie/sealed`. Unknown values are ignored later. */
export async function linkedChoice(searchParams: SearchParams): Promise<LinkedChoice> {
  const { person, variant } = await searchParams;
  return {
    person: typeof person === "string" ? person : null,
    variants: listOf(variant),
  };
}

/** The race in a link: `?plug=password-change&lane=all`. Unknown values are ignored later. */
export async function linkedRace(
  searchParams: SearchParams,
): Promise<{ readonly plug: string | null; readonly lanes: readonly string[] }> {
  const { plug, lane } = await searchParams;
  return { plug: typeof plug === "string" ? plug : null, lanes: listOf(lane) };
}

/**
 * Where a link to a race of the dashboard leads: the race stood there, and ran one of each kind unless its link named others.
 * `null`: it is no such link.
 */
export async function linkedFormerRace(searchParams: SearchParams): Promise<string | null> {
  const { plug, lane } = await searchParams;
  if (plug === undefined && lane === undefined) return null;
  const lanes = lane === undefined ? ["kinds"] : listOf(lane);
  const query = new URLSearchParams([
    ...listOf(plug).map((each) => ["plug", each]),
    ...lanes.map((each) => ["lane", each]),
  ]);
  return `/race?${query}`;
}

function listOf(parameter: string | readonly string[] | undefined): readonly string[] {
  return parameter === undefined ? [] : typeof parameter === "string" ? [parameter] : parameter;
}

/** The file in a link: `?source=lib/adapters/jose-signer.ts`. Whether the file exists is checked later. */
export async function linkedSource(searchParams: SearchParams): Promise<string | null> {
  const { source } = await searchParams;
  return typeof source === "string" ? source : null;
}

/**
 * The run in a link: `?strategy=naive&schedule=theft-race&seed=3&step=12`. Whether the names exist is checked later.
 */
export async function linkedRun(
  searchParams: SearchParams,
): Promise<Partial<BenchOrder> & { readonly step: number | null }> {
  const { strategy, schedule, seed, step, "single-flight": singleFlight } = await searchParams;
  return {
    ...(typeof strategy === "string" && { strategy }),
    ...(typeof schedule === "string" && { schedule }),
    ...(isWhole(seed) && { seed: Number(seed) }),
    ...(singleFlight !== undefined && { singleFlight: singleFlight === "on" }),
    step: isWhole(step) ? Number(step) : null,
  };
}

/** The step of a lesson in a link, counted from 1: `?step=4`. Whether the lesson has so many is checked later. */
export async function linkedStep(searchParams: SearchParams): Promise<number | null> {
  const { step } = await searchParams;
  return isWhole(step) && Number(step) > 0 ? Number(step) : null;
}

/** At most 32 bits, like a seed. */
function isWhole(text: unknown): text is string {
  return typeof text === "string" && /^\d{1,10}$/.test(text) && Number(text) < 2 ** 32;
}
