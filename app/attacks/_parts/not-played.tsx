import type { Problem } from "../../_browser/api.ts";

/** Why nothing was played. */
export function NotPlayed({ problem }: { readonly problem: Pick<Problem, "code" | "detail"> | null }) {
  return (
    problem && (
      <p role="alert" className="mt-2 rounded-lg bg-refused-ground px-2.5 py-1.5 text-13 text-refused">
        Not played: <span className="font-mono font-semibold">{problem.code}</span>
        <span className="block text-ink">{problem.detail}</span>
      </p>
    )
  );
}
