import Link from "next/link";

type LinkSegmentsProps = {
  readonly label: string;
  readonly segments: readonly { readonly title: string; readonly href: string; readonly isChosen: boolean }[];
};

/** A choice of a few as one bar of links, so it works without script and stands in the address. */
export function LinkSegments({ label, segments }: LinkSegmentsProps) {
  return (
    <nav aria-label={label} className="compare-segments">
      {segments.map(({ title, href, isChosen }) => (
        <Link key={title} href={href} scroll={false} prefetch={false} aria-current={isChosen || undefined}>
          {title}
        </Link>
      ))}
    </nav>
  );
}
