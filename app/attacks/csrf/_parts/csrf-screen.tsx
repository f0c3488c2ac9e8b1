"use client";

import { useState } from "react";
import { type CsrfShown, type CsrfTold, isFramedCase } from "@/lib/features/attacks/csrf/model.ts";
import type { SenderOrigins } from "@/lib/features/attacks/hosts/model.ts";
import { useLab } from "../../../_browser/lab-provider.tsx";
import { Select } from "../../../_ui/controls/select.tsx";
import { capital, numberWord } from "../../../_ui/number-words.ts";
import { AttackFrame } from "../../_parts/attack-frame.tsx";
import { AttackTitle } from "../../_parts/attack-title.tsx";
import { BrowserChoice } from "../../_parts/browser-choice.tsx";
import { PlayButton } from "../../_parts/play-button.tsx";
import type { Reach } from "../../_parts/reach.ts";
import { withTidied } from "../../_parts/use-left-play.ts";
import { useShownPlay } from "../../_parts/use-shown-play.ts";
import { AttackPanes } from "./attack-panes.tsx";
import { CaseMatrix } from "./case-matrix.tsx";
import { headingOf, playedLine } from "./csrf-heading.ts";
import { placeTitles } from "./csrf-words.ts";
import { DefenceRows } from "./defence-rows.tsx";
import { Engines } from "./engines.tsx";
import { EveryFlow } from "./every-flow.tsx";
import { leftOutLine, leftOutPlaces } from "./left-out.ts";
import { ServerAction } from "./server-action.tsx";
import { useCsrfPlay } from "./use-csrf-play.ts";

export type CsrfScreenProps = {
  /** `null`: outside lab mode nothing is shown. */
  readonly shown: CsrfShown | null;
  readonly origins: SenderOrigins;
  /** Where the page is open. */
  readonly host: string;
  readonly reach: Reach;
};

/** Requests that a page of the attacker's makes alice's browser send, and what each defence makes of them. */
export function CsrfScreen({ shown, ...props }: CsrfScreenProps) {
  return <AttackFrame>{shown && <CrossSiteRequests {...shown} {...props} />}</AttackFrame>;
}

type RequestsProps = CsrfShown & Omit<CsrfScreenProps, "shown">;

function CrossSiteRequests({ told, notPlayed, defences, recorded, action, origins, host, reach }: RequestsProps) {
  const { flows } = useLab();
  const [flow, setFlow] = useState(recorded[0]?.flow ?? "");
  const [chosen, setChosen] = useState("another-site-form");
  const { live, isPlaying, problem, hasTidied, start } = useCsrfPlay();
  const { play, choice } = useShownPlay(recorded, live);
  const cases = told[play?.flow ?? ""] ?? [];
  const attack = cases.find(({ id }) => id === chosen) ?? cases[0];
  if (!play || !attack) return null;
  const played = play.cases.find(({ id }) => id === attack.id) ?? null;
  const verdicts = play.verdicts[attack.id] ?? {};
  const leftOut = leftOutPlaces(origins, host, live, cases);
  const { calm, alarm, below } = headingOf(attack, verdicts, played, leftOut);
  const presses = cases.filter(({ id }) => isFramedCase(id)).length;
  const line = reach === "nowhere" ? null : leftOutLine(leftOut);
  return (
    <section aria-label="Cross-site requests" data-flow={play.flow}>
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-[34rem]" aria-live="polite">
          <AttackTitle calm={calm} alarm={alarm} />
          <p className="mt-1 text-dim">{below}</p>
        </div>
        <div className="flex flex-wrap items-center gap-2 max-sm:w-full">
          <label className="sr-only" htmlFor="csrf-flow">
            The flow that is attacked
          </label>
          <Select
            id="csrf-flow"
            options={flows.map(({ id, title }) => ({ value: id, label: title }))}
            value={flow}
            onChoose={setFlow}
          />
          <label className="sr-only" htmlFor="csrf-case">
            The case that is shown
          </label>
          <span className="w-52 max-w-full">
            <Select id="csrf-case" size="wide" options={optionsOf(cases)} value={attack.id} onChoose={setChosen} />
          </span>
          {live === null && <BrowserChoice id="csrf-browser" {...choice} />}
          <PlayButton
            {...{ victim: origins.victim, path: "/attacks/csrf", reach, isPlaying, hasLive: live !== null }}
            settings={["VICTIM_ORIGIN", "SIBLING_ORIGIN", "ATTACKER_ORIGIN", "OTHER_PORT_ORIGIN"]}
            onPlay={() => start(flow)}
          />
        </div>
      </div>
      <p className="mt-1 text-13 text-dim" role="status">
        {isPlaying
          ? `The attacker’s window plays every case. ${capital(numberWord(presses))} times it waits for a press: its bait lies under a page of the application.`
          : withTidied(hasTidied, playedLine(play, live !== null))}
      </p>
      {line !== null && <p className="mt-1 max-w-lead text-13 text-dim">{line}</p>}
      {problem !== null && (
        <p role="alert" className="mt-2 rounded-lg bg-refused-ground px-2.5 py-1.5 text-13 text-refused">
          {problem}
        </p>
      )}
      <AttackPanes told={attack} played={played} origins={play.origins} flows={flows} />
      <div className="mt-5 grid grid-cols-[minmax(0,1fr)] gap-6 bg-panel pt-1 pb-8 shadow-[0_0_0_100vmax_var(--panel)] [clip-path:inset(0_-100vmax_-2rem)]">
        <DefenceRows defences={defences} verdicts={verdicts} played={played} />
        {played && played.flows.length > 0 && <EveryFlow play={play} played={played} />}
        <Engines {...{ recorded, cases, defences }} />
        <CaseMatrix {...{ cases, notPlayed, defences, play }} chosen={attack.id} onChoose={setChosen} />
        <ServerAction play={action} />
      </div>
    </section>
  );
}

function optionsOf(cases: readonly CsrfTold[]) {
  return Object.entries(placeTitles).flatMap(([place, label]) => {
    const own = cases.filter((each) => each.place === place);
    return own.length > 0 ? [{ label, options: own.map(({ id, title }) => ({ value: id, label: title })) }] : [];
  });
}
