"use client";

import type { Thief } from "@/lib/core/claim.ts";
import type { MatrixCell, MatrixRun, MatrixView, MatrixWanted } from "@/lib/lab/played-cells.ts";
import type { FlowInfo } from "../../_browser/flow-info.ts";
import { CardFrame } from "../../_ui/card.tsx";
import { Button, ButtonLink } from "../../_ui/controls/button.tsx";
import { Segmented } from "../../_ui/controls/segmented.tsx";
import { MatrixProgress } from "./matrix-progress.tsx";
import { thiefTitles } from "./matrix-words.ts";

const thieves = ["silent", "active"] as const satisfies readonly Thief[];

type Link = { readonly thief: Thief; readonly flow: string | null };

type MatrixControlsProps = {
  readonly run: MatrixRun | null;
  readonly elsewhere: boolean;
  /** Why no cell can be played now. */
  readonly unavailable: string | undefined;
  readonly played: readonly MatrixCell[];
  readonly total: number;
  readonly missing: MatrixView["missing"];
  readonly flows: readonly FlowInfo[];
  readonly link: Link;
  readonly onGo: (change: Partial<Link>) => void;
  readonly onPlay: (wanted: MatrixWanted) => void;
  readonly onStop: () => void;
};

/** The choice of thief and flow, the buttons that play cells, the progress, and the downloads. */
export function MatrixControls(props: MatrixControlsProps) {
  const { run, elsewhere, unavailable, played, total, missing, flows, link, onGo, onPlay, onStop } = props;
  const playing = run?.state === "playing";
  return (
    <CardFrame label="Play" className="grid gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Segmented
          legend="Thief"
          legendShown
          options={thieves.map((thief) => ({ value: thief, label: thiefTitles[thief] }))}
          chosen={link.thief}
          onChoose={(thief) => onGo({ thief })}
        />
        <Segmented
          legend="Flow"
          legendShown
          options={[{ value: "", label: "all" }, ...flows.map(({ id, title }) => ({ value: id, label: title }))]}
          chosen={link.flow ?? ""}
          onChoose={(flow) => onGo({ flow: flow === "" ? null : flow })}
        />
        <div className="ml-auto flex flex-wrap gap-2">
          {playing ? (
            <Button onPress={onStop} kind="primary" size="normal">
              Stop
            </Button>
          ) : played.length === 0 || played.length >= total ? (
            <Button onPress={() => onPlay({ again: true })} kind="primary" size="normal" unavailable={unavailable}>
              Play all {total} cells
            </Button>
          ) : (
            <>
              <Button onPress={() => onPlay({})} kind="primary" size="normal" unavailable={unavailable}>
                Play the other {total - played.length}
              </Button>
              <Button onPress={() => onPlay({ again: true })} size="normal" unavailable={unavailable}>
                All again
              </Button>
            </>
          )}
          {played.length > 0 && (
            <>
              <ButtonLink href="/api/lab/matrix?format=json" download="matrix.json" size="normal">
                JSON
              </ButtonLink>
              <ButtonLink href="/api/lab/matrix?format=csv" download="matrix.csv" size="normal">
                CSV
              </ButtonLink>
            </>
          )}
        </div>
      </div>
      <MatrixProgress run={run} elsewhere={elsewhere} played={played} total={total} />
      {missing.map(({ variant, needs }) => (
        <p key={variant} className="text-xs text-dim">
          <span className="font-mono">{variant}</span> is shown as claimed only: {needs}
        </p>
      ))}
      <Legend />
    </CardFrame>
  );
}

function Legend() {
  return (
    <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-dim">
      <span>
        <span className="matrix-word" data-in>
          30 min
        </span>{" "}
        a copy still gets in, for so long after the login
      </span>
      <span>
        <span className="matrix-word">REVOKED</span> refused at once; a long code shows its first word
      </span>
      <span>two lines: the access token, and under it the refresh token</span>
      <span className="italic">italic: claimed, not played yet</span>
      <span>
        <span className="text-accepted" aria-hidden="true">
          ✓
        </span>
        <span className="sr-only">a tick:</span> observed as claimed, for both thieves
      </span>
      <span>
        <span className="font-semibold text-refused">claimed: …</span> the claim, where the observation above it differs
      </span>
    </p>
  );
}
