import Link from "next/link";
import type { StoryWords } from "@/lib/features/lessons/model.ts";
import { Button } from "../../_ui/controls/button.tsx";

type LessonStartProps = {
  readonly story: StoryWords;
  readonly others: readonly { readonly name: string; readonly title: string }[];
  readonly onBegin: () => void;
};

/** Before a lesson: its title and its steps. Nothing is played yet. */
export function LessonStart({ story, others, onBegin }: LessonStartProps) {
  return (
    <div className="grid flex-1 content-center gap-6 px-4 py-8 lg:px-8">
      <div>
        <p className="text-xs text-dim">A lesson in {story.steps.length} steps</p>
        <h1 className="text-[1.75rem] leading-[1.135] font-[650] tracking-[-0.035em] text-balance lg:text-[3rem]">
          {story.title}
        </h1>
        <p className="mt-2 text-base text-dim lg:text-xl">{story.words}.</p>
      </div>
      <ol className="flex flex-wrap gap-x-6 gap-y-1 text-base">
        {story.steps.map(({ label }, number) => (
          <li key={label}>
            <span className="text-faint">{number + 1}</span> {label}
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <Button kind="primary" size="normal" className="min-h-11 px-6 text-base" onPress={onBegin}>
          Begin
        </Button>
        <p className="text-xs text-dim">It plays in a lab of its own. Your lab and your logins stay as they are.</p>
      </div>
      <nav aria-label="Other lessons" className="flex flex-wrap gap-x-6 gap-y-1 text-xs text-dim">
        {others.map(({ name, title }) => (
          <Link key={name} href={`/lesson/${name}`} prefetch={false} className="underline underline-offset-4">
            {title}
          </Link>
        ))}
        <Link href="/" prefetch={false} className="underline underline-offset-4">
          Dashboard
        </Link>
      </nav>
    </div>
  );
}
