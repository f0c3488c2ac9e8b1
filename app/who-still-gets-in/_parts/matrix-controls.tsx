"use client";

import type { Thief } from "@/lib/core/claim.ts";
import type { MatrixCell, MatrixRun, MatrixView, MatrixWanted } from "@/lib/lab/played-cells.ts";
import type { FlowInfo } from "../../_browser/flow-info.ts";
import { Button } from "../../_ui/button.tsx";
import { MatrixProgress } from "./matrix-progress.tsx";
import { thiefTitles } from "./matrix-words.ts";

type Link = { readonly thief: Thief; readonly flow: string | null };

type MatrixControlsProps = {
  readonly run: MatrixRun | null;
  readonly elsewhere: boolean;
  /** Why nothing can be played now. */
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

/** Whose reading is shown, of which flow; having it played, how far that is, and taking it away. */
export function MatrixControls(props: MatrixControlsProps) {
  const { run, elsewhere, unavailable, played, total, missing, flows, link, onGo, onPlay, onStop } = props;
  const playing = run?.state === "playing";
  return (
    <section className="card grid gap-3 px-4 py-3.5" aria-label="Play">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Radios
          legend="Thief"
          options={[
            ["silent", thiefTitles.silent],
            ["active", thiefTitles.active],
          ]}
          chosen={link.thief}
          onChoose={(thief) => onGo({ thief: thief === "active" ? "active" : "silent" })}
        />
        <Radios
          legend="Flow"
          options={[["", "all"], ...flows.map(({ id, title }) => [id, title] as const)]}
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
          <Download href="/api/lab/matrix?format=json" name="matrix.json" off={played.length === 0}>
            JSON
          </Download>
          <Download href="/api/lab/matrix?format=csv" name="matrix.csv" off={played.length === 0}>
            CSV
          </Download>
        </div>
      </div>
      <MatrixProgress run={run} elsewhere={elsewhere} played={played} total={total} />
      {missing.map(({ variant, needs }) => (
        <p key={variant} className="text-xs text-dim">
          <span className="font-mono">{variant}</span> is shown as claimed only: {needs}
        </p>
      ))}
      <Legend />
    </section>
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
        <span className="matrix-word">REVOKED</span> refused at once, with this code
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
        <span className="font-semibold text-refused">claimed: …</span> something else was observed, and stands above it
      </span>
    </p>
  );
}

type RadiosProps = {
  readonly legend: string;
  readonly options: readonly (readonly [value: string, words: string])[];
  readonly chosen: string;
  readonly onChoose: (value: string) => void;
};

function Radios({ legend, options, chosen, onChoose }: RadiosProps) {
  return (
    <fieldset className="inline-flex flex-wrap items-center gap-x-2 text-13">
      <legend className="float-left mr-1 text-xs text-dim">{legend}</legend>
      <span className="inline-flex max-w-full flex-wrap overflow-clip rounded-lg border border-strong bg-panel">
        {options.map(([value, words]) => (
          <label
            key={value}
            data-flow={legend === "Flow" && value !== "" ? value : undefined}
            className="relative border-r border-line px-2.5 py-1 last:border-0 hover:bg-sunk has-checked:bg-ink has-checked:font-semibold has-checked:text-panel has-focus-visible:outline-2 has-focus-visible:-outline-offset-4 has-focus-visible:outline-focus"
          >
            <input
              type="radio"
              name={legend}
              value={value}
              checked={value === chosen}
              onChange={() => onChoose(value)}
              className="absolute inset-0 size-full cursor-pointer opacity-0"
            />
            {words}
          </label>
        ))}
      </span>
    </fieldset>
  );
}

type DownloadProps = { readonly href: string; readonly name: string; readonly off: boolean; readonly children: string };

function Download({ href, name, off, children }: DownloadProps) {
  if (off) return null;
  return (
    <a
      href={href}
      download={name}
      className="inline-flex min-h-8 items-center rounded-lg border border-strong bg-panel px-3 text-sm hover:bg-sunk"
    >
      {children}
    </a>
  );
}
