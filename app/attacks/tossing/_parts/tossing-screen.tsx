"use client";

import { useState } from "react";
import type { OtherEngine } from "@/lib/features/attacks/hosts/model.ts";
import { type NamingId, namings, type TossingPlay, type TossingTold } from "@/lib/features/attacks/tossing/model.ts";
import { Segmented } from "../../../_ui/controls/segmented.tsx";
import { Select } from "../../../_ui/controls/select.tsx";
import { FlowIcon } from "../../../_ui/flow-icon.tsx";
import { AttackFrame } from "../../_parts/attack-frame.tsx";
import { AttackTitle } from "../../_parts/attack-title.tsx";
import { otherEngineLine } from "../../_parts/other-engine.ts";
import { PlayButton } from "../../_parts/play-button.tsx";
import type { Reach } from "../../_parts/reach.ts";
import { withTidied } from "../../_parts/use-left-play.ts";
import { outcomeOf } from "./outcome-of.ts";
import { headingOf, playedLine } from "./tossing-heading.ts";
import { TossingPanes } from "./tossing-panes.tsx";
import { useTossingPlay } from "./use-tossing-play.ts";
import { requestIn, WayRows } from "./way-rows.tsx";

type Shown = { readonly told: TossingTold; readonly recorded: TossingPlay; readonly inFirefox: OtherEngine };

/** `shown` is `null` outside lab mode. */
type ScreenProps = { readonly shown: Shown | null; readonly reach: Reach };

/** Cookies that a sibling subdomain plants in alice's browser, by how the application's cookie is named. */
export function TossingScreen({ shown, reach }: ScreenProps) {
  return <AttackFrame isWhite>{shown && <Tossing {...shown} reach={reach} />}</AttackFrame>;
}

function Tossing({ told, recorded, inFirefox, reach }: Shown & { readonly reach: Reach }) {
  const [flow, setFlow] = useState(told.flows[1]?.flow ?? told.flows[0]?.flow ?? "");
  const [naming, setNaming] = useState<NamingId>("plain");
  const [way, setWay] = useState("path");
  const { live, isPlaying, problem, hasTidied, start } = useTossingPlay(told.flows, told.ways);
  const play = live ?? recorded;
  const tossed = told.flows.find((each) => each.flow === flow);
  const page = told.pages[`${naming}.${way}`]?.[flow];
  if (!tossed || !page) return null;
  const request = requestIn(play, naming, way, flow);
  const { calm, alarm, below } = headingOf(naming, request);
  const hosts = { victim: hostOf(play.origins.victim), sibling: hostOf(play.origins.sibling) };
  return (
    <section aria-label="Cookie tossing" data-flow={flow}>
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-[34rem]" aria-live="polite">
          <AttackTitle calm={calm} alarm={alarm} />
          <p className="mt-1 text-dim">{below}</p>
        </div>
        <div className="flex flex-wrap items-center gap-2 max-sm:w-full">
          <label className="sr-only" htmlFor="tossing-flow">
            The flow whose cookie is planted
          </label>
          <Select
            id="tossing-flow"
            options={told.flows.map((each) => ({ value: each.flow, label: each.title }))}
            value={flow}
            onChoose={setFlow}
          />
          <Segmented
            legend="The cookie’s name begins with"
            options={namings.map(({ id, title }) => ({ value: id, label: title }))}
            chosen={naming}
            onChoose={setNaming}
          />
          <PlayButton
            {...{ victim: play.origins.victim, path: "/attacks/tossing", reach, isPlaying, hasLive: live !== null }}
            settings={["VICTIM_ORIGIN", "SIBLING_ORIGIN"]}
            onPlay={start}
          />
        </div>
      </div>
      <p className="mt-1 text-13 text-dim" role="status">
        {isPlaying ? "The sibling’s window plays every case." : withTidied(hasTidied, playedLine(play, live !== null))}
      </p>
      {problem !== null && (
        <p role="alert" className="mt-2 rounded-lg bg-refused-ground px-2.5 py-1.5 text-13 text-refused">
          {problem}
        </p>
      )}
      <TossingPanes {...{ hosts, page, request }} asks={`${tossed.method} ${tossed.path}`} lines={told.lines} />
      <WayRows ways={told.ways} play={play} flow={flow} chosen={way} onChoose={setWay} />
      <EveryFlow told={told} play={play} naming={naming} way={way} />
      <Engines inFirefox={inFirefox} />
    </section>
  );
}

function hostOf(origin: string | null): string {
  return origin === null ? "" : new URL(origin).host;
}

type EveryProps = {
  readonly told: TossingTold;
  readonly play: TossingPlay;
  readonly naming: NamingId;
  readonly way: string;
};

/** The same way against each flow's cookie. */
function EveryFlow({ told, play, naming, way }: EveryProps) {
  return (
    <section aria-label="The same way, every flow" className="@container mt-6">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-3 border-t border-strong pt-3 @2xl:grid-cols-5">
        <div>
          <h2 className="font-semibold">The same way, every flow</h2>
          <p className="text-xs text-dim">where the first one counts, and at its own edge</p>
        </div>
        {told.flows.map(({ flow, title }) => {
          const request = requestIn(play, naming, way, flow);
          return (
            <div key={flow} data-flow={flow}>
              <p className="flex items-center gap-1.5 font-semibold">
                <FlowIcon flow={flow} /> {title}
              </p>
              {request ? (
                [request.first, request.own].map((answer, at) => {
                  const { word, isAlarm } = outcomeOf(answer);
                  return (
                    <p key={at === 0 ? "first" : "own"} className="text-13">
                      <b className={`font-semibold ${isAlarm ? "text-refused" : ""}`}>{word}</b>{" "}
                      <span className="font-mono text-xs text-dim wrap-anywhere">{answer.code}</span>
                    </p>
                  );
                })
              ) : (
                <p className="text-13 text-faint italic">not played yet</p>
              )}
            </div>
          );
        })}
      </div>
    </section>
  );
}

/** What a browser test tries in both engines. */
function Engines({ inFirefox }: { readonly inFirefox: OtherEngine }) {
  return (
    <section aria-label="Where engines differ" className="mt-6 max-w-lead">
      <h2 className="font-semibold">Where engines differ</h2>
      <p className="mt-0.5 text-13 text-dim">
        <code className="font-mono text-xs text-ink wrap-anywhere">__Host-a=1; Secure; Path=/; Domain=localhost</code>,
        set by <code className="font-mono text-xs">localhost</code> itself: Chromium refuses it, since a name with
        __Host- may have no Domain. Firefox takes it: it drops a Domain that is the host’s own name and no more than a
        top level, before it looks at the prefix. Either way no other host can set it. Neither takes a cookie without a
        name that has a name in its value. {otherEngineLine(inFirefox, "case")}
      </p>
    </section>
  );
}
