import ChevronDown from "lucide-react/icons/chevron-down";
import ChevronRight from "lucide-react/icons/chevron-right";
import Link from "next/link";
import type { ReactNode } from "react";
import type { ComparedSide, Comparison, EventPair, FilePair, HeadlinePart } from "@/lib/features/compare/difference.ts";
import type { Comparable } from "@/lib/features/compare/model.ts";
import { Disclosure } from "../../../_ui/controls/disclosure.tsx";
import { FlowIcon } from "../../../_ui/flow-icon.tsx";
import { ThiefSegments } from "../../_parts/compare-title.tsx";
import { pairHref, type TableChoice } from "../../_parts/table-choice.ts";
import { DiffView } from "./diff-view.tsx";
import { EventTable } from "./event-table.tsx";
import { CellTable, SettingTable } from "./fact-tables.tsx";
import { OperationCode } from "./operation-code.tsx";
import { PairChooser } from "./pair-chooser.tsx";
import "./pair.css";

type ComparisonViewProps = {
  readonly comparison: Comparison;
  /** All that can be put side by side. */
  readonly choices: readonly Comparable[];
  readonly thief: TableChoice["thief"];
};

function isClaimed({ left, right }: EventPair): boolean {
  return left?.said === "claimed" || right?.said === "claimed";
}

/** Two variants: what they do differently, their settings, and how each authenticates and logs out. What is the same is folded. */
export function ComparisonView({ comparison, choices, thief }: ComparisonViewProps) {
  const { left, right, headline, events, settings, facts, operations, files } = comparison;
  const sides = { left, right };
  const differing = events.filter(({ standing }) => standing === "differs");
  const equal = events.filter(({ standing }) => standing === "same");
  const alone = events.filter(({ standing }) => standing === "alone");
  const [setApart, setAlike] = halves(settings, (pair) => pair.left !== pair.right);
  const [apart, alike] = halves(facts, (pair) => pair.left.text !== pair.right.text);
  const [different, shared] = halves(files, (file) => file.left !== file.right);
  const same = equal.length + setAlike.length + alike.length + shared.length;
  return (
    <div className="pair-page">
      <header className="pair-head">
        <h1 className="result-heading">
          After a logout <Part part={headline.left} />; <Part part={headline.right} />.
        </h1>
        <div className="pair-beliefs">
          <p>
            <Belief side={left} /> <Belief side={right} />
          </p>
          <ThiefSegments thief={thief} hrefOf={(each) => pairHref(left.id, right.id, each)} />
          <PairChooser choices={choices} left={left.variant} right={right.variant} thief={thief} />
        </div>
      </header>
      <nav aria-label="On this page" className="pair-index">
        <a href="#events">
          What behaves differently{" "}
          <small>
            {differing.length} of {events.length} events
          </small>
        </a>
        <a href="#settings">
          Settings and cost <small>{setApart.length + apart.length} differ</small>
        </a>
        {operations.map(({ operation }) => (
          <a key={operation} href={`#${operation}`}>
            {operation}
          </a>
        ))}
        <a href="#files">
          Whole files <small>{different.length} differ</small>
        </a>
        <a href="#same">The {same} that are the same</a>
      </nav>
      <div className="pair-body">
        <section id="events" aria-label="What behaves differently">
          {differing.length > 0 ? (
            <>
              <EventTable caption="What behaves differently" pairs={differing} {...sides} />
              {differing.some(isClaimed) && (
                <p className="mt-2 text-13 text-dim">In italics: claims, not played in this lab.</p>
              )}
            </>
          ) : (
            <p className="py-4 text-dim">After each event that concerns both, their copies have the same fate.</p>
          )}
        </section>
        <section id="settings" aria-label="Settings">
          <SettingTable caption="Settings" pairs={setApart} {...sides} />
          <CellTable caption="Size, cost and abilities" pairs={apart} {...sides} />
        </section>
      </div>
      {operations.map((pair) => (
        <OperationCode key={pair.operation} pair={pair} {...sides} />
      ))}
      <section id="files" aria-label="Whole files" className="pair-folds">
        <h2>Whole files</h2>
        {different.map((file) => (
          <FileFold key={file.id} file={file} hrefOf={(id) => pairHref(left.id, right.id, thief, id)} />
        ))}
        {different.length === 0 && <p className="text-13 text-dim">Both use the same files.</p>}
      </section>
      {alone.length > 0 && (
        <section aria-label="Events of one of them alone" className="pair-folds">
          <Fold count={alone.length} what="events that concern one of them alone">
            <EventTable caption="Events that concern one of them alone" pairs={alone} {...sides} />
          </Fold>
        </section>
      )}
      <section id="same" aria-label="The same" className="pair-folds">
        <h2>The same</h2>
        <Fold count={equal.length} what="events">
          <EventTable caption="Events, the same" pairs={equal} {...sides} />
        </Fold>
        <Fold count={setAlike.length} what="settings">
          <SettingTable caption="Settings, the same" pairs={setAlike} {...sides} />
        </Fold>
        <Fold count={alike.length} what="sizes, costs and abilities">
          <CellTable caption="Size, cost and abilities, the same" pairs={alike} {...sides} />
        </Fold>
        <Fold count={shared.length} what="files">
          <ul className="font-mono text-xs text-dim">
            {shared.map(({ left: path }) => (
              <li key={path}>{path}</li>
            ))}
          </ul>
        </Fold>
      </section>
    </div>
  );
}

function halves<T>(all: readonly T[], isFirst: (each: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(isFirst), all.filter((each) => !isFirst(each))];
}

function Part({ part: { words, getsIn } }: { part: HeadlinePart }) {
  return getsIn ? <span className="text-refused">{words}</span> : words;
}

function Belief({ side: { flow, flowTitle, variantTitle, belief } }: { side: ComparedSide }) {
  return (
    <span data-flow={flow} className="pair-belief">
      <FlowIcon flow={flow} />
      <b>
        {flowTitle}, {variantTitle}
      </b>{" "}
      {belief}
    </span>
  );
}

function fileName({ left, right }: { readonly left: string | null; readonly right: string | null }): string {
  const [one, other] = [left, right].map((path) => path?.split("/").at(-1));
  return [...new Set([one, other])].filter(Boolean).join(" · ");
}

type FileFoldProps = { readonly file: FilePair; readonly hrefOf: (file: string | null) => string };

/** A file of both sides. Its lines are sent once they are asked for. */
function FileFold({ file, hrefOf }: FileFoldProps) {
  const { id, parts, changed } = file;
  const Chevron = parts ? ChevronDown : ChevronRight;
  return (
    <section aria-label={fileName(file)}>
      <Link href={hrefOf(parts ? null : id)} scroll={false} prefetch={false} className="pair-file">
        <Chevron className="size-3.5 shrink-0" aria-hidden />
        {fileName(file)}
        <small>
          {changed.left} lines left, {changed.right} lines right differ
        </small>
      </Link>
      {parts && <DiffView file={{ ...file, parts }} />}
    </section>
  );
}

type FoldProps = { readonly count: number; readonly what: string; readonly children: ReactNode };

function Fold({ count, what, children }: FoldProps) {
  return count > 0 ? <Disclosure summary={`${count} ${what}`}>{children}</Disclosure> : null;
}
