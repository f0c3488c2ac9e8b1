import type { VariantId } from "../../lib/core/ids.ts";
import { besidePeers } from "../../lib/features/bench/beside-peers.ts";
import {
  type BenchRow,
  type ConditionId,
  conditionIds,
  type Figure,
  type InPlace,
  type OnTheWire,
  type Recording,
} from "../../lib/features/bench/model.ts";
import { timesCheaper } from "../../lib/features/bench/peers.ts";
import {
  type Asked,
  askedOf,
  edgeTarget,
  judgedOf,
  judgeInPlace,
  judgeShare,
  type Target,
  targets,
} from "../../lib/features/bench/targets.ts";
import { flows } from "../../lib/flows/registry.ts";

/** The recording as Markdown: each target beside its result, and what stands behind it. */
export function reportOf(recording: Recording): string {
  return [
    `# Bench of ${recording.at.slice(0, 10)}`,
    methodOf(recording),
    "## In place: `GET me`, µs a request, the edge included",
    inPlaceTable(recording),
    "## Over HTTP: `GET me`, hot, 16 requests in flight",
    overHttpTable(recording),
    "## Login, refresh, revoke: in place, µs a request",
    actsTable(recording),
    "## On the wire: bytes sent and received",
    wireTable(recording),
    ...(recording.peers
      ? ["## Beside other libraries: µs of CPU that `GET me` adds, over HTTP", peersTable(recording)]
      : []),
  ]
    .join("\n\n")
    .concat("\n");
}

function methodOf({ machine, load, method }: Recording): string {
  const { inPlace, overHttp } = method;
  return [
    `${machine.cpu}, ${machine.cores} cores, Node.js ${machine.node}. Load ${load.map(whole(1)).join(" before, ")} after.`,
    `In place: ${inPlace.requests} requests a round, medians of ${inPlace.rounds} rounds; cold: ${inPlace.logins} logins in turn.`,
    `Over HTTP: ${overHttp.rounds} rounds of ${overHttp.seconds} s, median and 95 % interval by bootstrap.`,
    "A dash: not measured, not asked, or the variant has no such request.",
  ].join(" ");
}

function inPlaceTable({ edge, rows }: Recording): string {
  const head = [
    ...["", "hot", "target", "", "with read cache", "target", "", "with prepared reads", "target", ""],
    ...["cold", "target", "", "p50", "p99", "waiting", "inner", "SQL", "Redis"],
  ];
  const edgeRow = edge && [
    ...["edge", interval(edge.took), `≤ ${edgeTarget}`, judgeInPlace(edge.took, edgeTarget)],
    ...[
      dash,
      dash,
      dash,
      dash,
      dash,
      dash,
      dash,
      dash,
      dash,
      whole(0)(edge.p50),
      whole(0)(edge.p99),
      dash,
      dash,
      dash,
      dash,
    ],
  ];
  return table(head, [...(edgeRow ? [edgeRow] : []), ...variantsOf(rows).map((variant) => inPlaceRow(variant, rows))]);
}

function inPlaceRow(variant: VariantId, rows: readonly BenchRow[]): readonly string[] {
  const { hot, cold } = rowOf(rows, variant, "usual")?.inPlace ?? {};
  return [
    variant,
    ...conditionIds.flatMap((condition) => hotCells(rowOf(rows, variant, condition), askedOf(variant, condition))),
    ...judged(cold?.took, askedOf(variant, "usual")?.cold ?? null),
    hot ? whole(0)(hot.p50) : dash,
    hot ? whole(0)(hot.p99) : dash,
    hot ? whole(0)(Math.max(0, hot.took.median - hot.cpu.median)) : dash,
    innerCell(hot, targets[variant]),
    hot ? whole(0)(hot.trips.statements) : dash,
    hot ? whole(0)(hot.trips.commands) : dash,
  ];
}

function hotCells(row: BenchRow | undefined, asked: Asked | null): readonly string[] {
  const hot = row?.inPlace.hot;
  const figure = hot && asked ? judgedOf(hot, asked) : hot?.took;
  const cells = judged(figure ?? undefined, asked?.hot.most ?? null);
  return figure && asked?.hot.of === "busy" ? [`${cells[0]} of CPU`, ...cells.slice(1)] : cells;
}

function innerCell(hot: InPlace | undefined, target: Target | undefined): string {
  if (!hot || hot.inner === null) return dash;
  return target?.inner ? `${whole(0)(hot.inner)} of ≤ ${target.inner}` : whole(0)(hot.inner);
}

function judged(figure: Figure | undefined, most: number | null): readonly string[] {
  const asked = most === null ? dash : `≤ ${most}`;
  if (!figure) return [dash, asked, dash];
  return [interval(figure), asked, most === null ? dash : judgeInPlace(figure, most)];
}

function overHttpTable({ bare, rows }: Recording): string {
  const head = [
    ...["", "share of bare", "target", "", "with read cache", "target", "", "with prepared reads", "target", ""],
    ...["adds µs", "Redis µs", "a second", "p50 ms", "p99 ms"],
  ];
  const bareRow = bare && [
    ...["bare route", "1.00", dash, dash, dash, dash, dash, dash, dash, dash, `(${interval(bare.cpu)})`, dash],
    ...[interval(bare.perSecond), whole(1)(bare.p50), whole(1)(bare.p99)],
  ];
  const body = variantsOf(rows).map((variant) => {
    const own = rowOf(rows, variant, "usual")?.overHttp;
    return [
      variant,
      ...conditionIds.flatMap((condition) => shareCells(rowOf(rows, variant, condition), askedOf(variant, condition))),
      own ? interval(own.added) : dash,
      own?.redis ? interval(own.redis) : dash,
      own ? interval(own.perSecond) : dash,
      own ? whole(1)(own.p50) : dash,
      own ? whole(1)(own.p99) : dash,
    ];
  });
  return table(head, [...(bareRow ? [bareRow] : []), ...body]);
}

function shareCells(row: BenchRow | undefined, asked: Asked | null): readonly string[] {
  const least = asked?.share ?? null;
  const target = least === null ? dash : `≥ ${least}`;
  if (!row?.overHttp) return [dash, target, dash];
  return [interval(row.overHttp.share, 2), target, least === null ? dash : judgeShare(row.overHttp, least)];
}

function actsTable({ rows }: Recording): string {
  const acts = ["login", "refresh", "revoke"] as const;
  const head = ["", ...acts.flatMap((act) => [`${act}: p50`, "p99", "CPU", "SQL"])];
  const cells = (measured: InPlace | undefined) =>
    measured
      ? [measured.p50, measured.p99, measured.cpu.median, measured.trips.statements].map(whole(0))
      : [dash, dash, dash, dash];
  return table(
    head,
    usual(rows).map(({ variant, inPlace }) => [variant, ...acts.flatMap((act) => cells(inPlace[act]))]),
  );
}

function wireTable({ rows }: Recording): string {
  const calls = ["login", "hot", "refresh", "revoke"] as const;
  const head = ["", ...calls.map((call) => (call === "hot" ? "me" : call))];
  const cell = (wire: OnTheWire | undefined) => (wire ? `${wire.sent} + ${wire.received}` : dash);
  return table(
    head,
    usual(rows).map(({ variant, wire }) => [variant, ...calls.map((call) => cell(wire[call]))]),
  );
}

function peersTable(recording: Recording): string {
  const head = ["", "adds µs", "its peer", "adds µs", "times", "target", ""];
  const rows = besidePeers(
    recording,
    flows.map(({ manifest }) => manifest),
  ).flatMap(({ title, version, added, variants }) =>
    variants.map((own) => [
      ...[own.variant, interval(own.added), `${title} ${version}`, interval(added)],
      ...[own.times === null ? dash : own.times.toFixed(1), `≥ ${timesCheaper}`, own.verdict],
    ]),
  );
  return table(head, rows);
}

const usual = (rows: readonly BenchRow[]) => rows.filter(({ condition }) => condition === "usual");
const variantsOf = (rows: readonly BenchRow[]) => [...new Set(rows.map(({ variant }) => variant))];
const rowOf = (rows: readonly BenchRow[], variant: VariantId, condition: ConditionId) =>
  rows.find((row) => row.variant === variant && row.condition === condition);

const dash = "–";
const whole = (digits: number) => (value: number) => value.toFixed(digits);

function interval({ median, low, high }: Figure, digits = 0): string {
  const shown = whole(digits);
  return `${shown(median)} (${shown(low)} to ${shown(high)})`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "--")), ...rows.map(line)].join("\n");
}
