"use client";

import { type ReactNode, useState } from "react";
import type { LabView } from "@/lib/lab/lab-view.ts";
import { writeParameters } from "../../_browser/address.ts";
import { type Lab, useLab } from "../../_browser/lab-provider.tsx";
import { LabNotices } from "../../_header/lab-notices.tsx";
import { Segmented } from "../../_ui/controls/segmented.tsx";
import { PageTitle } from "../../_ui/page-title.tsx";
import type { LateClaims } from "./late-claims.tsx";
import { returns } from "./returning.ts";
import { usePlainHttp } from "./use-plain-http.ts";
import { useVanishing } from "./use-vanishing.ts";
import { VanishedQuiz } from "./vanished-quiz.tsx";
import { vanishings } from "./vanishing.ts";
import {
  DiagnosisCard,
  type PlainHttpPlace,
  PlainHttpSwitch,
  PlayedElsewhere,
  ReturnSwitches,
  VanishingSwitches,
} from "./vanishing-cards.tsx";

type VanishedScreenProps = {
  readonly plainHttp: PlainHttpPlace;
  readonly isQuiz: boolean;
  /** What the variants claim of which a late answer is played here. */
  readonly late: readonly LateClaims[];
};

/** Makes a login disappear in each known way, and diagnoses the cause from the exchange alone. */
export function VanishedScreen({ plainHttp: place, isQuiz, late }: VanishedScreenProps) {
  const lab = useLab();
  const plain = usePlainHttp();
  return (
    <>
      <LabNotices lab={lab} />
      <PageTitle
        lead={
          <>
            A login of alice disappears, in this browser and this lab. The diagnosis finds the cause from the exchange
            alone.
          </>
        }
      >
        Why did my login vanish?
      </PageTitle>
      {plain.here ? (
        <Stage
          switches={
            <VanishingSwitches
              vanishings={vanishings}
              flows={lab.flows}
              busy={undefined}
              stream={null}
              onPlay={() => {}}
            >
              <PlainHttpSwitch place={place} here={{ busy: plain.busy, onPlay: () => void plain.play() }} />
            </VanishingSwitches>
          }
          diagnosis={<DiagnosisCard diagnosis={plain.diagnosis} busy={plain.busy} halted={plain.halted} />}
        />
      ) : (
        lab.view && <Vanishings lab={lab} view={lab.view} place={place} isQuiz={isQuiz} late={late} />
      )}
    </>
  );
}

type VanishingsProps = {
  readonly lab: Lab;
  readonly view: LabView;
  readonly place: PlainHttpPlace;
} & Pick<VanishedScreenProps, "isQuiz" | "late">;

const ways = [
  { value: "known", label: "Make it vanish" },
  { value: "quiz", label: "Quiz" },
] as const;

function Vanishings({ lab, view, place, isQuiz, late }: VanishingsProps) {
  const vanished = useVanishing(lab, view);
  const [way, setWay] = useState<(typeof ways)[number]["value"]>(isQuiz ? "quiz" : "known");
  const { busy, diagnosis, halted, play, clear } = vanished;
  const choose = (next: typeof way) => {
    // What is being played is shown where it was begun.
    if (busy !== undefined) return;
    clear();
    setWay(next);
    writeParameters({ quiz: next === "quiz" ? ["on"] : [] });
  };
  const shared = { flows: lab.flows, busy, stream: lab.stream, onPlay: play };
  return (
    <>
      <div>
        <Segmented legend="Way" options={ways} chosen={way} onChoose={choose} />
      </div>
      {way === "quiz" ? (
        <VanishedQuiz vanished={vanished} flows={lab.flows} stream={lab.stream} />
      ) : (
        <Stage
          switches={
            <VanishingSwitches vanishings={vanishings} {...shared}>
              <PlainHttpSwitch place={place} here={null} />
            </VanishingSwitches>
          }
          returns={<ReturnSwitches vanishings={returns} claims={late} {...shared} />}
          diagnosis={<DiagnosisCard diagnosis={diagnosis} busy={busy !== undefined} halted={halted} />}
        />
      )}
    </>
  );
}

/** On a narrow page the diagnosis comes first, above the pressed button. */
function Stage({
  switches,
  returns,
  diagnosis,
}: {
  readonly switches: ReactNode;
  readonly returns?: ReactNode;
  readonly diagnosis: ReactNode;
}) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 @4xl:grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)] @4xl:grid-rows-[auto_1fr]">
      <div className="min-w-0 @4xl:col-start-2">{diagnosis}</div>
      <div className="grid min-w-0 gap-4 @4xl:col-start-1 @4xl:row-span-2 @4xl:row-start-1">
        {switches}
        {returns}
      </div>
      <div className="min-w-0 @4xl:col-start-2">
        <PlayedElsewhere />
      </div>
    </div>
  );
}
