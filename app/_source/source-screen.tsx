"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { memo, useEffect, useState } from "react";
import type { FlowSource } from "@/lib/features/source/model.ts";
import type { Exchange, SourceLine } from "@/lib/lab/feed/exchange.ts";
import type { VariantView } from "@/lib/lab/lab-view.ts";
import { useLab } from "../_browser/lab-provider.tsx";
import { exchangeKey } from "../_exchanges/person-requests.ts";
import { Card } from "../_ui/card.tsx";
import { actedLines, linesInOrder, type Marks } from "./acted-lines.ts";
import { SourceView } from "./source-view.tsx";

type SourceScreenProps = {
  readonly source: FlowSource;
  readonly exchange: Exchange | undefined;
  readonly variant: VariantView | undefined;
};

const noMarks: Marks = new Map();

/** The flow's files and those that its variant names, with the lines that acted in the shown exchange. */
export const SourceScreen = memo(function SourceScreen({ source, exchange, variant }: SourceScreenProps) {
  const acted = actedLines(exchange);
  const lines = linesInOrder(exchange);
  const { shown, sight, asked, show } = useShown(source, exchange, lines);
  const named = (variant && source.named[variant.id]) ?? [];
  const folder = `lib/flows/${source.flow}/`;
  return (
    <Card title="Source" label="Source" note={shown.path}>
      <nav aria-label="Files" className="-mx-4 mb-2 flex gap-1.5 overflow-x-auto px-4 py-0.5 sm:flex-wrap">
        {source.own.map(({ path }) => (
          <button
            key={path}
            type="button"
            aria-current={path === shown.path ? "true" : undefined}
            onClick={() => show({ file: path, line: null })}
            className="source-tab"
          >
            {path.slice(folder.length)}
            {(acted.get(path)?.size ?? 0) > 0 && <span className="text-flow"> ●</span>}
          </button>
        ))}
        {named.map((path) => (
          <Link
            key={path}
            href={addressOf(path, variant?.id)}
            scroll={false}
            prefetch={false}
            aria-current={path === shown.path ? "true" : undefined}
            onClick={() => show(null)}
            className="source-tab"
          >
            {path.split("/").at(-1)}
          </Link>
        ))}
      </nav>
      <ActedLines lines={lines} acted={acted} folder={folder} exchange={exchange} onShow={show} />
      <SourceView
        source={shown}
        marks={acted.get(shown.path) ?? noMarks}
        sight={sight}
        asked={asked}
        linkOf={(line) => `${addressOf(shown.path, variant?.id)}#L${line}`}
      />
      <Further flow={source.flow} variant={variant} />
    </Card>
  );
});

type Spot = { readonly file: string; readonly line: number | null };

/** The picked line while the same exchange is shown, else the line in the address, else a line that acted. */
function useShown(source: FlowSource, exchange: Exchange | undefined, lines: readonly SourceLine[]) {
  const key = exchange ? exchangeKey(exchange) : "";
  const [picked, setPicked] = useState<{
    readonly during: string;
    readonly spot: Spot | null;
    readonly count: number;
  }>();
  const linked = useLinkedLine();
  const router = useRouter();
  const { own, other } = source;
  const [first] = own;
  if (!first) throw new Error("Every flow has a file");
  const address: Spot = { file: other?.path ?? first.path, line: picked ? null : linked };
  const fromPick = picked?.during === key ? picked.spot : null;
  const wanted =
    fromPick ?? (other || address.line !== null ? address : (worthSeeing(exchange, lines, first.path) ?? address));
  const shown = [...own, ...(other ? [other] : [])].find(({ path }) => path === wanted.file) ?? first;
  return {
    shown,
    sight: shown.path === wanted.file ? wanted.line : null,
    asked: picked?.count ?? 0,
    /** `null`: shows the file in the address again. */
    show(spot: Spot | null): void {
      if (spot && other) router.replace(window.location.pathname + withoutSource(), { scroll: false });
      setPicked({ during: key, spot, count: (picked?.count ?? 0) + 1 });
    },
  };
}

/** The line that refused. For an accepted exchange, the last line of `flow.ts` that acted, if there is one. */
function worthSeeing(
  exchange: Exchange | undefined,
  lines: readonly SourceLine[],
  main: string,
): SourceLine | undefined {
  const inMain = exchange?.code === null ? lines.findLast(({ file }) => file === main) : undefined;
  return inMain ?? lines.at(-1);
}

/** The line in the address: `#L52`. The server does not receive the fragment, so it is read in the browser. */
function useLinkedLine(): number | null {
  const [line, setLine] = useState<number | null>(null);
  useEffect(() => {
    const read = () => setLine(Number(/^#L(\d{1,5})$/.exec(window.location.hash)?.[1] ?? Number.NaN) || null);
    read();
    window.addEventListener("hashchange", read);
    return () => window.removeEventListener("hashchange", read);
  }, []);
  return line;
}

function withoutSource(): string {
  const query = new URLSearchParams(window.location.search);
  query.delete("source");
  return query.size === 0 ? "" : `?${query}`;
}

function addressOf(path: string, variant: string | undefined): string {
  return `?${variant === undefined ? "" : `variant=${variant}&`}source=${path}`;
}

type ActedProps = {
  readonly lines: readonly SourceLine[];
  readonly acted: ReadonlyMap<string, Marks>;
  readonly folder: string;
  readonly exchange: Exchange | undefined;
  readonly onShow: (spot: Spot) => void;
};

function ActedLines({ lines, acted, folder, exchange, onShow }: ActedProps) {
  if (lines.length === 0) {
    return (
      <p className="mb-2 text-13 text-dim italic">
        {exchange
          ? "No line of this flow acted in this exchange."
          : "Send a request, and the lines that acted are marked."}
      </p>
    );
  }
  return (
    <p className="mb-2 flex flex-wrap items-baseline gap-x-2.5 gap-y-1 text-xs text-dim">
      Lines that acted:
      {lines.map(({ file, line }) => (
        <button key={`${file} ${line}`} type="button" onClick={() => onShow({ file, line })} className="source-spot">
          <b>{acted.get(file)?.get(line)?.steps.join(",")}</b>
          {file.replace(folder, "")}:{line}
        </button>
      ))}
    </p>
  );
}

/** Links to compare this file with others, and to take the variant away. */
function Further({ flow, variant }: { flow: string; variant: VariantView | undefined }) {
  const { flows, view } = useLab();
  const sibling = view?.variants.find((each) => each.flow === flow && each.id !== variant?.id);
  return (
    <div className="mt-3 flex flex-wrap items-center gap-2">
      <p className="mr-auto text-13 text-dim">The real files of the running version.</p>
      {variant && sibling && (
        <Link href={`/compare/${variant.id}/${sibling.id}`} prefetch={false} className="source-link">
          Compare with {sibling.title}
        </Link>
      )}
      {flows
        .filter(({ id }) => id !== flow)
        .slice(0, 1)
        .map(({ id, title }) => (
          <Link key={id} href={`/compare/${flow}/${id}`} prefetch={false} className="source-link">
            Compare with {title}
          </Link>
        ))}
      {variant && (
        <a href={`/api/take-away/${variant.id}`} download className="source-link">
          Take {variant.id} away
        </a>
      )}
    </div>
  );
}
