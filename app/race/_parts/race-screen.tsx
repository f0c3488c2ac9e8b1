"use client";

import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import type { VariantId } from "@/lib/core/ids.ts";
import { writeParameters } from "../../_browser/address.ts";
import { believesTokenAlone } from "../../_browser/flow-info.ts";
import { useLab } from "../../_browser/lab-provider.tsx";
import { Card } from "../../_ui/card.tsx";
import { LazyRaceLanes } from "./lazy-race.tsx";
import { RaceChooser, type RacePlugInfo } from "./race-chooser.tsx";
import { type RaceState, tally } from "./race-state.ts";
import { useRace } from "./use-race.ts";

/** The choices that a link to a race can carry: a plug, and variants other than one of each kind. */
export type LinkedRace = { readonly plug: string | null; readonly lanes: readonly string[] };

type RaceScreenProps = { readonly plugs: readonly RacePlugInfo[]; readonly linked: LinkedRace };

/**
 * Alice logs in with each chosen variant, one plug is pulled, and lanes show in real time which copies still get in.
 */
export function RaceScreen({ plugs, linked }: RaceScreenProps) {
  const { view, flows } = useLab();
  const { race, isRunning, problem, start, stop } = useRace();
  const [plugId, setPlug] = useState(linked.plug);
  const [lanes, setLanes] = useState(linked.lanes);
  const plug = plugs.find(({ id }) => id === plugId) ?? plugs.find(({ id }) => id === usual) ?? plugs[0];
  if (!view || !plug) return null;
  const every = view.variants.map(({ id }) => id);
  const renewedById = view.variants.filter(believesTokenAlone).map(({ id }) => id);
  const picked = every.filter((id) => lanes.includes(id) || lanes.includes("all"));
  const chosen = lanes.length === 0 ? plug.kinds : picked;

  const choose = (variants: readonly VariantId[]) => {
    const isKinds = variants.join() === every.filter((id) => plug.kinds.includes(id)).join() || variants === plug.kinds;
    const next = isKinds
      ? []
      : variants.length === every.length
        ? ["all"]
        : variants.length === 0
          ? ["none"]
          : variants;
    setLanes(next);
    writeParameters({ lane: next });
  };
  return (
    <div id="race">
      <Card title="The race" label="The race" note="a read-only check asks for each copy, and extends no login">
        <p className="mb-2.5 max-w-[110ch] text-13 text-dim">
          Alice logs in with {runnersOf(chosen, plug.kinds, every)}, each in its own lab with lifetimes of seconds. Her
          credentials are copied, and one plug is pulled for all of them. Each copy is then checked once a second, until
          it is refused or has outlived all lifetimes, for two minutes at most. A page plays all variants and all events
          on the lab’s clock:{" "}
          <Link href="/who-still-gets-in" prefetch={false} className="underline underline-offset-2">
            Who still gets in?
          </Link>
        </p>
        <RaceChooser
          plugs={plugs}
          plug={plug}
          onPlug={(id) => {
            setPlug(id);
            writeParameters({ plug: [id] });
          }}
          flows={flows}
          variants={view.variants}
          chosen={chosen}
          onChoose={choose}
          isRunning={isRunning}
          onStart={() => start({ plug: plug.id, variants: chosen })}
          onStop={stop}
        />
        {problem && (
          <p role="alert" className="mt-2 rounded-lg bg-refused-ground px-2.5 py-1.5 text-xs text-refused">
            No race: <span className="font-mono font-semibold">{problem.code}</span>
            <span className="block text-ink">{problem.detail}</span>
          </p>
        )}
        {race && <LazyRaceLanes race={race} isOver={!isRunning} renewedById={renewedById} />}
        <Announcer race={race} isRunning={isRunning} />
      </Card>
    </div>
  );
}

/** The chosen variants, in words. */
function runnersOf(chosen: readonly VariantId[], kinds: readonly VariantId[], every: readonly VariantId[]): string {
  const { length } = chosen;
  if (length === 0) return "the variants that you choose";
  if (length === 1) return `the one variant ${chosen[0]}`;
  if (length === every.length) return `all ${length} variants`;
  if (length === kinds.length && kinds.every((id) => chosen.includes(id))) {
    return `${length} of ${every.length} variants, one of each kind for this plug`;
  }
  return `the ${length} of ${every.length} variants that you chose`;
}

/** The first plug: it shows a difference between most variants. */
const usual = "replay-after-logout";

/**
 * The least time between two announcements, in milliseconds. Refusals
 * come in groups, and a screen reader cannot read all of them.
 */
const announceEvery = 4000;

/** Announces to screen readers how many copies are refused, at intervals. */
function Announcer({ race, isRunning }: { race: RaceState | null; isRunning: boolean }) {
  const words = race ? wordsOf(race, isRunning) : "";
  const [said, setSaid] = useState("");
  const saidAt = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, saidAt.current + announceEvery - performance.now());
    const timer = setTimeout(() => {
      saidAt.current = performance.now();
      setSaid(words);
    }, wait);
    return () => clearTimeout(timer);
  }, [words]);
  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  );
}

function wordsOf(race: RaceState, isRunning: boolean): string {
  const { inside, refused } = tally(race);
  const how = isRunning ? "" : race.isDone ? "The race is over: " : "The race was stopped: ";
  return `${how}${refused} ${refused === 1 ? "copy" : "copies"} refused, ${inside} still in.`;
}
