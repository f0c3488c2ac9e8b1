import type { FlowModule } from "../../core/flow.ts";
import type { Variant } from "../../core/variant.ts";
import { findFlow, flows } from "../../flows/registry.ts";
import { claimWords } from "../../lab/claim-words.ts";
import type { SourceText } from "../source/model.ts";
import { type Repository, repository } from "../source/repository.ts";
import { readSource } from "../source/source-reader.ts";
import { ownFiles, partsOf } from "../source/variant-files.ts";
import type { ComparedSide, Comparison, DiffPart, FactPair, FilePair, NumberedLine } from "./difference.ts";
import { diffLines } from "./line-diff.ts";
import { numberInWords } from "./number-in-words.ts";

type Side = { readonly module: FlowModule; readonly variant: Variant | null };

/** Every pair of flows, and every pair of variants, by the segments of an address: `cookie/hybrid`, `cookie/plain/cookie/sealed`. */
export async function compare(segments: readonly string[]): Promise<Comparison | null> {
  if (segments.length !== 2 && segments.length !== 4) return null;
  const half = segments.length / 2;
  const [left, right] = [sideOf(segments.slice(0, half)), sideOf(segments.slice(half))];
  if (!left || !right) return null;
  return {
    left: told(left),
    right: told(right),
    settings: left.variant && right.variant ? factsOf(settingsOf(left.variant), settingsOf(right.variant)) : [],
    claims: left.variant && right.variant ? factsOf(claimsOf(left.variant), claimsOf(right.variant)) : [],
    files: await pairFiles(repository(), left, right),
  };
}

/** All pairs that can be compared, for the page's choice. */
export const comparable = flows.map(({ manifest }) => ({
  id: manifest.id,
  title: manifest.title,
  variants: manifest.variants.map(({ id, title }) => ({ id, title })),
}));

function sideOf([flow = "", name]: readonly string[]): Side | null {
  const module = findFlow(flow);
  if (!module) return null;
  if (name === undefined) return { module, variant: null };
  const variant = module.manifest.variants.find(({ id }) => id === `${flow}/${name}`);
  return variant ? { module, variant } : null;
}

function told({ module: { manifest }, variant }: Side): ComparedSide {
  const { id, title, trusts, therefore } = manifest;
  return variant
    ? { id: variant.id, flow: id, title: `${title}: ${variant.title}`, summary: variant.summary }
    : { id, flow: id, title, summary: `${trusts} ${therefore}` };
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

/** A line for each credential, so that one whose thieves differ stands beside one whose do not. */
function claimsOf({ claims, settings }: Variant): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(claims).flatMap(([experiment, each]) =>
      [...Map.groupBy(each, ({ credential }) => credential)].map(([credential, own]): [string, string] => [
        `${experiment}, ${credential}`,
        own.map((claim) => claimWords(claim, settings)).join("; "),
      ]),
    ),
  );
}

/** What differs comes first. */
function factsOf(left: ReadonlyMap<string, string>, right: ReadonlyMap<string, string>): readonly FactPair[] {
  const names = [...new Set([...left.keys(), ...right.keys()])];
  const pairs = names.map((name) => ({ name, left: left.get(name) ?? null, right: right.get(name) ?? null }));
  const differs = (pair: FactPair) => pair.left !== pair.right;
  return [...pairs.filter(differs), ...pairs.filter((pair) => !differs(pair))];
}

/** A flow's own files by their names, and what two variants name by their order; one file on both sides is told and not shown. */
function pairFiles(files: Repository, left: Side, right: Side): Promise<readonly FilePair[]> {
  const own = [left, right].map(({ module }) => ownFiles(files, module.manifest.id));
  const named = [left, right].map(({ module, variant }) => (variant ? partsOf(files, module, variant) : []));
  const pairs = [...pairBy(own[0] ?? [], own[1] ?? [], nameOf), ...pairBy(named[0] ?? [], named[1] ?? [], roleOf)];
  return Promise.all(pairs.map((pair) => pairOf(files, pair)));
}

/** One on either side. */
type Paths = readonly [string | null, string | null];

function pairBy(left: readonly string[], right: readonly string[], by: (path: string) => string): readonly Paths[] {
  const keys = [...new Set([...left, ...right].map(by))];
  return keys.map((key) => [
    left.find((path) => by(path) === key) ?? null,
    right.find((path) => by(path) === key) ?? null,
  ]);
}

function nameOf(path: string): string {
  return path.split("/").at(-1) ?? path;
}

/** `lib/stores/prisma/prisma-records.ts` and `lib/stores/redis/redis-records.ts` do the same: a policy, an encoding, records. */
function roleOf(path: string): string {
  const [, room = "", ...rest] = path.split("/");
  if (room === "revocation") return room;
  const name = rest.at(-1)?.replace(/\.ts$/, "") ?? "";
  return `${room} ${name.slice(name.indexOf("-") + 1)}`;
}

async function pairOf(files: Repository, [left, right]: Paths): Promise<FilePair> {
  if (left === right) return { left, right, parts: [], changed: { left: 0, right: 0 } };
  const [one, other] = await Promise.all([left, right].map((path) => (path === null ? null : readSource(files, path))));
  const parts = partsIn(one ?? null, other ?? null);
  const count = (side: "left" | "right") =>
    parts.reduce((sum, part) => sum + (part.kind === "changed" ? part[side].length : 0), 0);
  return { left, right, parts, changed: { left: count("left"), right: count("right") } };
}

function partsIn(left: SourceText | null, right: SourceText | null): readonly DiffPart[] {
  const [one, other] = [numbered(left), numbered(right)];
  return diffLines(one.map(textOf), other.map(textOf)).map((block) => ({
    kind: block.same ? "same" : "changed",
    left: one.slice(block.left.from - 1, block.left.from - 1 + block.left.count),
    right: other.slice(block.right.from - 1, block.right.from - 1 + block.right.count),
  }));
}

function numbered(source: SourceText | null): readonly NumberedLine[] {
  return source?.lines.map((tokens, index) => ({ number: index + 1, tokens })) ?? [];
}

function textOf({ tokens }: NumberedLine): string {
  return tokens.map(([, text]) => text).join("");
}
