import Link from "next/link";
import type { CSSProperties, ReactNode } from "react";
import type { VariantId } from "@/lib/core/ids.ts";
import { FlowIcon } from "../../_ui/flow-icon.tsx";
import { type RaceAxis, raceAxis } from "./race-axis.ts";
import { type CopyState, gotInFor, type LaneState, type RaceState, tally } from "./race-state.ts";
import { claimed, seconds, sentences } from "./race-words.ts";

type RaceLanesProps = {
  readonly race: RaceState;
  /** The race has ended or was stopped, so no more checks are sent. */
  readonly isOver: boolean;
  /** The variants whose access token is renewed by a session id instead of a refresh token. */
  readonly renewedById: readonly VariantId[];
};

/** One lane for each variant: how long its copies got in after the plug, and the code of their refusal. */
export function RaceLanes({ race, isOver, renewedById }: RaceLanesProps) {
  const axis = raceAxis(race.seconds);
  return (
    <div className="@container mt-3">
      <p className="mb-1.5 flex flex-wrap gap-x-4 text-13">
        <Tally race={race} isOver={isOver} />
        <span className="figures ml-auto text-dim">{Math.floor(race.seconds)} s after the plug</span>
      </p>
      <Ticks axis={axis} />
      <ul aria-label="Lanes" className="divide-y divide-line border-y border-line">
        {race.lanes.map((lane) => (
          <Lane key={lane.variant} lane={lane} race={race} axis={axis} isOver={isOver} />
        ))}
      </ul>
      <Legend />
      {isOver && <Told race={race} renewedById={renewedById} />}
    </div>
  );
}

function Tally({ race, isOver }: Pick<RaceLanesProps, "race" | "isOver">) {
  const { inside, refused, gotIn } = tally(race);
  const alarming = isOver ? gotIn : inside;
  return (
    <>
      {alarming > 0 && (
        <span className="font-semibold text-refused">
          {alarming} {alarming === 1 ? "copy" : "copies"} {isOver ? "got in after the plug" : "still in"}
        </span>
      )}
      {isOver && inside > 0 && <span className="text-dim">{inside} not refused</span>}
      <span className="text-dim">
        {inside === 0 ? "all " : ""}
        {refused} refused
      </span>
    </>
  );
}

/** The columns of a lane: name, credential, axis, words. On a wide page they stand on one line. */
const columns =
  "grid grid-cols-[3.25rem_minmax(0,1fr)] items-center gap-x-3 @3xl:grid-cols-[13rem_3.25rem_minmax(0,1fr)_15rem]";
const onAxis = "col-span-2 @3xl:col-span-1 @3xl:col-start-3 @3xl:row-start-1";

const along = (percent: number): CSSProperties => ({ insetInlineStart: `${percent}%` });

function Ticks({ axis }: { axis: RaceAxis }) {
  return (
    <div aria-hidden="true" className={columns}>
      <div className={`${onAxis} relative h-4 text-2xs text-faint`}>
        {axis.ticks.map((tick) => (
          <span
            key={tick}
            className={`figures absolute whitespace-nowrap ${tick > 0 ? "-translate-x-1/2" : ""}`}
            style={along(axis.at(tick))}
          >
            {tick === 0 ? "plug" : `${tick} s`}
          </span>
        ))}
      </div>
    </div>
  );
}

type LaneProps = {
  readonly lane: LaneState;
  readonly race: RaceState;
  readonly axis: RaceAxis;
  readonly isOver: boolean;
};

function Lane({ lane, race, axis, isOver }: LaneProps) {
  const flow = flowOf(lane);
  const apart = lane.copies.length > 1;
  return (
    <li data-flow={flow} className="py-1.5">
      {lane.copies.map((copy, index) => (
        <div key={copy.credential} className={columns}>
          {index === 0 && (
            <p className="col-span-2 flex min-w-0 items-center gap-1.5 text-13 @3xl:col-span-1 @3xl:row-start-1">
              <FlowIcon flow={flow} className="size-3.5" />
              <span className="truncate">{lane.variant}</span>
            </p>
          )}
          {apart && <p className="text-xs text-dim @3xl:col-start-2 @3xl:row-start-1">{copy.credential}</p>}
          <p className={`text-xs @3xl:col-span-1 @3xl:col-start-4 @3xl:row-start-1 ${apart ? "" : "col-span-2"}`}>
            <State lane={lane} copy={copy} race={race} isOver={isOver} />
          </p>
          <Bar copy={copy} axis={axis} />
        </div>
      ))}
      {lane.pulled?.code && (
        <p className="text-xs text-dim">
          The plug itself was answered{" "}
          <span className="font-mono">
            {lane.pulled.status} {lane.pulled.code}
          </span>
        </p>
      )}
    </li>
  );
}

type CopyProps = { readonly copy: CopyState; readonly isOver: boolean };

/**
 * The time after the plug in which the copy got in, in the alarm colour, also when the race is over. Hidden from screen
 * readers, because the words beside it say the same.
 */
function Bar({ copy, axis }: Pick<CopyProps, "copy"> & { axis: RaceAxis }) {
  const { verdict, claimedEnd } = copy;
  const reached = gotInFor(copy);
  return (
    <div aria-hidden="true" className={`${onAxis} relative h-4`}>
      <span className="absolute inset-x-0 top-1.25 h-1.5 overflow-hidden rounded-full bg-sunk">
        {reached !== null && (
          // The bar is as long as its track and slides in: a growing width would cost a layout for each frame. When the
          // axis grows, it jumps with it.
          <span
            key={axis.far}
            className="absolute inset-0 rounded-full bg-refused transition-transform duration-1000 ease-linear"
            style={{ transform: `translateX(${axis.at(reached) - 100}%)` }}
          />
        )}
      </span>
      {claimedEnd !== null && claimedEnd <= axis.far && (
        <span className="absolute top-0 h-4 w-px bg-ink/60" style={along(axis.at(claimedEnd))} />
      )}
      {verdict?.code && (
        <span
          className="absolute top-0.75 size-2.5 -translate-x-1/2 rounded-full border-2 border-panel bg-ink"
          style={along(axis.at(verdict.refusedAfter ?? 0))}
        />
      )}
    </div>
  );
}

/** The alarm colour marks a copy that gets in, and the time for which it got in. A refusal has the calm colour. */
function State({ lane, copy, race, isOver }: CopyProps & Pick<LaneProps, "lane" | "race">) {
  const { verdict } = copy;
  if (lane.failed) return <Calm>{`no login: ${lane.failed.status} ${lane.failed.code ?? ""}`}</Calm>;
  if (!verdict) return <Unjudged copy={copy} isOver={isOver} />;
  return (
    <>
      {verdict.code === null ? (
        <StillIn since={verdict.acceptedAfter ?? 0} authority={verdict.authority} />
      ) : (
        <span className="text-dim">
          {verdict.acceptedAfter !== null && (
            <span className="text-refused">got in for {seconds(verdict.acceptedAfter)}, </span>
          )}
          refused <span className="font-mono text-ink">{verdict.code}</span> {whenRefused(verdict.refusedAfter)}
          {verdict.authority === "stale" && ", till then with the old role"}
        </span>
      )}
      {!verdict.holds && (
        <span className="mt-0.5 block rounded bg-warn-ground px-1 text-warn">
          differs from its claim: {claimed(copy, race)}
        </span>
      )}
    </>
  );
}

function Unjudged({ copy: { sighting }, isOver }: CopyProps) {
  if (!sighting) return <Calm>{isOver ? "did not start" : "logging in…"}</Calm>;
  const { seconds: since, authority } = sighting;
  if (since === null) return <Calm>in, before the plug</Calm>;
  return isOver ? (
    <Calm>no longer asked, in at {seconds(since)}</Calm>
  ) : (
    <StillIn since={since} authority={authority} />
  );
}

function whenRefused(after: number | null): string {
  return after === null ? "before the plug" : `after ${seconds(after)}`;
}

function StillIn({ since, authority }: { since: number; authority: "current" | "stale" | null }) {
  return (
    <span className="font-semibold text-refused">
      still gets in, {Math.floor(since)} s{authority === "stale" && ", with the old role"}
    </span>
  );
}

function Calm({ children }: { children: ReactNode }) {
  return <span className="text-dim">{children}</span>;
}

function Legend() {
  return (
    <p aria-hidden="true" className="mt-1.5 flex flex-wrap gap-x-4 gap-y-1 text-2xs text-dim">
      <span className="inline-flex items-center gap-1">
        <i className="h-1.5 w-4 rounded-full bg-refused" /> the copy got in
      </span>
      <span className="inline-flex items-center gap-1">
        <i className="size-2.5 rounded-full border-2 border-panel bg-ink" /> refused
      </span>
      <span className="inline-flex items-center gap-1">
        <i className="h-3 w-px bg-ink/60" /> the claimed end
      </span>
    </p>
  );
}

/** The results in sentences, in the order of refusal. */
function Told({ race, renewedById }: Pick<RaceLanesProps, "race" | "renewedById">) {
  return (
    <section aria-label="What happened" className="mt-3">
      <h3 className="mb-1 text-13 font-semibold">What happened, the first one to be closed first</h3>
      <ol className="grid list-decimal gap-0.5 pl-5 text-13">
        {sentences(race, renewedById).map(({ lane, words }) => (
          <li key={lane.variant} data-flow={flowOf(lane)}>
            <Link
              href={`/${flowOf(lane)}?variant=${lane.variant}`}
              prefetch={false}
              className="font-medium text-flow underline decoration-1 underline-offset-2"
            >
              {lane.variant}
            </Link>
            : {words}
          </li>
        ))}
      </ol>
    </section>
  );
}

function flowOf({ variant }: Pick<LaneState, "variant">): string {
  return variant.split("/")[0] ?? "";
}
