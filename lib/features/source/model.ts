import type { FlowId, VariantId } from "../../core/ids.ts";

/** A piece of a line, and what kind of word it is; `""`: nothing special. */
export type SourceToken = readonly [kind: string, text: string];

/** A file of this repository, at the version that is running. */
export type SourceText = { readonly path: string; readonly lines: readonly (readonly SourceToken[])[] };

/** What there is to read of a flow. */
export type FlowSource = {
  readonly flow: FlowId;
  /** The flow's own folder. */
  readonly own: readonly SourceText[];
  /** By variant, the adapters, stores and policies that its settings name: their paths. */
  readonly named: Readonly<Record<VariantId, readonly string[]>>;
  /** One of those, if it was asked for. */
  readonly other: SourceText | null;
};

/** The page that shows a file of this repository, with one of its lines marked. */
export function sourceHref(file: string, line: number | null): string {
  const path = file.split("/").map(encodeURIComponent).join("/");
  return line === null ? `/source/${path}` : `/source/${path}?line=${line}#L${line}`;
}
