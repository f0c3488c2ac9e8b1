"use client";

import { useState } from "react";
import { type FixationPlay, type PlantTold, plants } from "@/lib/features/attacks/fixation/model.ts";
import { writeParameters } from "../../../_browser/address.ts";
import { Button } from "../../../_ui/controls/button.tsx";
import { Segmented } from "../../../_ui/controls/segmented.tsx";
import { SelectField } from "../../../_ui/controls/select.tsx";
import { AttackFrame } from "../../_parts/attack-frame.tsx";
import { AttackTitle } from "../../_parts/attack-title.tsx";
import { NotPlayed } from "../../_parts/not-played.tsx";
import { useVariantPlays } from "../../_parts/use-variant-plays.ts";
import { variantOptions } from "../../_parts/variant-options.ts";
import { CaseRows } from "./case-rows.tsx";
import { headingOf } from "./fixation-heading.ts";
import type { PlantedVariant } from "./planted-variant.ts";
import { TwoWindows } from "./two-windows.tsx";

type ScreenProps = {
  readonly variants: readonly PlantedVariant[];
  /** The variant in the address. */
  readonly linked: string | null;
};

/** A session id that was planted before the login, in two windows. */
export function FixationScreen(props: ScreenProps) {
  return (
    <AttackFrame isWhite>
      <Fixation {...props} />
    </AttackFrame>
  );
}

function Fixation({ variants, linked }: ScreenProps) {
  const planted = variants.filter(({ cookie }) => cookie !== null);
  const [variant, setVariant] = useState(planted.find(({ id }) => id === linked) ?? planted[0]);
  const [plant, setPlant] = useState<PlantTold["id"]>("own");
  const [keeps, setKeeps] = useState<"new" | "kept">("kept");
  const { plays, problem, playing, start } = useVariantPlays<FixationPlay>("/api/lab/fixation");
  if (!variant) return null;
  const play = plays.get(variant.id) ?? null;
  const all = play?.tried ? play.played : [];
  const played = all.find((each) => each.plant === plant && each.keeps === (keeps === "kept")) ?? null;
  const { calm, alarm, below } = headingOf(play, played);
  const choose = (id: string) => {
    setVariant(planted.find((each) => each.id === id) ?? variant);
    writeParameters({ variant: [id] });
  };
  return (
    <section aria-label="Fixation" data-flow={variant.flow}>
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <SelectField
          label="The variant whose session id is planted"
          options={variantOptions(planted)}
          value={variant.id}
          onChoose={choose}
        />
        <Segmented
          legend="What he plants"
          legendShown
          options={plants.map(({ id }) => ({ value: id, label: id === "own" ? "his own id" : "a made-up id" }))}
          chosen={plant}
          onChoose={setPlant}
        />
        <Segmented
          legend="alice’s login"
          legendShown
          options={[
            { value: "new", label: "gives a new id" },
            { value: "kept", label: "keeps the sent id" },
          ]}
          chosen={keeps}
          onChoose={setKeeps}
        />
        <div className="ml-auto">
          <Button kind="primary" size="normal" busy={playing.includes(variant.id)} onPress={() => start([variant.id])}>
            {play ? "Play again" : "Plant it"}
          </Button>
        </div>
      </div>
      <div className="mt-5" aria-live="polite">
        <AttackTitle calm={calm} alarm={alarm} />
        <p className="mt-1 min-h-5 text-dim">{playing.length > 0 ? "Both windows are at work." : below}</p>
      </div>
      <NotPlayed problem={problem} />
      <p className="mt-3 text-13 text-dim">{plants.find(({ id }) => id === plant)?.does}</p>
      <TwoWindows cookie={variant.cookie ?? ""} played={played} />
      <CaseRows
        {...{ variants, plays }}
        isPlaying={playing.length > 1}
        onPlay={() => start(planted.map(({ id }) => id))}
      />
    </section>
  );
}
