import type { StoryWords } from "@/lib/features/lessons/model.ts";

/** The title of the story, and its steps with the one that is shown. */
export function LessonBar({ story, shown }: { readonly story: StoryWords; readonly shown: number }) {
  return (
    <header className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4 pt-2 lg:min-h-11 lg:px-8 lg:pt-0">
      <p className="text-sm font-semibold tracking-[-0.015em]">{story.title}</p>
      <ol aria-label="Steps" className="flex gap-1 lg:ml-auto">
        {story.steps.map(({ label }, number) => (
          <li
            key={label}
            aria-current={number === shown ? "step" : undefined}
            className={`border-t-3 pt-0.75 text-xs whitespace-nowrap lg:min-w-[4.875rem] ${lookOf(number, shown)}`}
          >
            {number + 1}
            <span className="max-lg:sr-only"> {label}</span>
          </li>
        ))}
      </ol>
    </header>
  );
}

function lookOf(number: number, shown: number): string {
  if (number === shown) return "border-ink font-semibold text-ink max-lg:min-w-8";
  return number < shown ? "border-strong text-dim max-lg:min-w-6" : "border-line text-faint max-lg:min-w-6";
}
