import ChevronRight from "lucide-react/icons/chevron-right";
import type { ReactNode } from "react";

type DisclosureProps = { readonly summary: ReactNode; readonly children: ReactNode; readonly className?: string };

/** The platform's `<details>`. It works without script. */
export function Disclosure({ summary, children, className = "" }: DisclosureProps) {
  return (
    <details className={`group/d ${className}`}>
      <summary className="flex min-h-6 items-center gap-1 rounded-sm text-xs text-dim hover:text-ink">
        <ChevronRight className="size-3.5 shrink-0 transition-transform group-open/d:rotate-90" aria-hidden />
        {summary}
      </summary>
      <div className="pt-1 pl-4.5">{children}</div>
    </details>
  );
}
