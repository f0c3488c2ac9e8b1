"use client";

import type { DiffPart, FilePair, NumberedLine } from "@/lib/features/compare/difference.ts";
import { Tokens } from "../../../_source/source-tokens.tsx";
import { Disclosure } from "../../../_ui/controls/disclosure.tsx";

/** The number of equal lines that are shown around a difference. More are folded. */
const around = 3;

type ShownFile = FilePair & { readonly parts: readonly DiffPart[] };

/** Two files side by side. On a narrow page the lines of one stand under those of the other. */
export function DiffView({ file }: { file: ShownFile }) {
  const last = file.parts.length - 1;
  return (
    <div className="border border-line font-mono text-xs leading-[1.6]">
      <div className="grid grid-cols-[minmax(0,1fr)] border-b border-line bg-sunk text-dim @3xl:grid-cols-2 @3xl:divide-x @3xl:divide-line">
        <p className="px-4 py-1 wrap-anywhere">− {file.left ?? "no such file"}</p>
        <p className="px-4 py-1 wrap-anywhere">+ {file.right ?? "no such file"}</p>
      </div>
      {file.parts.map((part, index) => (
        <Part
          key={`${part.left[0]?.number} ${part.right[0]?.number}`}
          part={part}
          before={index > 0}
          after={index < last}
        />
      ))}
    </div>
  );
}

function Part({ part, before, after }: { part: DiffPart; before: boolean; after: boolean }) {
  if (part.kind === "changed") return <Sides part={part} />;
  const { left, right } = part;
  const [head, tail] = [before ? around : 0, after ? around : 0];
  if (left.length <= head + tail + 2) return <Sides part={part} />;
  const cut = (from: number, to: number): DiffPart => ({
    ...part,
    left: left.slice(from, to),
    right: right.slice(from, to),
  });
  const end = left.length - tail;
  return (
    <>
      {head > 0 && <Sides part={cut(0, head)} />}
      <div className="border-y border-line bg-sunk px-4 py-0.5 text-dim">
        <Disclosure summary={`${end - head} equal lines`}>
          <div className="-mr-4 -ml-8.5">
            <Sides part={cut(head, end)} />
          </div>
        </Disclosure>
      </div>
      {tail > 0 && <Sides part={cut(end, left.length)} />}
    </>
  );
}

function Sides({ part: { kind, left, right } }: { part: DiffPart }) {
  const changed = kind === "changed";
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] @3xl:grid-cols-2 @3xl:divide-x @3xl:divide-line">
      <Lines lines={left} sign={changed ? "−" : ""} ground={changed && left.length > 0 ? "bg-refused-ground" : ""} />
      <div className={changed ? "grid" : "hidden @3xl:grid"}>
        <Lines
          lines={right}
          sign={changed ? "+" : ""}
          ground={changed && right.length > 0 ? "bg-accepted-ground" : ""}
        />
      </div>
    </div>
  );
}

function Lines({ lines, sign, ground }: { lines: readonly NumberedLine[]; sign: string; ground: string }) {
  return (
    <div className={ground}>
      {lines.map(({ number, tokens }) => (
        <div key={number} className="grid grid-cols-[2.5rem_1rem_minmax(0,1fr)] pr-2">
          <span className="pr-2 text-right text-dim select-none">{number}</span>
          <span className="text-dim select-none">{sign}</span>
          <code className="whitespace-pre-wrap wrap-anywhere">
            <Tokens tokens={tokens} />
          </code>
        </div>
      ))}
    </div>
  );
}
