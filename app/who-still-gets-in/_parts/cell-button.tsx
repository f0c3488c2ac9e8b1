import type { ReactNode } from "react";
import type { CellLine, CellReading } from "./matrix-words.ts";
import "./cell.css";

type CellButtonProps = {
  /** The id of its stop in the grid. */
  readonly stop: string;
  readonly column: number;
  readonly isStop: boolean;
  readonly isSelected: boolean;
  /** What the cell is about, for screen readers. */
  readonly name: string;
  readonly reading: CellReading;
  readonly children: ReactNode;
};

/** What fills a cell of either table. Its events are the grid's. */
export function CellButton({ stop, column, isStop, isSelected, name, reading, children }: CellButtonProps) {
  const { standing, words, lines } = reading;
  const isUnexplained = standing === "differs" && lines.every(({ claimed }) => claimed === null);
  return (
    <button
      type="button"
      className="cell-press"
      data-stop={stop}
      data-column={column}
      tabIndex={isStop ? 0 : -1}
      aria-describedby={isSelected ? reasonId : undefined}
    >
      <span className="sr-only">{`${name}: ${saidBy(lines)}; ${words}`}</span>
      {children}
      {isUnexplained && <Mark>not as claimed</Mark>}
      {standing === "other-differs" && <Mark>other thief differs</Mark>}
    </button>
  );
}

/** The id of the sentence about the selected cell, which also describes the cell itself. */
export const reasonId = "matrix-reason";

function saidBy(lines: readonly CellLine[]): string {
  return lines
    .map(({ credential, said, claimed }) =>
      claimed === null ? `${credential} ${said}` : `${credential} ${said}, claimed: ${claimed}`,
    )
    .join("; ");
}

function Mark({ children }: { children: ReactNode }) {
  return (
    <span className="cell-mark" aria-hidden="true">
      {children}
    </span>
  );
}

/** One credential's answer: how long, or the code of the refusal. `refused`: the word before the code, where it fits. */
export function CellAnswer({ line: { word, claimed }, refused }: { line: CellLine; refused?: string }) {
  return (
    <span className="cell-answer" data-depth={word.depth} aria-hidden="true">
      {word.getsIn ? (
        <b>{word.text}</b>
      ) : (
        <span>
          {refused} <code>{word.text}</code>
        </span>
      )}
      {word.role !== null && <small>{word.role}</small>}
      {claimed !== null && <span className="cell-mark">claimed: {claimed}</span>}
    </span>
  );
}

type PlayButtonProps = {
  readonly stop: string;
  readonly column: number;
  readonly isStop: boolean;
  readonly label: string;
  /** Why no cell can be played now. */
  readonly unavailable: string | undefined;
  readonly onPress: () => void;
};

/** Plays a row or a column. It can have the focus while it cannot be pressed, and says why. */
export function PlayButton({ stop, column, isStop, label, unavailable, onPress }: PlayButtonProps) {
  return (
    <button
      type="button"
      className="cell-play"
      data-stop={stop}
      data-column={column}
      tabIndex={isStop ? 0 : -1}
      aria-label={label}
      aria-disabled={unavailable !== undefined || undefined}
      title={unavailable ?? label}
      onClick={() => {
        if (unavailable === undefined) onPress();
      }}
    >
      ▸
    </button>
  );
}
