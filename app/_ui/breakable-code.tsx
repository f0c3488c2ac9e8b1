import { Fragment } from "react";

/** Text in which a code may break after an underscore that follows a letter, and in no word. */
export function BreakableCode({ children }: { readonly children: string }) {
  const parts = children.split(/(?<=[a-z]_)/i);
  return parts.map((part, at) => (
    <Fragment key={parts.slice(0, at + 1).join("")}>
      {at > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
