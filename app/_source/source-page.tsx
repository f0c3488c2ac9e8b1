"use client";

import type { SourceText } from "@/lib/features/source/model.ts";
import { sourceHref } from "@/lib/features/source/model.ts";
import type { Mark } from "./acted-lines.ts";
import { SourceView } from "./source-view.tsx";
import "./source.css";

type SourcePageViewProps = { readonly source: SourceText; readonly line: number | null };

const marked: Mark = { steps: [], refused: null };

/** A page with one file, at the line of the link. */
export function SourcePageView({ source, line }: SourcePageViewProps) {
  const marks = new Map(line === null ? [] : [[line, marked]]);
  return (
    <div className="marked">
      <SourceView
        source={source}
        marks={marks}
        sight={line}
        asked={0}
        linkOf={(number) => sourceHref(source.path, number)}
        tall
      />
    </div>
  );
}
