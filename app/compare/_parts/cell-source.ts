import type { CellSource } from "@/lib/features/compare/model.ts";
import { sourceHref } from "@/lib/features/source/model.ts";
import { evidenceTitles } from "./column-titles.ts";

/** The address of a cell's source. */
export function hrefOfSource(source: CellSource): string {
  if (source.kind === "line") return sourceHref(source.file, source.line);
  if (source.kind === "evidence") return `/compare/evidence/${source.variant}#${source.part}`;
  const { variant, experiment } = source;
  const query = new URLSearchParams(experiment ? { variant, experiment } : { flow: variant.split("/")[0] ?? "" });
  return `/who-still-gets-in?${query}`;
}

/** The source as the text of a small link: `manifest.ts:42`. */
export function wordsOfSource(source: CellSource): string {
  if (source.kind === "line") return `${source.file.split("/").at(-1)}:${source.line}`;
  return source.kind === "evidence" ? `measured: ${evidenceTitles[source.part]}` : "played: the matrix";
}
