"use client";

import type { CSSProperties } from "react";
import { duration, second } from "@/lib/core/time.ts";
import type { CopiesView, CopyView } from "@/lib/lab/feed/copies-view.ts";
import type { FlowInfo } from "../_browser/flow-info.ts";
import { FlowIcon } from "../_ui/flow-icon.tsx";
import { Moment } from "../_ui/lab-time.tsx";
import { InWords } from "../_words/in-words.tsx";
import { beforePlug, type StripAxis, secondsUntil, stripAxis } from "./strip-axis.ts";
import { KeptNote, StripFrame } from "./strip-frame.tsx";
import { gotInFor, laterPlugs, type Strip, type StripRow, stripOf } from "./strip-rows.ts";
import { plugWords } from "./strip-words.ts";

export type VerdictStripProps = {
  readonly copies: CopiesView;
  readonly flows: readonly Pick<FlowInfo, "id" | "title">[];
  /** The server does not answer: what is shown is its last look. */
  readonly away: boolean;
};

/**
 * A row a credential: whether the copy that was taken at the login still gets in, for how long, and why. The server looks
 * and sends what it finds; the page asks nothing.
 */
export function VerdictStrip({ copies, flows, away }: VerdictStripProps) {
  const strip = stripOf(
    copies,
    flows.map(({ id }) => id),
  );
  const isPulled = strip.rows.some(({ copy, elsewhere }) => [copy, ...elsewhere].some(({ plugs }) => plugs.length > 0));
  return (
    <StripFrame away={away}>
      {isPulled ? <Rows rows={strip.rows} copies={copies} flows={flows} /> : strip.rows.length > 0 && <KeptNote />}
      {strip.earlier.length > 0 && <Earlier strip={strip} copies={copies} flows={flows} />}
    </StripFrame>
  );
}

type RowsProps = Pick<VerdictStripProps, "copies" | "flows"> & { readonly rows: readonly StripRow[] };

function Rows({ rows, copies, flows }: RowsProps) {
  const now = Date.parse(copies.at);
  const axis = stripAxis(
    rows.flatMap(({ copy, elsewhere }) => [copy, ...elsewhere]),
    now,
  );
  return (
    <>
      <Head rows={rows} copies={copies} axis={axis} />
      <ul>
        {rows.map((row) => (
          <Row key={row.key} row={row} now={now} axis={axis} flows={flows} plugs={copies.plugs} />
        ))}
      </ul>
    </>
  );
}

/** Where the label of the plug ends, and where one would leave the axis; in percent. */
const afterPlugLabel = 33;
const nearEnd = 88;

const along = (percent: number): CSSProperties => ({ insetInlineStart: `${percent}%` });

function Head({ rows, copies, axis }: Pick<RowsProps, "rows" | "copies"> & { axis: StripAxis }) {
  const all = rows.flatMap(({ copy, elsewhere }) => [copy, ...elsewhere]);
  const first = new Set(all.flatMap(({ plugs }) => plugs[0] ?? []));
  const [only] = copies.plugs.filter(({ id }) => first.has(id));
  const since = Math.max(0, ...all.map(({ verdict }) => verdict?.afterSeconds ?? 0));
  const kinds = new Set(copies.plugs.filter(({ id }) => first.has(id)).map(({ kind }) => kind));
  return (
    <div className="strip-head" aria-hidden="true">
      <div className="strip-axis">
        <span data-plug className="font-medium text-ink">
          {only && kinds.size === 1 ? plugWords[only.kind].label : "plug"}
        </span>
        {kinds.size === 1 && axis.at(since) > afterPlugLabel && (
          <span style={along(axis.at(since))} data-end={axis.at(since) > nearEnd || undefined} className="text-ink">
            now, {duration(since * second)}
          </span>
        )}
        {axis.ticks.map(({ seconds, words }) => (
          <span key={seconds} style={along(axis.at(seconds))}>
            {words}
          </span>
        ))}
      </div>
      <p className="strip-legend">
        <span>
          <i className="hatch-measured" /> let in, measured
        </span>
        <span>
          <i className="hatch-promised" /> still to come, if left alone
        </span>
      </p>
    </div>
  );
}

type RowProps = {
  readonly row: StripRow;
  readonly now: number;
  readonly axis: StripAxis;
  readonly flows: VerdictStripProps["flows"];
  readonly plugs: CopiesView["plugs"];
};

function Row({ row: { copy, elsewhere }, now, axis, flows, plugs }: RowProps) {
  const all = [copy, ...elsewhere];
  const title = flows.find(({ id }) => id === copy.flow)?.title ?? copy.flow;
  return (
    <li
      data-flow={copy.flow}
      data-alarm={all.some(({ alarm }) => alarm) || undefined}
      className="strip-row"
      data-testid={`copy ${copy.flow} ${copy.credential}`}
    >
      <p className="strip-flow">
        <FlowIcon flow={copy.flow} /> <span>{title}</span>
      </p>
      <p className="strip-chip">
        <span>{copy.name}</span>
      </p>
      <div className="strip-bars" aria-hidden="true">
        {all.map((each) => (
          <Bar key={each.login} copy={each} now={now} axis={axis} later={laterPlugs(each, plugs)} />
        ))}
      </div>
      {all.map((each) => (
        <Verdict key={each.login} copy={each} now={now} isElsewhere={each !== copy} />
      ))}
    </li>
  );
}

type VerdictProps = Pick<RowProps, "now"> & { readonly copy: CopyView; readonly isElsewhere?: boolean };

/** Verdict, time and reason of one copy. Of another device they stand on a line below. */
function Verdict({ copy, now, isElsewhere = false }: VerdictProps) {
  const { alarm, plugs, verdict, reason } = copy;
  return (
    <div className={isElsewhere ? "strip-elsewhere" : "strip-verdict"}>
      <p className="strip-word">
        {isElsewhere && <span className="text-dim">{copy.device}: </span>}
        <VerdictWord copy={copy} />
      </p>
      <p className="strip-time figures">
        <VerdictTime copy={copy} now={now} />
      </p>
      <p className={`strip-reason ${alarm ? "" : "text-dim"}`}>
        {reason !== null && (plugs.length > 0 || verdict?.accepted === false) && <InWords>{reason}</InWords>}
      </p>
    </div>
  );
}

function VerdictWord({ copy: { verdict, plugs, alarm } }: { copy: CopyView }) {
  if (!verdict) return <span className="text-dim">not looked at yet</span>;
  if (!verdict.accepted)
    return (
      <>
        <strong className="font-medium">refused</strong>{" "}
        <span className="font-mono text-xs text-dim">{verdict.code}</span>
      </>
    );
  if (plugs.length === 0) return <span className="text-dim">not ended</span>;
  const as = verdict.authority === "stale" || verdict.role === "admin" ? ` as ${verdict.role}` : "";
  return (
    <>
      {alarm ? (
        <strong className="strip-still">STILL IN{as}</strong>
      ) : (
        <strong className="font-medium">still in, as {verdict.role}</strong>
      )}{" "}
      <span className="whitespace-nowrap">
        until <Moment at={verdict.until} />
      </span>
    </>
  );
}

/** Looks come once a second, in seconds; a longer time between two of them was not measured. */
const oneLook = 3;

function VerdictTime({ copy, now }: { copy: CopyView; now: number }) {
  const { verdict, plugs } = copy;
  if (!verdict || plugs.length === 0) return null;
  if (verdict.accepted) return <>{duration(Date.parse(verdict.until) - now)} left</>;
  const got = gotInFor(copy);
  // Nobody looked for a while: a moved clock, or no page was open.
  if (got > 0 && (verdict.afterSeconds ?? 0) - got > oneLook)
    return <>last got in after {duration(Math.max(second, got * second))}</>;
  if (got > 0) return <>got in for {duration(Math.max(second, got * second))}</>;
  return <>after {Math.max(0.1, verdict.afterSeconds ?? 0).toFixed(1)} s</>;
}

type BarProps = {
  readonly copy: CopyView;
  readonly now: number;
  readonly axis: StripAxis;
  /** When later plugs were pulled, in seconds after the first. */
  readonly later: readonly number[];
};

/** The flow's colour up to the plug; then hatched where looks got in, and for as long as its lifetime promises. */
function Bar({ copy, now, axis, later }: BarProps) {
  const isMarked = copy.plugs.length > 0;
  const end = secondsUntil(copy, now);
  const since = copy.verdict?.afterSeconds ?? 0;
  const span = (from: number, to: number): CSSProperties => ({
    insetInlineStart: `${axis.at(from)}%`,
    inlineSize: `${Math.max(0.6, axis.at(to) - axis.at(from))}%`,
  });
  return (
    <div className="strip-bar">
      <span className="strip-before" style={{ inlineSize: isMarked ? `${beforePlug}%` : "100%" }} />
      {isMarked && (
        <>
          {copy.letIn.map(({ from, to, alarm }) => (
            <span key={from} className={alarm ? "hatch-measured" : "strip-calm"} style={span(from, to)} />
          ))}
          {end > since && (
            <span className={copy.alarm ? "hatch-promised" : "strip-calm strip-ahead"} style={span(since, end)} />
          )}
          {[...new Set([0, ...later])].map((at) => (
            <span key={at} className="strip-mark" style={along(axis.at(at))} />
          ))}
          {since > 0 && copy.verdict?.accepted && <span className="strip-now" style={along(axis.at(since))} />}
        </>
      )}
    </div>
  );
}

/** The copies of the logins before, on the same device. */
function Earlier({ strip, copies, flows }: { strip: Strip } & Pick<VerdictStripProps, "copies" | "flows">) {
  const { length } = strip.earlier;
  return (
    <details className="strip-earlier">
      <summary className="strip-note">
        <span className="underline decoration-dotted underline-offset-3">earlier ({length})</span> copies of the logins
        before, on the same device
      </summary>
      <Rows rows={strip.earlier} copies={copies} flows={flows} />
    </details>
  );
}
