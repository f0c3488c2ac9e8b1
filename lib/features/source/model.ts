import type { FlowId, VariantId } from "../../core/ids.ts";

/** A piece of a line, and its kind of token; `""`: plain text. */
export type SourceToken = readonly [kind: string, text: string];

/** A file of this repository, at the version that is running. */
export type SourceText = { readonly path: string; readonly lines: readonly (readonly SourceToken[])[] };

/** The readable files of a flow. */
export type FlowSource = {
  readonly flow: FlowId;
  /** The flow's own folder. */
  readonly own: readonly SourceText[];
  /** By variant, the paths of the adapters, stores and policies that its settings name. */
  readonly named: Readonly<Record<VariantId, readonly string[]>>;
  /** One of those files, if it was asked for. */
  readonly other: SourceText | null;
};

/** The page that shows a file of this repository, with one of its lines marked. */
export function sourceHref(file: string, line: number | null): string {
  const path = file.split("/").map(encodeURIComponent).join("/");
  return line === null ? `/source/${path}` : `/source/${path}?line=${line}#L${line}`;
}
