"use client";

import { useState } from "react";
import { CheckField } from "../_ui/controls/check-field.tsx";
import { isQuestionOn, turnQuestion } from "./question-key.ts";

const keys: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ["Ctrl K", "⌘ K", "?"], does: "find, and this list; not while you type in a field" },
  { keys: ["↑", "↓", "Enter"], does: "move through what was found, and go there" },
  { keys: ["Esc"], does: "close what is open: this list, a menu, a word, the proof of a cell" },
  { keys: ["Tab"], does: "move to the next control, and to a dotted word, which shows its definition" },
  { keys: ["←", "→", "↑", "↓"], does: "in the matrix: move between cells; on the time line: move the clock" },
  { keys: ["←", "→"], does: "in a row of tabs: the tab beside; in a lesson: the step before and after" },
  { keys: ["1", "…", "4", "P"], does: "in a lesson: change the guess of a row; show the panes" },
  { keys: ["Home", "End"], does: "in the matrix: first and last cell of the row; with Ctrl, of the matrix" },
];

/** All keys of the pages, and a switch for the one that is a single character (WCAG 2.1.4). */
export function KeyList() {
  return (
    <section aria-label="Keys" className="mt-3 border-t border-line pt-2.5">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-4 gap-y-1 text-13">
        {keys.map(({ keys: pressed, does }) => (
          <div key={does} className="col-span-2 grid grid-cols-subgrid">
            <dt className="flex flex-wrap content-start gap-1">
              {pressed.map((key) => (
                <kbd key={key} className="rounded-xs border border-line bg-sunk px-1 font-mono text-xs">
                  {key}
                </kbd>
              ))}
            </dt>
            <dd className="text-dim">{does}</dd>
          </div>
        ))}
      </dl>
      <QuestionSwitch />
    </section>
  );
}

function QuestionSwitch() {
  const [isOn, setOn] = useState(isQuestionOn);
  const change = (next: boolean) => {
    turnQuestion(next);
    setOn(next);
  };
  return (
    <p className="mt-1.5">
      <CheckField checked={isOn} onChange={change}>
        The key ? opens this
      </CheckField>
    </p>
  );
}
