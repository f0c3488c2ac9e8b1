"use client";

import { useState } from "react";
import {
  type ResidueEnd,
  type ResidueShown,
  type ResidueWay,
  residueEnds,
} from "@/lib/features/attacks/residue/model.ts";
import { ButtonLink } from "../../../_ui/controls/button.tsx";
import { Segmented } from "../../../_ui/controls/segmented.tsx";
import { Select } from "../../../_ui/controls/select.tsx";
import { AttackFrame } from "../../_parts/attack-frame.tsx";
import { AttackTitle } from "../../_parts/attack-title.tsx";
import { BrowserChoice } from "../../_parts/browser-choice.tsx";
import { PlayButton } from "../../_parts/play-button.tsx";
import type { Reach } from "../../_parts/reach.ts";
import { withTidied } from "../../_parts/use-left-play.ts";
import { useShownPlay } from "../../_parts/use-shown-play.ts";
import { DefenceRows } from "./defence-rows.tsx";
import { Engines } from "./engines.tsx";
import { EveryFlow } from "./every-flow.tsx";
import { headingOf, playedLine } from "./residue-heading.ts";
import { ResiduePanes } from "./residue-panes.tsx";
import { endTitles } from "./residue-words.ts";
import { useResiduePlay } from "./use-residue-play.ts";
import { WayMatrix } from "./way-matrix.tsx";

type ScreenProps = {
  /** `null`: outside lab mode nothing is shown. */
  readonly shown: ResidueShown | null;
  readonly victim: string;
  readonly reach: Reach;
};

/** What is still seen after a login has ended, in each way, and what each defence makes of it. */
export function ResidueScreen({ shown, ...props }: ScreenProps) {
  return <AttackFrame>{shown && <Residue {...shown} {...props} />}</AttackFrame>;
}

type ResidueProps = ResidueShown & Omit<ScreenProps, "shown">;

function Residue({ ways, defences, pages, recorded, victim, reach }: ResidueProps) {
  const [end, setEnd] = useState<ResidueEnd>("logout");
  const [way, setWay] = useState<ResidueWay>("back");
  const { live, playing, problem, hasTidied, start } = useResiduePlay();
  const { play, choice } = useShownPlay(recorded, live);
  const told = ways.find(({ id }) => id === way) ?? ways[0];
  if (!play || !told) return null;
  const usual = play.walks.find((each) => each.end === end)?.flow ?? "";
  const walks = play.walks.filter((each) => each.end === end && each.flow === usual);
  const { calm, alarm, below } = headingOf(play, walks, told, end);
  return (
    <section aria-label="Residue" data-flow={usual}>
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-[34rem]" aria-live="polite">
          <AttackTitle calm={calm} alarm={alarm} />
          <p className="mt-1 text-dim">{below}</p>
        </div>
        <div className="flex flex-wrap items-center gap-2 max-sm:w-full">
          <label className="sr-only" htmlFor="residue-way">
            The way that is shown
          </label>
          <Select
            id="residue-way"
            options={ways.map(({ id, title }) => ({ value: id, label: title }))}
            value={way}
            onChoose={(id) => setWay(id as ResidueWay)}
          />
          {live === null && <BrowserChoice id="residue-browser" {...choice} />}
          <PlayButton
            {...{ victim, path: "/attacks/residue", reach, isPlaying: playing !== null, hasLive: live !== null }}
            settings={["VICTIM_ORIGIN"]}
            onPlay={start}
          />
        </div>
      </div>
      <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Segmented
          legend="What ends the login"
          options={residueEnds.map((value) => ({ value, label: endTitles[value] }))}
          chosen={end}
          onChoose={setEnd}
        />
        <p className="text-13 text-dim" role="status">
          {playing
            ? `The window plays ${playing.done} of ${playing.of}. Leave it in front.`
            : withTidied(hasTidied, playedLine(play, live !== null))}
        </p>
        {live !== null && playing === null && (
          <ButtonLink
            href={`data:application/json,${encodeURIComponent(JSON.stringify(live))}`}
            download="residue.json"
          >
            Keep this play
          </ButtonLink>
        )}
      </div>
      {problem !== null && (
        <p role="alert" className="mt-2 rounded-lg bg-refused-ground px-2.5 py-1.5 text-13 text-refused">
          {problem}
        </p>
      )}
      <ResiduePanes {...{ play, walks, told, end, pages, victim, playing }} />
      <div className="mt-5 grid grid-cols-[minmax(0,1fr)] gap-6 bg-panel pt-1 pb-8 shadow-[0_0_0_100vmax_var(--panel)] [clip-path:inset(0_-100vmax_-2rem)]">
        <DefenceRows {...{ defences, play, walks, way }} />
        <WayMatrix {...{ ways, defences, play, walks, chosen: way, onChoose: setWay }} end={endTitles[end]} />
        <Engines {...{ ways, defences, recorded, end }} />
        <EveryFlow play={play} ways={ways} />
      </div>
    </section>
  );
}
