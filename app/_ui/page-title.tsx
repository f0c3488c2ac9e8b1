import type { ReactNode } from "react";

type PageTitleProps = {
  readonly children: ReactNode;
  /** In a sentence or two, what the page is for. */
  readonly lead?: ReactNode;
  /** The page that this one belongs to. */
  readonly above?: ReactNode;
  /** Of a page that says one thing only. */
  readonly small?: boolean;
};

/** The page's name, and what it is for. */
export function PageTitle({ children, lead, above, small = false }: PageTitleProps) {
  const title = (
    <h1
      className={`flex flex-wrap items-center gap-x-2.5 font-semibold tracking-title ${small ? "text-xl" : "text-2xl"}`}
    >
      {children}
    </h1>
  );
  if (lead === undefined && above === undefined) return title;
  return (
    <header className="grid gap-1">
      {above !== undefined && <p className="text-13">{above}</p>}
      <div className="flex flex-wrap items-baseline gap-x-3.5 gap-y-1">
        {title}
        {lead !== undefined && <p className="max-w-lead text-dim">{lead}</p>}
      </div>
    </header>
  );
}
