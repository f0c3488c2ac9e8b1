import type { DecidingLine as Line } from "@/lib/features/attacks/forgery/model.ts";
import { sourceHref } from "@/lib/features/source/model.ts";

/** The line of the source that decided. */
export function DecidingLine({ line }: { readonly line: Line | null }) {
  if (!line) return null;
  return (
    <p className="mt-0.5 font-mono text-xs">
      <a href={sourceHref(line.file, line.line)} className="text-dim underline underline-offset-3 hover:text-ink">
        {line.file.split("/").at(-1)}:{line.line}
      </a>{" "}
      <code className="wrap-anywhere">{line.text}</code>
    </p>
  );
}
