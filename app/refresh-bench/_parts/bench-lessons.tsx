import type { ReactNode } from "react";
import { Card } from "../../_ui/card.tsx";

/** What the table shows, in words. A test plays each of them. */
export function BenchLessons() {
  return (
    <Card title="What to look for" label="What to look for">
      <ul className="grid max-w-none gap-x-8 gap-y-2 text-13 @3xl:grid-cols-2">
        <Lesson title="Looking and then writing loses.">
          Between the look and the write somebody else comes, and one token has two successors. Each branch is good, so
          nobody ever sees the thief. One conditional update has no gap.
        </Lesson>
        <Lesson title="What a process remembers, a restart forgets.">
          If the used marks are in its memory, a used token is new again after a restart. If the tokens themselves are,
          everybody is logged out.
        </Lesson>
        <Lesson title="A grace window done wrong reopens theft.">
          It has to give the same successor, only while that is unused, and only while the family lives. One that only
          looks at the clock gives a thief a branch of their own, and lets copies in after the end.
        </Lesson>
        <Lesson title="A grace window done right has a price too.">
          A thief who comes within it after each of the owner’s refreshes is not seen. Without one, each lost answer
          logs somebody out.
        </Lesson>
        <Lesson title="Single flight is for the tabs.">
          With one lock in the browser, tabs never race. It does nothing about lost answers, crashes and thieves, so the
          server still has to be right.
        </Lesson>
        <Lesson title="A count is of interleavings.">
          Each step is as likely as any other, and the same seeds give the same counts. It does not say how often it
          happens to people.
        </Lesson>
      </ul>
    </Card>
  );
}

function Lesson({ title, children }: { title: string; children: ReactNode }) {
  return (
    <li>
      <b className="font-semibold">{title}</b> {children}
    </li>
  );
}
