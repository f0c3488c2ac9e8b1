import Link from "next/link";
import type { ReactNode } from "react";

type HeaderMarkProps = {
  readonly href: string;
  /** Names all of it. */
  readonly title: string;
  /** Its colours, and where it is shown. */
  readonly look: string;
  readonly children: ReactNode;
};

/** What is not as usual in this lab, in the header of every page. It leads to where that is changed back. */
export function HeaderMark({ href, title, look, children }: HeaderMarkProps) {
  return (
    <Link
      href={href}
      prefetch={false}
      className={`min-h-target items-center rounded-control-small px-2 whitespace-nowrap hover:underline ${look}`}
      title={`${title} in this lab`}
    >
      {children}
    </Link>
  );
}
