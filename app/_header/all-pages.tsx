import { HeaderLink } from "./header-link.tsx";
import { dashboard, entries, type HeaderEntry } from "./header-pages.ts";
import { ClosesOnArrival, FlowLinks, type HeaderFlow, PageLinks } from "./nav-links.tsx";

/** All pages below each other by their titles, for a menu in a narrow window. */
export function AllPages({ flows }: { readonly flows: readonly HeaderFlow[] }) {
  return (
    <ClosesOnArrival>
      <nav aria-label="Pages" className="brief">
        <Entry entry={dashboard} />
        <Group title="Flows" />
        <FlowLinks flows={flows} />
        {entries.map((entry) => (
          <Entry key={entry.title} entry={entry} />
        ))}
      </nav>
    </ClosesOnArrival>
  );
}

function Entry({ entry }: { readonly entry: HeaderEntry }) {
  if ("pages" in entry) {
    return (
      <>
        <Group title={entry.title} />
        <PageLinks pages={entry.pages} />
      </>
    );
  }
  return (
    <HeaderLink href={entry.href} look="row">
      <span className="font-medium">{entry.title}</span>
    </HeaderLink>
  );
}

function Group({ title }: { readonly title: string }) {
  return <p className="px-2 pt-2 text-xs text-faint">{title}</p>;
}
