import type { BenchBar, BenchGroup, Figure } from "@/lib/features/bench/model.ts";
import { type BarScale, scaleOf } from "./bar-scale.ts";
import type { BenchChoice } from "./bench-choice.ts";

type BarChartProps = {
  readonly groups: readonly BenchGroup[];
  readonly choice: BenchChoice;
  /** What the settings under which this was measured do. */
  readonly about: string | null;
  /** CPU of the bare route. */
  readonly bare: Figure | null;
  readonly edge: { readonly figure: Figure; readonly target: number } | null;
};

/** A table of which one column is drawn: what is drawn stands in words beside it. */
export function BarChart({ groups, choice, about, bare, edge }: BarChartProps) {
  const overHttp = choice.measure === "over-http";
  const bars = groups.flatMap((group) => group.bars);
  const scale = scaleOf(bars.map(({ figure }) => figure));
  if (bars.length === 0) return <p className="text-dim">The last run of the bench did not measure this.</p>;
  const own: BenchBar | null =
    !overHttp && edge && choice.action === "hot"
      ? {
          ...{ variant: "the/edge", title: "The edge alone", figure: edge.figure, target: edge.target, beside: "" },
          verdict: edge.figure.median <= edge.target ? "reached" : "missed",
        }
      : null;
  return (
    <section aria-labelledby="bench-bars" className="min-w-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <h2 id="bench-bars" className="text-15 font-semibold">
          {overHttp ? "CPU that a request adds, µs" : "Time inside the process, µs a request"}
        </h2>
        <p className="bench-key">
          <span>
            <i className="bench-key-target" /> target
          </span>
          <span>
            <i className="bench-key-range" /> {overHttp ? "95 % interval" : "95 % interval of the rounds"}
          </span>
        </p>
      </div>
      {about !== null && <p className="text-xs text-dim">{about}</p>}
      <table className="bench-bars">
        <thead>
          <tr className="bench-captions">
            <th scope="col">
              <span className="sr-only">Variant</span>
            </th>
            <th scope="col" className="bench-axis">
              <span className="sr-only">drawn</span>
              <Axis scale={scale} begin={overHttp ? "bare" : "0"} />
            </th>
            <th scope="col">{overHttp ? "adds" : "takes"}</th>
            <th scope="col">target</th>
            <th scope="col">{overHttp ? "of bare" : "p99"}</th>
          </tr>
        </thead>
        {own && (
          <tbody>
            <Bar bar={own} scale={scale} adds={false} />
          </tbody>
        )}
        {groups.map(({ flow, title, bars: those }) => (
          <tbody key={flow} data-flow={flow}>
            <tr>
              <th scope="rowgroup" colSpan={5} className="bench-flow">
                {title}
              </th>
            </tr>
            {those.map((bar) => (
              <Bar key={bar.variant} bar={bar} scale={scale} adds={overHttp} />
            ))}
          </tbody>
        ))}
      </table>
      {bars.some(({ target }) => target === null) && choice.action === "hot" && (
        <p className="mt-2 text-xs text-dim">
          –: no target. Most of these ask a store, and their target is for a read cache.
        </p>
      )}
      {overHttp && bare && (
        <p className="mt-1 text-xs text-dim">
          The bare route itself takes {whole(bare.median)} µs of CPU ({whole(bare.low)} to {whole(bare.high)}).
        </p>
      )}
    </section>
  );
}

function Axis({ scale, begin }: { readonly scale: BarScale; readonly begin: string }) {
  return (
    <svg width="100%" height="16" aria-hidden="true" className="bench-ticks">
      {scale.ticks.map((tick, at) => (
        <text key={tick} x={scale.at(tick)} y="12" textAnchor={anchorOf(at, scale.ticks.length)}>
          {at === 0 ? begin : whole(tick)}
        </text>
      ))}
    </svg>
  );
}

function anchorOf(at: number, of: number): "start" | "middle" | "end" {
  if (at === 0) return "start";
  return at === of - 1 ? "end" : "middle";
}

type BarProps = { readonly bar: BenchBar; readonly scale: BarScale; readonly adds: boolean };

function Bar({ bar: { title, figure, target, verdict, beside }, scale, adds }: BarProps) {
  const [low, high] = [scale.at(figure.low), scale.at(figure.high)];
  return (
    <tr>
      <th scope="row">{title}</th>
      <td className="bench-drawn">
        <svg width="100%" height="20" aria-hidden="true">
          {scale.ticks.slice(1).map((tick) => (
            <line key={tick} x1={scale.at(tick)} x2={scale.at(tick)} y1="0" y2="20" className="bench-grid" />
          ))}
          <rect x="0" y="5" height="10" width={scale.at(figure.median)} className="bench-bar" />
          {figure.median > scale.end && (
            <text x="98%" y="15" textAnchor="end" className="bench-cut">
              {"//"}
            </text>
          )}
          {figure.low <= scale.end && (
            <g className="bench-range">
              <line x1={low} x2={high} y1="10" y2="10" />
              <line x1={low} x2={low} y1="7" y2="13" />
              {figure.high <= scale.end && <line x1={high} x2={high} y1="7" y2="13" />}
            </g>
          )}
          {target !== null && (
            <g>
              <line x1={scale.at(target)} x2={scale.at(target)} y1="2" y2="18" className="bench-halo" />
              <line x1={scale.at(target)} x2={scale.at(target)} y1="2" y2="18" className="bench-target" />
            </g>
          )}
        </svg>
      </td>
      <td>
        {adds && figure.median >= 0 ? "+" : ""}
        {whole(figure.median)}
      </td>
      <td className={verdict === "missed" ? "bench-missed" : "bench-asked"}>
        {target === null ? "–" : `${adds ? "+" : ""}${whole(target)}`}
        {verdict !== null && <small> {verdict}</small>}
      </td>
      <td>{beside}</td>
    </tr>
  );
}

const whole = (value: number) => Math.round(value).toLocaleString("en");
