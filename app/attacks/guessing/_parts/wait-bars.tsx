import { wholeDuration } from "@/lib/core/time.ts";

/** How long the next password waits, after each further wrong one. */
export function WaitBars({ waits }: { readonly waits: readonly number[] }) {
  const longest = Math.max(...waits);
  const bars = waits.map((wait, at) => ({ wait, further: at + 1 }));
  return (
    <ol className="mt-3 flex max-w-xl gap-1.5 sm:gap-2.5">
      {bars.map(({ wait, further }) => (
        <li key={further} className="min-w-0 flex-1 text-center">
          <span aria-hidden="true" className="flex h-24 items-end border-b border-strong">
            <span
              className="block min-h-px w-full rounded-t-xs bg-faint"
              style={{ height: `${(100 * wait) / longest}%` }}
            />
          </span>
          <span className="text-xs whitespace-nowrap text-dim tabular-nums">{wholeDuration(wait * 1000)}</span>
        </li>
      ))}
    </ol>
  );
}
