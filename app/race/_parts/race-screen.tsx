"use client";

import { useState } from "react";
import type { VariantId } from "@/lib/core/ids.ts";
import type { LabView, VariantView } from "@/lib/lab/lab-view.ts";
import { writeParameters } from "../../_browser/address.ts";
import { believesTokenAlone, type FlowInfo } from "../../_browser/flow-info.ts";
import { useLab } from "../../_browser/lab-provider.tsx";
import { LabNotices } from "../../_header/lab-notices.tsx";
import { RaceAnnouncer } from "./race-announcer.tsx";
import { RaceControls, type RacePlugInfo } from "./race-controls.tsx";
import { headingBefore, headingOf, loggingIn } from "./race-heading.ts";
import { RaceLanes } from "./race-lanes.tsx";
import { emptyLanes, rowsOf } from "./race-rows.ts";
import { RaceTold } from "./race-told.tsx";
import { type Racing, useRace } from "./use-race.ts";

/** The choices that a link to a race can carry: a plug, and variants other than the defaults. */
type LinkedRace = { readonly plug: string | null; readonly lanes: readonly string[] };

type RaceScreenProps = { readonly plugs: readonly RacePlugInfo[]; readonly linked: LinkedRace };

/**
 * Alice logs in with each chosen variant, one plug is pulled, and rows show in real time which copies still get in.
 */
export function RaceScreen({ plugs, linked }: RaceScreenProps) {
  const lab = useLab();
  return (
    // White from edge to edge: the rows are the page.
    <div className="-mt-4.5 -mb-8 min-h-[calc(100dvh-3rem-1px)] bg-panel pt-4.5 pb-8 shadow-[0_0_0_100vmax_var(--panel)] [clip-path:inset(0_-100vmax)]">
      <div className="grid gap-4 not-empty:mb-4">
        <LabNotices lab={lab} />
      </div>
      {lab.view && <Race plugs={plugs} linked={linked} view={lab.view} flows={lab.flows} />}
    </div>
  );
}

type RaceProps = RaceScreenProps & { readonly view: LabView; readonly flows: readonly FlowInfo[] };

function Race({ plugs, linked, view, flows }: RaceProps) {
  const racing = useRace();
  const { race, isRunning, problem, start, stop } = racing;
  const { plug, choosePlug, chosen, defaults, choose } = useRaceChoice({ plugs, linked, view, flows });
  if (!plug) return null;
  const raced = race?.lanes.map(({ variant }) => variant) ?? chosen;
  const shown = view.variants.filter(({ id }) => raced.includes(id));
  return (
    <section aria-label="The race">
      <RaceControls
        plugs={plugs}
        plug={plug}
        onPlug={choosePlug}
        isPulled={race?.plug === plug.id && race.lanes.some(({ pulled }) => pulled !== null)}
        flows={flows}
        variants={view.variants}
        chosen={chosen}
        defaults={defaults}
        onChoose={choose}
        isRunning={isRunning}
        hasRun={race !== null}
        onStart={() => start({ plug: plug.id, variants: chosen, active: chosen.length <= mostWithActive })}
        onStop={stop}
      />
      <Picture racing={racing} shown={shown} plugs={plugs} flows={flows} />
      {problem && (
        <p role="alert" className="mt-2 rounded-lg bg-refused-ground px-2.5 py-1.5 text-13 text-refused">
          No race: <span className="font-mono font-semibold">{problem.code}</span>
          <span className="block text-ink">{problem.detail}</span>
        </p>
      )}
      {race && !isRunning && (
        <RaceTold race={race} renewedById={view.variants.filter(believesTokenAlone).map(({ id }) => id)} />
      )}
      <RaceAnnouncer race={race} isRunning={isRunning} />
    </section>
  );
}

type PictureProps = {
  readonly racing: Racing;
  readonly shown: readonly VariantView[];
  readonly plugs: readonly RacePlugInfo[];
  readonly flows: readonly FlowInfo[];
};

function Picture({ racing: { race, isRunning }, shown, plugs, flows }: PictureProps) {
  const isOver = race !== null && !isRunning;
  const rows = rowsOf(race ?? { lanes: emptyLanes(shown) }, isOver);
  const title = plugs.find(({ id }) => id === race?.plug)?.title ?? "";
  const seconds = Math.floor(race?.seconds ?? 0);
  const { calm, alarm, below } = race
    ? headingOf({ rows, variants: shown, plug: title, seconds, isOver })
    : isRunning
      ? loggingIn
      : headingBefore(shown.length);
  return (
    <>
      <h1 className="mt-5 text-xl font-semibold tracking-[-0.025em] text-balance sm:text-[1.875rem] sm:leading-9">
        {calm} {alarm !== "" && <span className="text-refused">{alarm}</span>}
      </h1>
      <div className="mt-1 flex min-h-5 flex-wrap items-center gap-x-4 gap-y-1 text-dim">
        <p>{below}</p>
        <Legend />
      </div>
      <RaceLanes race={race} rows={rows} variants={shown} flows={flows} plug={title} isOver={isOver} />
    </>
  );
}

function Legend() {
  return (
    <p aria-hidden="true" className="ml-auto flex flex-wrap gap-x-4 text-13">
      <span className="inline-flex items-center gap-2">
        <i className="hatch-measured h-2.5 w-6 rounded-xs" /> let in, measured
      </span>
      <span className="inline-flex items-center gap-2">
        <i className="hatch-promised h-2.5 w-6 rounded-xs" /> still to come
      </span>
    </p>
  );
}

/** Each lane is a login in a lab of its own, and an active thief needs one more. */
const mostWithActive = 8;

/** The first plug: it shows a difference between most variants. */
const usual = "replay-after-logout";

/** The chosen plug and variants. They are also written into the address. */
function useRaceChoice({ plugs, linked, view }: RaceProps) {
  const [plugId, setPlug] = useState(linked.plug);
  const [lanes, setLanes] = useState(linked.lanes);
  const plug = plugs.find(({ id }) => id === plugId) ?? plugs.find(({ id }) => id === usual) ?? plugs[0];
  const every = view.variants.map(({ id }) => id);
  const ofLab = Object.values(view.settings.defaults);
  const defaults = every.filter((id) => ofLab.includes(id));
  const kinds = plug?.kinds ?? [];
  const named = { defaults, kinds, all: every };
  const sets: readonly (readonly VariantId[])[] = lanes.map(
    (lane) => Object.entries(named).find(([name]) => name === lane)?.[1] ?? every.filter((id) => id === lane),
  );
  return {
    plug,
    defaults,
    chosen: lanes.length === 0 ? defaults : every.filter((id) => sets.some((set) => set.includes(id))),
    choosePlug(id: string) {
      setPlug(id);
      writeParameters({ plug: [id] });
    },
    choose(variants: readonly VariantId[]) {
      const next = wordsFor(variants, named);
      setLanes(next);
      writeParameters({ lane: next });
    },
  };
}

/** What stands in a link for these variants. The defaults need no word. */
function wordsFor(
  variants: readonly VariantId[],
  { defaults, kinds, all }: Readonly<Record<"defaults" | "kinds" | "all", readonly VariantId[]>>,
): readonly string[] {
  if (variants === defaults) return [];
  if (variants === kinds) return ["kinds"];
  if (variants.length === all.length) return ["all"];
  return variants.length === 0 ? ["none"] : variants;
}
