import ArrowRight from "lucide-react/icons/arrow-right";
import Link from "next/link";
import type { CSSProperties } from "react";
import { lifetimePresets, wholeDuration } from "@/lib/core/time.ts";
import type { VariantView } from "@/lib/lab/lab-view.ts";
import type { FlowInfo } from "../../_browser/flow-info.ts";
import { FlowIcon } from "../../_ui/flow-icon.tsx";
import { plugAt, type RaceAxis, raceAxis } from "./race-axis.ts";
import { RaceBar } from "./race-bar.tsx";
import { chipName } from "./race-heading.ts";
import { isIn, type RaceRow } from "./race-rows.ts";
import type { RaceState } from "./race-state.ts";
import { RaceVerdict } from "./race-verdict.tsx";

type RaceLanesProps = {
  /** `null`: none was started yet. */
  readonly race: RaceState | null;
  readonly rows: readonly RaceRow[];
  readonly variants: readonly VariantView[];
  readonly flows: readonly Pick<FlowInfo, "id" | "title">[];
  /** The title of the pulled plug. */
  readonly plug: string;
  /** The race has ended or was stopped, so no more checks are sent. */
  readonly isOver: boolean;
};

/** With more rows than these each row is one line. */
const mostTall = 8;

const edge = "-mx-4 px-4 sm:-mx-6 sm:px-6";
const columns =
  "grid grid-cols-[minmax(0,1fr)] items-center gap-y-1 @4xl:grid-cols-[10.5rem_minmax(0,1fr)_minmax(15rem,27rem)] @4xl:gap-x-7";

/** One row for each copied credential: its life on a linear axis, and the verdict. */
export function RaceLanes({ race, rows, variants, flows, plug, isOver }: RaceLanesProps) {
  const isPulled = rows.some(({ unused }) => unused.lane.pulled !== null);
  const now = race !== null && isPulled ? race.seconds : null;
  const axis = raceAxis(now ?? 0);
  const isTall = rows.length <= mostTall;
  return (
    <div className="mt-3">
      <Ticks axis={axis} plug={plug} now={now} stopped={isOver && race?.isDone === false} isOver={isOver} />
      <ol aria-label="Copies">
        {rows.map((row) => (
          <li
            key={`${row.variant} ${row.credential}`}
            data-flow={row.flow}
            data-variant={row.variant}
            data-credential={row.credential}
            className={`${edge} ${columns} border-t border-line py-2 @4xl:py-0 ${isTall ? "@4xl:min-h-[min(6.5rem,11.5dvh)]" : "@4xl:min-h-10"} ${isIn(row) ? "bg-refused-ground" : ""}`}
          >
            <Name row={row} variants={variants} flows={flows} isTall={isTall} />
            <RaceBar row={row} axis={axis} now={now} isOver={isOver} isTall={isTall} />
            <RaceVerdict row={row} race={race} isOver={isOver} isTall={isTall} />
          </li>
        ))}
      </ol>
      <Foot />
    </div>
  );
}

const along = (percent: number): CSSProperties => ({ insetInlineStart: `${percent}%` });

type TicksProps = {
  readonly axis: RaceAxis;
  readonly plug: string;
  readonly now: number | null;
  readonly isOver: boolean;
  readonly stopped: boolean;
};

/** A label needs so much of the axis, in percent. */
const roomOfLabel = 7;

function Ticks({ axis, plug, now, isOver, stopped }: TicksProps) {
  const latest = now === null || (isOver && !stopped) ? null : axis.at(now);
  const words = `${stopped ? "stopped" : "now"}, ${Math.floor(now ?? 0)} s`;
  const first = plugAt + plug.length * 0.8 + 2;
  const clear = (tick: number) =>
    axis.at(tick) > first && (latest === null || Math.abs(axis.at(tick) - latest) > roomOfLabel);
  return (
    <div aria-hidden="true" className={columns}>
      <div className="relative h-7 text-xs text-faint @4xl:col-start-2">
        {now !== null && (
          <>
            <span className="absolute top-1.5 max-sm:hidden">login</span>
            <span className="absolute top-1.5 whitespace-nowrap font-semibold text-ink" style={along(plugAt)}>
              {plug}
            </span>
            {axis.ticks.filter(clear).map((tick) => (
              <span
                key={tick}
                className="figures absolute top-1.5 -translate-x-1/2 whitespace-nowrap"
                style={along(axis.at(tick))}
              >
                {tick} s
              </span>
            ))}
          </>
        )}
        {latest !== null && latest > first && (
          <span
            className={`figures absolute top-1.5 whitespace-nowrap font-semibold text-ink ${latest > 93 ? "-translate-x-full" : "-translate-x-1/2"}`}
            style={along(latest)}
          >
            {words}
          </span>
        )}
      </div>
    </div>
  );
}

type NameProps = Pick<RaceLanesProps, "variants" | "flows"> & { readonly row: RaceRow; readonly isTall: boolean };

function Name({ row: { flow, variant, credential }, variants, flows, isTall }: NameProps) {
  const view = variants.find(({ id }) => id === variant);
  const title = flows.find(({ id }) => id === flow)?.title ?? flow;
  const ofFlow = variants.filter((each) => each.flow === flow).length;
  return (
    <div
      className={`min-w-0 ${isTall ? "flex flex-wrap items-center justify-between gap-x-3 gap-y-1.5 @4xl:grid @4xl:justify-start" : ""}`}
    >
      <p className="flex min-w-0 items-center gap-2">
        <FlowIcon flow={flow} className="size-4" />
        <Link
          href={`/${flow}?variant=${variant}`}
          prefetch={false}
          title={view?.summary}
          className={`truncate hover:underline ${isTall ? "text-base font-semibold tracking-[-0.01em]" : "text-13"}`}
        >
          {isTall ? title : view?.title}
          {!isTall && (view?.holds.length ?? 0) > 1 && <span className="text-dim">, {credential}</span>}
        </Link>
      </p>
      {isTall && view && (
        <p className="flex flex-wrap items-center gap-2">
          <span className="rounded-control-small border border-flow/30 bg-flow-ground px-2 py-0.5 font-mono text-xs font-semibold text-flow">
            {chipName(view, credential)}
          </span>
          {ofFlow > 1 && <span className="text-xs text-dim">{view.title}</span>}
        </p>
      )}
    </div>
  );
}

const { access, idle, absolute } = lifetimePresets.seconds;

function Foot() {
  return (
    <div className={`${edge} flex flex-wrap items-center gap-x-6 gap-y-1 border-t border-line pt-3 text-13 text-dim`}>
      <p className="min-w-0 flex-1 basis-96">
        A check once a second extends nothing; a thinner bar is a thief who uses the copy each second. A token lives{" "}
        {wholeDuration(access)}, an unused login {wholeDuration(idle)}, any login {wholeDuration(absolute)}.
      </p>
      <Link
        href="/who-still-gets-in"
        prefetch={false}
        className="inline-flex items-center gap-1.5 font-medium text-ink hover:underline"
      >
        All other events <ArrowRight className="size-3.5" aria-hidden />
      </Link>
    </div>
  );
}
