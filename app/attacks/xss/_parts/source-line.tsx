import type { XssLine } from "@/lib/features/attacks/xss/model.ts";
import { sourceHref } from "@/lib/features/source/model.ts";

/** A line of the source, which leads to its file. */
export function SourceLine({
  line: { file, line, text },
  brief = false,
}: {
  readonly line: XssLine;
  readonly brief?: boolean;
}) {
  return (
    <span className="font-mono text-xs">
      <a href={sourceHref(file, line)} className="text-dim underline underline-offset-3 hover:text-ink">
        {file.split("/").at(-1)}:{line}
      </a>
      {!brief && <code className="line-clamp-2 wrap-anywhere text-dim">{text}</code>}
    </span>
  );
}
