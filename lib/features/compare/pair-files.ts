import type { FlowModule } from "../../core/flow.ts";
import type { Variant } from "../../core/variant.ts";
import type { SourceText } from "../source/model.ts";
import type { Repository } from "../source/repository.ts";
import { readSource } from "../source/source-reader.ts";
import { ownFiles, partsOf } from "../source/variant-files.ts";
import type { DiffPart, FilePair, NumberedLine } from "./difference.ts";
import { diffLines } from "./line-diff.ts";

export type FlowAndVariant = { readonly module: FlowModule; readonly variant: Variant };

/**
 * A flow's own files by their names, and what two variants name by their order. How many lines differ is told of each;
 * the lines themselves of the one that was asked for.
 */
export function pairFiles(
  files: Repository,
  left: FlowAndVariant,
  right: FlowAndVariant,
  asked: string | null,
): Promise<readonly FilePair[]> {
  const own = [left, right].map(({ module }) => ownFiles(files, module.manifest.id));
  const named = [left, right].map(({ module, variant }) => partsOf(files, module, variant));
  const pairs = [...pairBy(own[0] ?? [], own[1] ?? [], nameOf), ...pairBy(named[0] ?? [], named[1] ?? [], roleOf)];
  return Promise.all(pairs.map((pair) => pairOf(files, pair, asked)));
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

async function pairOf(files: Repository, [left, right]: Paths, asked: string | null): Promise<FilePair> {
  const id = left ?? right ?? "";
  if (left === right) return { id, left, right, parts: null, changed: { left: 0, right: 0 } };
  const [one, other] = [textsIn(files, left), textsIn(files, right)];
  const blocks = diffLines(one, other);
  const count = (side: "left" | "right") => blocks.reduce((sum, each) => sum + (each.same ? 0 : each[side].count), 0);
  const parts = id === asked ? await partsIn(files, [left, right], blocks) : null;
  return { id, left, right, parts, changed: { left: count("left"), right: count("right") } };
}

function textsIn(files: Repository, path: string | null): readonly string[] {
  return path === null ? [] : files.read(path).trimEnd().split("\n");
}

async function partsIn(
  files: Repository,
  paths: Paths,
  blocks: ReturnType<typeof diffLines>,
): Promise<readonly DiffPart[]> {
  const sources = await Promise.all(paths.map((path) => (path === null ? null : readSource(files, path))));
  const [one, other] = [numbered(sources[0] ?? null), numbered(sources[1] ?? null)];
  return blocks.map((block) => ({
    kind: block.same ? "same" : "changed",
    left: one.slice(block.left.from - 1, block.left.from - 1 + block.left.count),
    right: other.slice(block.right.from - 1, block.right.from - 1 + block.right.count),
  }));
}

function numbered(source: SourceText | null): readonly NumberedLine[] {
  return source?.lines.map((tokens, index) => ({ number: index + 1, tokens })) ?? [];
}
