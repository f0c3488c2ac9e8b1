import type { Thief } from "../../core/claim.ts";
import type { FlowModule } from "../../core/flow.ts";
import type { Variant } from "../../core/variant.ts";
import { findFlow } from "../../flows/registry.ts";
import type { MatrixCell } from "../../lab/played-cells.ts";
import { beliefOf } from "../../lab/reason/belief.ts";
import { repository } from "../source/repository.ts";
import type { ComparedSide, Comparison, FactPair } from "./difference.ts";
import { variantTable } from "./fill-table.ts";
import type { Measured } from "./model.ts";
import { numberInWords } from "./number-in-words.ts";
import { cellPairs, eventPairs, headlineOf } from "./pair-behaviour.ts";
import { operationPairs } from "./pair-code.ts";
import { pairFiles } from "./pair-files.ts";

type Side = { readonly module: FlowModule; readonly variant: Variant; readonly id: string };

/** What is known besides the source: a measurement, what a lab had played, and whose copies are compared. */
export type Known = {
  readonly measured: Measured | null;
  readonly played: readonly MatrixCell[];
  readonly thief: Thief;
  /** The id of the pair of files whose lines are wanted. */
  readonly file?: string | null;
};

const nothing: Known = { measured: null, played: [], thief: "silent" };

/**
 * Every pair of flows, and every pair of variants, by the segments of an address: `cookie/hybrid`,
 * `cookie/plain/cookie/sealed`. Of a flow it is the variant of a login in a new lab that names none.
 */
export async function compare(segments: readonly string[], known: Known = nothing): Promise<Comparison | null> {
  const sides = sidesOf(segments);
  if (!sides) return null;
  const [left, right] = sides;
  const files = repository();
  const table = variantTable(known.measured, known.played);
  const rows = sides.map(({ variant }) => table.rows.find((row) => row.variant === variant.id));
  const [one, other] = [rows[0]?.cells ?? {}, rows[1]?.cells ?? {}];
  const events = eventPairs(
    table.columns,
    { variant: left.variant, cells: one },
    { variant: right.variant, cells: other },
    known,
  );
  return {
    left: told(left),
    right: told(right),
    headline: headlineOf(left.variant, right.variant, events),
    events,
    settings: factsOf(settingsOf(left.variant), settingsOf(right.variant)),
    facts: cellPairs(table.columns, one, other),
    operations: await operationPairs(files, left, right, known.measured),
    files: await pairFiles(files, left, right, known.file ?? null),
  };
}

/** The two titles; `null`: there is no such pair. */
export function pairTitles(segments: readonly string[]): readonly [string, string] | null {
  const sides = sidesOf(segments);
  return sides && [titleOf(sides[0]), titleOf(sides[1])];
}

function sidesOf(segments: readonly string[]): readonly [Side, Side] | null {
  if (segments.length !== 2 && segments.length !== 4) return null;
  const half = segments.length / 2;
  const [left, right] = [sideOf(segments.slice(0, half)), sideOf(segments.slice(half))];
  return left && right ? [left, right] : null;
}

function sideOf([flow = "", name]: readonly string[]): Side | null {
  const module = findFlow(flow);
  if (!module) return null;
  const { variants, defaults } = module.manifest;
  const wanted = name === undefined ? defaults.lab : `${flow}/${name}`;
  const variant = variants.find(({ id }) => id === wanted);
  return variant ? { module, variant, id: name === undefined ? module.manifest.id : variant.id } : null;
}

function titleOf({ module: { manifest }, variant }: Side): string {
  return `${manifest.title}: ${variant.title}`;
}

function told({ module: { manifest }, variant, id }: Side): ComparedSide {
  return {
    id,
    flow: manifest.id,
    flowTitle: manifest.title,
    variant: variant.id,
    variantTitle: variant.title,
    belief: beliefOf(variant),
    summary: variant.summary,
  };
}

/** Each setting by its path, so that two lifetimes that differ are one line of their own. */
function settingsOf({ settings, safety, native }: Variant): ReadonlyMap<string, string> {
  return new Map([
    ["safety", safety],
    ...entriesOf("", settings),
    ...(native ? [["native client", "yes"] as const] : []),
  ]);
}

function entriesOf(path: string, value: object): readonly (readonly [string, string])[] {
  return Object.entries(value).flatMap(([key, each]) => {
    const name = path === "" ? key : `${path}.${key}`;
    if (typeof each === "object" && each !== null) return entriesOf(name, each);
    const text = typeof each === "number" ? numberInWords(each) : String(each);
    return [[name, text] as const];
  });
}

/** What differs comes first. */
function factsOf(left: ReadonlyMap<string, string>, right: ReadonlyMap<string, string>): readonly FactPair[] {
  const names = [...new Set([...left.keys(), ...right.keys()])];
  const pairs = names.map((name) => ({ name, left: left.get(name) ?? null, right: right.get(name) ?? null }));
  const differs = (pair: FactPair) => pair.left !== pair.right;
  return [...pairs.filter(differs), ...pairs.filter((pair) => !differs(pair))];
}
