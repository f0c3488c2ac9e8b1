import { describe, expect, test } from "vitest";
import type { Figure, Recording } from "../../lib/features/bench/model.ts";
import { figure, measuredOverHttp, recordingOf, tookInPlace } from "../../lib/testing/bench-recording.ts";
import { compareRecordings } from "./compare-recordings.ts";
import { isSameClass } from "./machine.ts";
import { overHttpOf } from "./measure-over-http.ts";
import { reportOf } from "./report.ts";

/** The cells of the first row with this name. */
function cellsOf(report: string, section: string, name: string): readonly string[] {
  const [, part = ""] = report.split(`## ${section}`);
  const line = part.split("\n").find((each) => each.startsWith(`| ${name} |`)) ?? "";
  return line
    .split("|")
    .slice(2, -1)
    .map((cell) => cell.trim());
}

describe("the table of the bench", () => {
  test("has the target beside the result, and says which is reached", () => {
    const report = reportOf(recordingOf([{ inPlace: { hot: tookInPlace(61) } }]));
    expect(cellsOf(report, "In place", "cookie/signed").slice(0, 3)).toEqual(["61 (61 to 61)", "≤ 60", "missed"]);
    expect(cellsOf(report, "In place", "edge").slice(0, 3)).toEqual(["20 (20 to 20)", "≤ 25", "reached"]);
  });

  test("judges a session in Redis by its CPU with 16 requests in flight, and shows the waiting beside it", () => {
    const hot = tookInPlace(200, { cpu: figure(150), busy: figure(58) });
    const cells = cellsOf(
      reportOf(recordingOf([{ variant: "server-session/redis", inPlace: { hot } }])),
      "In place",
      "server-session/redis",
    );
    expect(cells.slice(0, 3)).toEqual(["58 (58 to 58) of CPU", "≤ 60", "reached"]);
    expect(cells[14]).toBe("50");
  });

  test("has the figures with a read cache and with prepared reads in columns of their own", () => {
    const rows = [
      { variant: "server-session/sql", inPlace: { hot: tookInPlace(300) } },
      { variant: "server-session/sql", condition: "read-cache", inPlace: { hot: tookInPlace(55) } },
      { variant: "server-session/sql", condition: "prepared-reads", inPlace: { hot: tookInPlace(121) } },
    ] as const;
    const cells = cellsOf(reportOf(recordingOf(rows)), "In place", "server-session/sql");
    expect(cells.slice(0, 9)).toEqual([
      ...["300 (300 to 300)", "≤ 350", "reached", "55 (55 to 55)", "≤ 60", "reached"],
      ...["121 (121 to 121)", "≤ 120", "missed"],
    ]);
    const without = cellsOf(reportOf(recordingOf(rows.slice(0, 1))), "In place", "server-session/sql");
    expect(without.slice(3, 9)).toEqual(["–", "≤ 60", "–", "–", "≤ 120", "–"]);
  });

  test("calls a share missed only if the whole interval is below the target", () => {
    const at = (share: Figure) =>
      cellsOf(reportOf(recordingOf([{ overHttp: measuredOverHttp(share) }])), "Over HTTP", "cookie/signed")[2];
    expect(at(figure(0.91, 0.03))).toBe("reached");
    expect(at(figure(0.88, 0.03))).toBe("undecided");
    expect(at(figure(0.88, 0.01))).toBe("missed");
  });

  test("has other libraries only if they were measured, and says whether a variant adds a third of its peer", () => {
    const row = { overHttp: measuredOverHttp(figure(0.8), { added: figure(200) }) };
    const peers = [
      { peer: "next-auth", version: "4.5.6", overHttp: measuredOverHttp(figure(0.4), { added: figure(700) }) },
    ];
    expect(cellsOf(reportOf(recordingOf([row], { peers })), "Beside other libraries", "cookie/signed")).toEqual([
      ...["200 (200 to 200)", "next-auth 4.5.6", "700 (700 to 700)", "3.5", "≥ 3", "reached"],
    ]);
    expect(reportOf(recordingOf([row]))).not.toContain("other libraries");
  });

  test("shows the bytes of each request and its answer", () => {
    const wire = { login: { sent: 210, received: 900 }, hot: { sent: 480, received: 700 } };
    expect(cellsOf(reportOf(recordingOf([{ wire }])), "On the wire", "cookie/signed")).toEqual([
      ...["210 + 900", "480 + 700", "–", "–"],
    ]);
  });
});

describe("a check against the recording", () => {
  const recorded = recordingOf([{ inPlace: { hot: tookInPlace(60) }, overHttp: measuredOverHttp(figure(0.9)) }]);
  const now = (took: number, share: number, more: Partial<Recording> = {}) =>
    recordingOf([{ inPlace: { hot: tookInPlace(took) }, overHttp: measuredOverHttp(figure(share)) }], more);

  test("finds a ratio that is a third worse, and no smaller one", () => {
    expect(compareRecordings(now(79, 0.61), recorded).worse).toEqual([]);
    expect(compareRecordings(now(81, 0.59), recorded).worse).toEqual([
      { what: "cookie/signed, share of bare", recorded: 0.9, now: 0.59 },
      { what: "cookie/signed, hot in place, times the edge", recorded: 3, now: 4.05 },
    ]);
  });

  test("takes a machine that is slower in everything for what it is", () => {
    expect(compareRecordings(now(120, 0.9, { edge: tookInPlace(40) }), recorded).worse).toEqual([]);
  });

  test("leaves out what only one of them has", () => {
    const other = recordingOf([{ variant: "cookie/plain", inPlace: { hot: tookInPlace(900) } }]);
    expect(compareRecordings(other, recorded).compared).toBe(0);
    const prepared = recordingOf([{ condition: "prepared-reads", inPlace: { hot: tookInPlace(900) } }]);
    expect(compareRecordings(prepared, recorded).compared).toBe(0);
    expect(compareRecordings(now(60, 0.9, { edge: null }), recorded).compared).toBe(1);
  });

  test("says whether the recording is of the same class of machine", () => {
    const machine = { cpu: "A processor", cores: 2, node: "v24.21.0" };
    expect(compareRecordings(now(60, 0.9, { machine }), recorded).sameClass).toBe(true);
    expect(isSameClass(machine, { ...machine, cores: 4 })).toBe(false);
    expect(isSameClass(machine, { ...machine, node: "v26.0.0" })).toBe(false);
    expect(isSameClass(machine, { ...machine, cpu: "Another" })).toBe(false);
  });
});

test("a variant's share and what it adds are of rounds beside the bare route, not of medians of either", () => {
  const load = { answered: 1000, p50: 1, p99: 2, redis: null };
  const round = (own: number, bare: number) => ({
    round: { ...load, perSecond: own, cpu: 1e6 / own },
    bare: { ...load, perSecond: bare, cpu: 1e6 / bare },
  });
  // The machine became half as fast: each ratio is the same.
  const measured = overHttpOf([round(500, 1000), round(250, 500), round(400, 800)]);
  expect(measured.share).toEqual({ median: 0.5, low: 0.5, high: 0.5 });
  expect(measured.added.median).toBe(1250);
  expect(measured.redis).toBeNull();
});
