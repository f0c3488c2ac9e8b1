import type { ReactNode } from "react";
import { Card } from "../../_ui/card.tsx";

/** The lessons of the table, in words. A test plays each of them. */
export function BenchLessons() {
  return (
    <Card title="What to look for" label="What to look for">
      <ul className="grid max-w-none gap-x-8 gap-y-2 text-13 @3xl:grid-cols-2">
        <Lesson title="A read followed by a write loses.">
          Another request comes between the read and the write, and one token gets two successors. Both branches are
          valid, so the thief is never noticed. One conditional update has no gap.
        </Lesson>
        <Lesson title="A restart forgets what a process remembers.">
          If the used marks are in memory, a used token is valid again after a restart. If the tokens are in memory, a
          restart logs everyone out.
        </Lesson>
        <Lesson title="A wrong grace window lets a thief in again.">
          It must return the same successor, only while that is unused and the family is alive. A window that checks
          only the time gives a thief a branch, and lets copies in after the end.
        </Lesson>
        <Lesson title="A correct grace window has a price too.">
          A thief who refreshes within the window after each of the owner’s refreshes is not noticed. Without a window,
          each lost answer logs a user out.
        </Lesson>
        <Lesson title="Single flight helps only the tabs.">
          With one lock in the browser, tabs never race. It does not help with lost answers, crashes and thieves, so the
          server must still be correct.
        </Lesson>
        <Lesson title="A count is a number of interleavings.">
          Each step is equally likely, and the same seeds give the same counts. A count does not say how often users
          meet the case.
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
