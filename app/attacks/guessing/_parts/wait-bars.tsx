import { wholeDuration } from "@/lib/core/time.ts";

/** How long the next password waits, after each further wrong one. */
export function WaitBars({ waits }: { readonly waits: readonly number[] }) {
  const longest = Math.max(...waits);
  const bars = waits.map((wait, at) => ({ wait, further: at + 1 }));
  return (
    <ol className="mt-3 flex h-28 max-w-xl items-end gap-1.5 sm:gap-2.5">
      {bars.map(({ wait, further }) => (
        <li key={further} className="flex min-w-0 flex-1 flex-col items-center justify-end gap-1">
          <span
            aria-hidden="true"
            className="block w-full rounded-t-xs bg-dim"
            style={{ height: `${Math.max(1, (80 * wait) / longest)}px` }}
          />
          <span className="text-xs whitespace-nowrap text-dim tabular-nums">{wholeDuration(wait * 1000)}</span>
        </li>
      ))}
    </ol>
  );
}
