import type { ReactNode } from "react";

type PaneProps = {
  readonly title: string;
  readonly note?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
};

/** One of the three panes: browser, wire, server. */
export function Pane({ title, note, children, className = "" }: PaneProps) {
  return (
    <div className={`min-w-0 ${className}`}>
      <h3 className="mb-1.5 flex items-baseline gap-3 text-2xs font-semibold tracking-[0.07em] text-faint uppercase">
        {title}
        {note !== undefined && (
          <span className="ml-auto text-right font-normal tracking-normal text-dim normal-case">{note}</span>
        )}
      </h3>
      {children}
    </div>
  );
}

/** A sentence for an empty list: it says why there are no entries. */
export function EmptyNote({ children }: { children: ReactNode }) {
  return <p className="text-13 text-dim italic">{children}</p>;
}

/** `shown`: the term as it is drawn, if not as its name alone. */
export type Fact = readonly [term: string, value: ReactNode, shown?: ReactNode];

/** A list of names and values. */
export function Facts({ facts, wide = false }: { facts: readonly Fact[]; wide?: boolean }) {
  return (
    <dl className={`grid gap-y-0.25 font-mono text-xs ${wide ? "grid-cols-[7.75rem_1fr]" : "grid-cols-[5.25rem_1fr]"}`}>
      {facts.map(([term, value, shown = term]) => (
        <div key={term} className="col-span-2 grid grid-cols-subgrid items-baseline">
          <dt className="text-faint">{shown}</dt>
          <dd className="min-w-0 wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
