import type { ReactNode } from "react";

type WindowProps = { readonly title: string; readonly host?: string; readonly children: ReactNode };

/** One of the windows that stand side by side, with where it is in its head. */
export function AttackWindow({ title, host, children }: WindowProps) {
  return (
    <div className="min-w-0 overflow-clip rounded-xl border border-strong bg-panel">
      <div className="flex flex-wrap items-baseline gap-x-3 border-b border-line bg-sunk px-3 py-1.5 text-13">
        <h2 className="font-semibold whitespace-nowrap">{title}</h2>
        {host !== undefined && <span className="font-mono text-xs text-dim sm:ml-auto">{host}</span>}
      </div>
      <div className="px-3 py-2.5">{children}</div>
    </div>
  );
}
