"use client";

import { type CSSProperties, useState } from "react";
import type { FlowId } from "@/lib/core/ids.ts";
import type { LifetimeName } from "@/lib/core/time.ts";
import { duration } from "@/lib/core/time.ts";
import { Button } from "../_ui/controls/button.tsx";
import { FlowIcon } from "../_ui/flow-icon.tsx";
import { timeLeft } from "../_ui/format-time.ts";
import { useLabTime } from "../_ui/lab-time.tsx";
import { drawnAt, labelRows, rounded, spaced, standsBefore, type TimeScale, timeScale } from "./time-scale.ts";

export type TimeLineEnd = { readonly name: LifetimeName | "cookie"; readonly at: number };

export type TimeLineLane = {
  readonly flow: FlowId;
  readonly title: string;
  /** The person whose login is accepted, or the reason why there is none. */
  readonly who: string;
  readonly accepted: boolean;
  /** Ascending, on the lab's clock. */
  readonly ends: readonly TimeLineEnd[];
};

type TimeLineProps = {
  readonly lanes: readonly TimeLineLane[];
  readonly busy: boolean;
  /** How many seconds the lab's clock can still be moved. */
  readonly secondsLeft: number;
  readonly onMove: (seconds: number) => void;
};

const endWords: Readonly<Record<TimeLineEnd["name"], string>> = {
  idle: "idle end",
  absolute: "absolute end",
  access: "access token’s exp",
  refresh: "refresh token’s end",
  cookie: "cookie’s Max-Age",
};

const steps = 1000;

/**
 * Whether moving the lab's clock this far passes an end. A
 * browser deletes cookies by its own clock, which does not move.
 */
function passes({ name, at }: TimeLineEnd, now: number, ahead: number): boolean {
  return name !== "cookie" && at > now && at - now <= ahead;
}

/**
 * All ends of all live logins on one axis, with the lab's clock
 * as a handle. Drag it past an end and that login is refused.
 */
export function TimeLine({ lanes, busy, secondsLeft, onMove }: TimeLineProps) {
  const ends = lanes.flatMap((lane) => lane.ends.map(({ at }) => at));
  const [part, setPart] = useState(0);
  // While the handle is moved it is said exactly which ends that passes.
  const now = useLabTime((time) => (part === 0 ? drawnAt(time, ends) : time));
  const scale = timeScale(ends.map((at) => at - now));
  const ahead = Math.min(rounded(scale.from(part / steps)), secondsLeft * 1000);
  const seconds = Math.round(ahead / 1000);
  const move = () => {
    if (seconds === 0 || busy) return;
    onMove(seconds);
    setPart(0);
  };
  const passed = lanes.flatMap(({ title, ends: own }) =>
    own.filter((end) => passes(end, now, ahead)).map(({ name }) => `${title}: ${endWords[name]}`),
  );
  const rail = "col-span-2 @2xl:col-span-1 @2xl:col-start-2";
  return (
    <div className="@container">
      <div className="relative grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 @2xl:grid-cols-[13.5rem_minmax(0,1fr)] @5xl:grid-cols-[18rem_minmax(0,1fr)]">
        <div className={`${rail} relative h-9`}>
          <input
            type="range"
            min={0}
            max={steps}
            value={part}
            aria-label="Move the lab’s clock"
            aria-valuetext={seconds === 0 ? "now" : `${duration(ahead)} ahead`}
            className="time-handle absolute inset-x-0 top-0 w-full"
            onChange={(event) => setPart(Number(event.target.value))}
            onPointerUp={move}
            onKeyDown={(event) => {
              if (event.key === "Enter") move();
              if (event.key === "Escape") setPart(0);
            }}
          />
          <Ticks scale={scale} />
        </div>
        {lanes.map((lane) => (
          <Lane
            key={lane.flow}
            lane={lane}
            scale={scale}
            now={now}
            ahead={ahead}
            handle={part / steps}
            className={rail}
          />
        ))}
      </div>
      <div className="mt-2.5 flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1.5 text-xs text-dim">
        <Button onPress={move} busy={busy} unavailable={seconds === 0 ? "Drag the handle first." : undefined}>
          {seconds === 0 ? "Move the clock" : `Move the clock by ${duration(ahead)}`}
        </Button>
        <p className="min-w-0 flex-1 basis-60">
          {seconds === 0 && "Drag the handle to the right: the lab’s clock moves when you let go. It never moves back."}
          {seconds > 0 && passed.length === 0 && "That passes no end."}
          {passed.length > 0 && `That passes ${passed.join(", ")}.`}
        </p>
      </div>
    </div>
  );
}

/** The distance from the top in rem, for narrow and wide pages. */
function rowStyle(narrow: number, wide: number, from: number): CSSProperties {
  return { "--row": `${from + narrow * 0.875}rem`, "--row-wide": `${from + wide * 0.875}rem` };
}

const place = (part: number): CSSProperties => ({ insetInlineStart: `${part * 100}%` });

function Ticks({ scale }: { scale: TimeScale }) {
  return (
    <div aria-hidden="true" className="absolute inset-x-2 bottom-0 h-4 text-2xs text-faint">
      <span className="absolute start-0">now</span>
      {spaced(scale, 0.09).map((tick) => (
        <span key={tick} className="absolute -translate-x-1/2 whitespace-nowrap" style={place(scale.at(tick))}>
          {duration(tick)}
        </span>
      ))}
    </div>
  );
}

type LaneProps = {
  readonly lane: TimeLineLane;
  readonly scale: TimeScale;
  readonly now: number;
  readonly ahead: number;
  /** The position of the handle, from 0 to 1. */
  readonly handle: number;
  readonly className: string;
};

function Lane({ lane, scale, now, ahead, handle, className }: LaneProps) {
  const live = lane.ends.filter(({ at }) => at > now);
  const [first] = live;
  const last = live.at(-1);
  const parts = live.map(({ at }) => scale.at(at - now));
  const rows = { narrow: labelRows(parts, 0.36), wide: labelRows(parts, 0.17) };
  return (
    <>
      <p
        data-flow={lane.flow}
        className="col-span-2 mt-2 flex min-w-0 items-center gap-1.5 self-center @2xl:col-span-1 @2xl:col-start-1 @2xl:mt-0"
      >
        <FlowIcon flow={lane.flow} className="size-3.5" />
        <span className="truncate text-13">{lane.title}</span>
        <span className={`ml-auto truncate text-xs @2xl:ml-1 ${lane.accepted ? "text-dim" : "text-faint"}`}>
          {lane.who}
        </span>
      </p>
      <div
        data-flow={lane.flow}
        className={`${className} relative mx-2 h-(--row) border-b border-line @2xl:h-(--row-wide)`}
        style={rowStyle(Math.max(0, ...rows.narrow), Math.max(0, ...rows.wide), 2.5)}
      >
        <span aria-hidden="true" className="absolute inset-x-0 top-2 h-1.5 rounded-full bg-sunk" />
        {last && <Span to={scale.at(last.at - now)} faint />}
        {first && <Span to={scale.at(first.at - now)} />}
        {ahead > 0 && <span aria-hidden="true" className="absolute top-0 h-full w-px bg-ink" style={place(handle)} />}
        <ul aria-label={`Ends of ${lane.title}`}>
          {live.map((end, index) => (
            <End
              key={end.name}
              end={end}
              part={parts[index] ?? 0}
              passed={passes(end, now, ahead)}
              style={rowStyle(rows.narrow[index] ?? 0, rows.wide[index] ?? 0, 1.125)}
            />
          ))}
        </ul>
      </div>
    </>
  );
}

function Span({ to, faint = false }: { to: number; faint?: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={`absolute start-0 top-2 h-1.5 rounded-full ${faint ? "bg-flow/25" : "bg-flow"}`}
      style={{ width: `${to * 100}%` }}
    />
  );
}

type EndProps = {
  readonly end: TimeLineEnd;
  /** Its position, from 0 to 1. */
  readonly part: number;
  readonly passed: boolean;
  /** The row of its label. */
  readonly style: CSSProperties;
};

function End({ end, part, passed, style }: EndProps) {
  const left = useLabTime((now) => timeLeft(end.at - now));
  const side = standsBefore(part) ? "-translate-x-full pe-1" : "ps-1";
  return (
    <li className="absolute top-0" style={place(part)}>
      <span
        aria-hidden="true"
        className={`absolute top-1 h-3.5 w-0.5 -translate-x-1/2 ${passed ? "bg-refused" : "bg-flow"}`}
      />
      <span
        style={style}
        className={`absolute top-(--row) text-2xs whitespace-nowrap @2xl:top-(--row-wide) ${side} ${passed ? "text-refused" : "text-dim"}`}
      >
        <span className="font-medium">{end.name === "access" ? "exp" : end.name}</span>{" "}
        <span className="figures">{passed ? "passed" : left}</span>
        <span className="sr-only">, {endWords[end.name]}</span>
      </span>
    </li>
  );
}
