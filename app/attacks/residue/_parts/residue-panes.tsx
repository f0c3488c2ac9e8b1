import type { ReactNode } from "react";
import {
  type PlayedWalk,
  type ResidueEnd,
  type ResiduePlay,
  type ResidueShown,
  verdictOf,
  type WayTold,
} from "@/lib/features/attacks/residue/model.ts";
import { endWords, sourceWords, stepsOf } from "./residue-words.ts";
import { type Playing, tabAddress } from "./use-residue-play.ts";

type PanesProps = Pick<ResidueShown, "pages"> & {
  readonly play: ResiduePlay;
  readonly walks: readonly PlayedWalk[];
  readonly told: WayTold;
  readonly end: ResidueEnd;
  readonly victim: string;
  readonly playing: Playing | null;
};

/** The page that is left behind, what is done, and what is then seen. */
export function ResiduePanes({ play, walks, told, end, pages, victim, playing }: PanesProps) {
  const { host } = new URL(victim);
  return (
    <div className="@container mt-4">
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-8 gap-y-5 @4xl:grid-cols-[minmax(0,1.15fr)_minmax(0,1.35fr)_minmax(0,0.9fr)]">
        <Window title="alice’s page" host={host}>
          <Served title="Without a defence" page={pages.none} />
          <Served title="With all of them" page={pages.all} />
        </Window>
        <div className="min-w-0">
          <h2 className="mb-2 text-13 font-semibold text-dim">What is done</h2>
          <Steps {...{ told, end }} />
          <p className="mt-3 text-13 text-dim">{told.words}</p>
        </div>
        <Window title={playing ? "The tab that stays open" : "What is seen then"} host={host}>
          {playing ? (
            <iframe title="The tab that stays open" src={tabAddress(playing.run)} className="block h-28 w-full" />
          ) : (
            <SeenThen {...{ play, walks, told }} />
          )}
        </Window>
      </div>
    </div>
  );
}

type WindowProps = { readonly title: string; readonly host: string; readonly children: ReactNode };

function Window({ title, host, children }: WindowProps) {
  return (
    <div className="min-w-0 overflow-clip rounded-xl border border-strong bg-panel">
      <div className="flex flex-wrap items-baseline gap-x-3 border-b border-line bg-sunk px-3 py-1.5 text-13">
        <h2 className="font-semibold whitespace-nowrap">{title}</h2>
        <span className="font-mono text-xs text-dim sm:ml-auto">{host}</span>
      </div>
      <div className="px-3 py-2.5">{children}</div>
    </div>
  );
}

type ServedProps = { readonly title: string; readonly page: ResidueShown["pages"]["none"] };

function Served({ title, page: { headers, html, after } }: ServedProps) {
  return (
    <div className="not-first:mt-3">
      <p className="text-13 text-dim">{title}</p>
      {headers.map((header) => (
        <p key={header} className="font-mono text-xs wrap-anywhere">
          {header}
        </p>
      ))}
      <pre className="font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap">{html}</pre>
      {after !== null && (
        <p className="mt-1 text-xs text-dim">
          and with the logout <span className="font-mono wrap-anywhere text-ink">{after}</span>
        </p>
      )}
    </div>
  );
}

function Steps({ told, end }: Pick<PanesProps, "told" | "end">) {
  const { before, after } = stepsOf[told.id];
  const steps = [...before, endWords[end].step, after];
  return (
    <ol className="grid gap-1.5 text-13">
      {steps.map((step, index) => (
        <li key={step} className="grid grid-cols-[1.25rem_minmax(0,1fr)]">
          <span className="font-mono text-xs leading-5 text-faint">{index + 1}</span>
          <span className={index === before.length ? "font-semibold" : ""}>{step}</span>
        </li>
      ))}
    </ol>
  );
}

function SeenThen({ play, walks, told }: Pick<PanesProps, "play" | "walks" | "told">) {
  return (
    <div className="grid gap-3 text-13">
      {(["none", "all"] as const).map((defence) => {
        const walk = walks.find((each) => each.defence === defence);
        return (
          <div key={defence}>
            <p className="text-dim">{defence === "none" ? "Without a defence" : "With all of them"}</p>
            {walk && <What {...{ play, walk, told }} />}
          </div>
        );
      })}
    </div>
  );
}

function What({ play, walk, told }: { readonly play: ResiduePlay; readonly walk: PlayedWalk; readonly told: WayTold }) {
  const { outcome, code } = verdictOf(play, told.id, walk);
  const seen = walk.seen[told.id];
  if (outcome === "cannot") return <p>There is no such page.</p>;
  if (outcome === "untried") return <p>This could not be tried.</p>;
  if (outcome === "refused") {
    return (
      <p>
        <b className="font-semibold">refused</b> <span className="font-mono text-dim">{code}</span>
      </p>
    );
  }
  return (
    <p>
      <b className="text-lg font-semibold text-refused">{seen?.texts[0]}</b>
      <span className="block text-xs text-dim">{seen && sourceWords[seen.source]}</span>
    </p>
  );
}
