import type { ReactNode } from "react";

type PageTitleProps = {
  readonly children: ReactNode;
  /** One or two sentences: what one can do on the page and what one learns. */
  readonly lead?: ReactNode;
  /** A link to the parent page. */
  readonly above?: ReactNode;
  /** A smaller title, for a page with a row of controls beside it. */
  readonly small?: boolean;
};

/** The page's title with its lead. */
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
