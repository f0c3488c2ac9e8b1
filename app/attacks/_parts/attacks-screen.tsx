"use client";

import Link from "next/link";
import { useState } from "react";
import { type AttackCell, type AttackRow, attackGroups } from "@/lib/features/attacks/overview/model.ts";
import { useLab } from "../../_browser/lab-provider.tsx";
import { BreakableCode } from "../../_ui/breakable-code.tsx";
import { Button } from "../../_ui/controls/button.tsx";
import { Segmented } from "../../_ui/controls/segmented.tsx";
import { FlowIcon } from "../../_ui/flow-icon.tsx";
import { AttackFrame } from "./attack-frame.tsx";
import { AttackTitle } from "./attack-title.tsx";
import { type Defended, headingOf } from "./attacks-heading.ts";
import { keyOf, type PlayedHere, playingLine, withPlayed } from "./playing-line.ts";
import { usePlayAll } from "./use-play-all.ts";
import { WeaknessSwitches } from "./weakness-switches.tsx";

/** Every attack by every flow. */
export function AttacksScreen({ rows }: { readonly rows: readonly AttackRow[] }) {
  const lab = useLab();
  return <AttackFrame isWhite>{lab.view && <Attacks rows={rows} on={lab.view.weaknesses} />}</AttackFrame>;
}

type AttacksProps = { readonly rows: readonly AttackRow[]; readonly on: readonly string[] };

const columns = "@4xl:grid @4xl:grid-cols-[minmax(0,1.5fr)_repeat(4,minmax(0,1fr))_minmax(0,1.1fr)] @4xl:gap-x-1";

function Attacks({ rows, on }: AttacksProps) {
  const { flows } = useLab();
  const [defended, setDefended] = useState<Defended>("with");
  const { played, problem, isPlaying, total, start } = usePlayAll(rows);
  const { calm, alarm, below } = headingOf(withPlayed(rows, played), defended);
  return (
    <section aria-label="Attacks" className="@container">
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-96" aria-live="polite">
          <AttackTitle calm={calm} alarm={alarm} />
          <p className="mt-1 text-dim">{below} The flows are the default variants.</p>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <Segmented
            legend="Defences"
            options={[
              { value: "without", label: "Without defences" },
              { value: "with", label: "With every defence" },
            ]}
            chosen={defended}
            onChoose={setDefended}
          />
          <Button kind="primary" size="normal" busy={isPlaying} onPress={start}>
            {played.size > 0 && !isPlaying ? `Play all ${total} again` : `Play all ${total}`}
          </Button>
        </div>
      </div>
      <p className="mt-1.5 text-13 text-dim" role="status">
        {playingLine(rows, played, total, isPlaying)}
      </p>
      {problem !== null && (
        <p role="alert" className="mt-2 rounded-lg bg-refused-ground px-2.5 py-1.5 text-13 text-refused">
          {problem.detail}
        </p>
      )}
      <div aria-hidden="true" className={`mt-4 hidden ${columns}`}>
        <span />
        {flows.map(({ id, title }) => (
          <span
            key={id}
            data-flow={id}
            className="flex items-center gap-1.5 border-t-3 border-flow px-3 pt-2 font-semibold"
          >
            <FlowIcon flow={id} /> {title}
          </span>
        ))}
        <span className="px-3 pt-2.5 text-xs text-dim">What stops it</span>
      </div>
      {attackGroups.map((group) => (
        <Group key={group} title={group} rows={rows.filter((row) => row.group === group)} {...{ played, defended }} />
      ))}
      <WeaknessSwitches on={on} />
    </section>
  );
}

type GroupProps = Pick<AttacksProps, "rows"> & {
  readonly title: string;
  readonly played: PlayedHere;
  readonly defended: Defended;
};

function Group({ title, rows, played, defended }: GroupProps) {
  const { flows } = useLab();
  if (rows.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2 className="mt-5 border-b border-strong pb-1 text-xs font-normal text-dim">{title}</h2>
      <ul>
        {rows.map(({ id, href, title: name, words, stops, cells, plays }) => (
          <li key={id} className={`border-b border-line py-2 @4xl:border-0 @4xl:py-1 ${columns}`}>
            <div className="py-1.5">
              <Link href={href} prefetch={false} className="font-semibold hover:underline">
                {name}
              </Link>
              <p className="text-xs text-dim">
                {words}
                {!plays && " Played in a window."}
              </p>
            </div>
            {flows.map((flow) => (
              <Cell
                key={flow.id}
                flow={flow}
                claimed={cells[flow.id]?.[defended]}
                played={played.get(keyOf({ id }, flow.id))?.[defended]}
              />
            ))}
            <p className="text-xs text-dim @4xl:self-center @4xl:px-3">
              <span className="@4xl:sr-only">What stops it: </span>
              {stops}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

const outcomeWords: Readonly<Record<AttackCell["outcome"], string>> = {
  ...{ succeeds: "SUCCEEDS", refused: "refused", stopped: "stopped", cannot: "cannot" },
  untried: "could not be tried",
};

type CellProps = {
  readonly flow: { readonly id: string; readonly title: string };
  readonly claimed: AttackCell | undefined;
  /** What came of it here; `undefined`: it was not played here. */
  readonly played: AttackCell | undefined;
};

/** In a narrow window the flow's name stands in front of each. */
function Cell({ flow, claimed, played }: CellProps) {
  const cell = played ?? claimed;
  const isAlarm = cell?.outcome === "succeeds";
  return (
    <p
      className={`flex flex-wrap gap-x-2 rounded-control px-3 py-1.5 text-13 @4xl:block ${isAlarm ? "bg-refused-ground" : ""}`}
    >
      <span className="w-28 text-dim @4xl:sr-only">{flow.title}</span>
      {cell ? (
        <>
          <span className={isAlarm ? "font-semibold text-refused" : ""}>{outcomeWords[cell.outcome]}</span>
          {played && <span className="text-xs text-dim @4xl:ml-1.5">played here</span>}
          <span className={`block text-xs wrap-anywhere text-dim ${cell.outcome === "refused" ? "font-mono" : ""}`}>
            <BreakableCode>{cell.words}</BreakableCode>
          </span>
          {claimed && claimed.outcome !== cell.outcome && (
            <span className="block text-xs text-refused">claimed: {outcomeWords[claimed.outcome]}</span>
          )}
        </>
      ) : (
        <span className="text-faint italic">not played yet</span>
      )}
    </p>
  );
}
