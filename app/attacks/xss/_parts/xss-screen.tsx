"use client";

import { useState } from "react";
import type { HostOrigins } from "@/lib/features/attacks/hosts/model.ts";
import type { XssPlaceTold, XssShown } from "@/lib/features/attacks/xss/model.ts";
import { Select } from "../../../_ui/controls/select.tsx";
import { AttackFrame } from "../../_parts/attack-frame.tsx";
import { AttackTitle } from "../../_parts/attack-title.tsx";
import { otherEngineLine } from "../../_parts/other-engine.ts";
import { PlayButton } from "../../_parts/play-button.tsx";
import type { Reach } from "../../_parts/reach.ts";
import { AttackPanes } from "./attack-panes.tsx";
import { DefenceTable, InjectionTable, OutlivesTable, PlaceTable } from "./tables.tsx";
import { useXssPlay } from "./use-xss-play.ts";
import { headingOf, playedLine } from "./xss-heading.ts";
import { keepingTitles, placeTitle } from "./xss-words.ts";

type ScreenProps = {
  /** `null`: outside lab mode nothing is shown. */
  readonly shown: XssShown | null;
  readonly origins: HostOrigins;
  readonly reach: Reach;
};

/** One injected script against every place of a credential, and what each defence leaves of it. */
export function XssScreen({ shown, ...props }: ScreenProps) {
  return <AttackFrame>{shown && <InjectedScript {...shown} {...props} />}</AttackFrame>;
}

type ScriptProps = XssShown & Omit<ScreenProps, "shown">;

function InjectedScript({ recorded, inFirefox, origins, reach, ...shown }: ScriptProps) {
  const { places } = shown;
  const [chosen, setChosen] = useState("memory-jwt/rotating");
  const { live, isPlaying, problem, start } = useXssPlay();
  const play = live ?? recorded;
  const place = places.find(({ id }) => id === chosen) ?? places[0];
  if (!place) return null;
  const { calm, alarm, below } = headingOf(place, play);
  return (
    <section aria-label="Injected script" data-flow={place.flow}>
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-[34rem]" aria-live="polite">
          <AttackTitle calm={calm} alarm={alarm} />
          <p className="mt-1 text-dim">{below}</p>
        </div>
        <div className="flex flex-wrap items-center gap-2 max-sm:w-full">
          <label className="sr-only" htmlFor="xss-place">
            The place that is shown
          </label>
          <span className="w-64 max-w-full">
            <Select id="xss-place" size="wide" options={optionsOf(places)} value={place.id} onChoose={setChosen} />
          </span>
          <PlayButton
            {...{ victim: origins.victim, path: "/attacks/xss", reach, isPlaying, hasLive: live !== null }}
            settings={["VULNERABLE_ORIGIN", "ATTACKER_ORIGIN"]}
            onPlay={start}
          />
        </div>
      </div>
      <p className="mt-1 text-13 text-dim" role="status">
        {isPlaying ? `A window plays every page: ${play.runs.length} so far.` : playedLine(play, live !== null)}{" "}
        {live === null && otherEngineLine(inFirefox, "page")}
      </p>
      {problem !== null && (
        <p role="alert" className="mt-2 rounded-lg bg-refused-ground px-2.5 py-1.5 text-13 text-refused">
          {problem}
        </p>
      )}
      <AttackPanes {...shown} place={place} play={play} origins={origins} />
      <div className="mt-5 grid grid-cols-[minmax(0,1fr)] gap-8 bg-panel pt-4 pb-8 shadow-[0_0_0_100vmax_var(--panel)] [clip-path:inset(0_-100vmax_-2rem)]">
        <PlaceTable {...shown} tables={play.tables} chosen={place.id} onChoose={setChosen} />
        <InjectionTable {...shown} tables={play.tables} />
        <DefenceTable {...shown} tables={play.tables} />
        <OutlivesTable {...shown} tables={play.tables} />
      </div>
    </section>
  );
}

function optionsOf(places: readonly XssPlaceTold[]) {
  return Object.entries(keepingTitles).map(([keeping, label]) => ({
    label,
    options: places
      .filter((place) => place.keeping === keeping)
      .map((place) => ({ value: place.id, label: placeTitle(place) })),
  }));
}
