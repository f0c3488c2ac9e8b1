"use client";

import type { Thief } from "@/lib/core/claim.ts";
import { duration } from "@/lib/core/time.ts";
import type { MatrixCell, MatrixRun, MatrixWanted } from "@/lib/lab/played-cells.ts";
import { Button } from "../../_ui/controls/button.tsx";
import { reasonId } from "./cell-button.tsx";
import { CellReason } from "./cell-reason.tsx";
import type { MatrixLink, Selected } from "./matrix-link.ts";
import type { Tally } from "./matrix-tally.ts";
import { readCell } from "./matrix-words.ts";
import { useElapsed } from "./use-elapsed.ts";

type MatrixFootProps = {
  readonly view: MatrixLink["view"];
  /** The request for all cells that are shown; `null`: there is no lab to play them in. */
  readonly whole: MatrixWanted | null;
  readonly thief: Thief;
  readonly selected: Selected;
  readonly cell: MatrixCell | undefined;
  readonly tally: Tally;
  readonly run: MatrixRun | null;
  readonly elsewhere: boolean;
  /** Why no cell can be played now. */
  readonly unavailable: string | undefined;
  readonly onOpen: () => void;
  readonly onPlay: (wanted: MatrixWanted) => void;
  readonly onStop: () => void;
};

/** The foot of the page. It has the selected cell's result with its reason, the count of played cells, and two buttons. */
export function MatrixFoot(props: MatrixFootProps) {
  const { view, whole, thief, selected, cell, run, onOpen } = props;
  const isPlaying = run?.state === "playing";
  const part = view === "class" ? selected.credential : undefined;
  return (
    <footer className="matrix-foot">
      {isPlaying && (
        <progress className="matrix-progress" value={run.done} max={Math.max(1, run.of)} aria-label="Cells played" />
      )}
      <section aria-label="Selected cell" className="matrix-why">
        <p id={reasonId}>
          <CellReason
            variant={selected.variant}
            experiment={selected.experiment}
            reading={readCell(selected.variant, selected.experiment, thief, cell, part)}
          />
        </p>
        <Button onPress={onOpen} label="Show the proof">
          Proof
        </Button>
      </section>
      {whole && <Play {...props} whole={whole} />}
    </footer>
  );
}

type PlayProps = MatrixFootProps & { readonly whole: MatrixWanted };

function Play({ view, whole, tally, run, elsewhere, unavailable, onPlay, onStop }: PlayProps) {
  const isPlaying = run?.state === "playing";
  const took = useElapsed(run);
  const isBegun = tally.played > 0 && tally.played < tally.total;
  return (
    <section aria-label="Play" className="matrix-run">
      <p>
        {isPlaying ? `Playing, ${duration(took)}. ` : run?.state === "stopped" ? "Stopped. " : ""}
        {tallyWords(tally, run)}
        {elsewhere && " Another tab of this lab is playing cells."}
      </p>
      <Announcer {...{ run, elsewhere, tally }} />
      {isPlaying ? (
        <Button onPress={onStop} kind="primary">
          Stop
        </Button>
      ) : (
        <>
          {isBegun && (
            <Button onPress={() => onPlay(whole)} kind="primary" unavailable={unavailable}>
              Play the other {tally.total - tally.played}
            </Button>
          )}
          <Button
            onPress={() => onPlay({ ...whole, again: true })}
            kind={isBegun ? "plain" : "primary"}
            unavailable={unavailable}
          >
            {isBegun ? "All again" : `Play all ${tally.total}${view === "all" ? " cells" : ""}`}
          </Button>
        </>
      )}
    </section>
  );
}

/** `Played here: 50 of 50 cells as claimed.` */
function tallyWords({ total, played, differing }: Tally, run: MatrixRun | null): string {
  const count = run?.unjudged.length ?? 0;
  const unjudged = count === 0 ? "" : ` ${count} could not be judged.`;
  if (played === 0) return `Not played here yet: italics are claims.${unjudged}`;
  if (played === total) return `Played here: ${played - differing} of ${total} cells as claimed.${unjudged}`;
  const standing = differing === 0 ? "each as claimed" : `${differing} not as claimed`;
  return `Played here: ${played} of ${total} cells, ${standing}.${unjudged}`;
}

/**
 * Announces progress to screen readers: at the beginning, after
 * each quarter, and at the end. It leaves out the running time.
 */
function Announcer({ run, elsewhere, tally }: Pick<MatrixFootProps, "run" | "elsewhere" | "tally">) {
  const words = () => {
    if (run?.state !== "playing")
      return `${run?.state === "stopped" ? "Stopped. " : ""}${tallyWords(tally, run)}${elsewhere ? " Another tab of this lab is playing cells." : ""}`;
    const quarters = run.of === 0 ? 0 : Math.floor((4 * run.done) / run.of);
    return quarters === 0 ? "Playing." : `${quarters * 25} % played.`;
  };
  return (
    <p role="status" className="sr-only">
      {words()}
    </p>
  );
}
