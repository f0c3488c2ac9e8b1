import { describe, expect, test } from "vitest";
import type { VariantId } from "../../core/ids.ts";
import { flows } from "../../flows/registry.ts";
import { figure, measuredOverHttp, recordingOf as recordingWith, tookInPlace } from "../../testing/bench-recording.ts";
import { barsOf, reachedOf, refusalCosts } from "./bars.ts";
import { besidePeers } from "./beside-peers.ts";
import { conditionsIn } from "./conditions.ts";
import type { BenchRow, Figure, OverHttp, Recording } from "./model.ts";
import { judgeSentences } from "./sentences.ts";

const manifests = flows.map(({ manifest }) => manifest);

const took = (microseconds: number) => tookInPlace(microseconds, { busy: null });

function overHttp(share: Figure, perSecond = figure(1200), added = figure(300)): OverHttp {
  return measuredOverHttp(share, { perSecond, added });
}

type Given = Partial<Pick<BenchRow, "inPlace" | "overHttp">>;

function recordingOf(given: Readonly<Record<VariantId, Given>>, bare = figure(1500)): Recording {
  const rows = Object.entries(given).map(([variant, row]) => ({ ...row, variant: variant as VariantId }));
  return recordingWith(rows, { bare: { cpu: figure(700), perSecond: bare, p50: 9, p99: 12 } });
}

const verdictOn = (words: RegExp, recording: Recording) =>
  judgeSentences(recording).find(({ sentence }) => words.test(sentence))?.verdict;

describe("a sentence of the field", () => {
  test("is not judged by what was not measured", () => {
    expect(judgeSentences(recordingOf({})).map(({ verdict }) => verdict)).toEqual(Array(4).fill("not measured"));
  });

  test("on verifying a JWT is judged by tokens that are seen for the first time, in each algorithm", () => {
    const cold = (hs256: number, eddsa: number, es256: number) =>
      recordingOf({
        "memory-jwt/hs256": { inPlace: { cold: took(hs256), hot: took(1) } },
        "memory-jwt/rotating": { inPlace: { cold: took(eddsa), hot: took(1) } },
        "memory-jwt/es256": { inPlace: { cold: took(es256), hot: took(1) } },
      });
    expect(verdictOn(/JWT takes/, cold(200, 390, 999))).toBe("confirmed");
    expect(verdictOn(/JWT takes/, cold(200, 390, 1000))).toBe("limited");
    expect(verdictOn(/JWT takes/, cold(1200, 1390, 1000))).toBe("refuted");
  });

  test("on looking up a session is judged by every store outside of the process", () => {
    const hot = (sql: number, redis: number, file: number) =>
      recordingOf({
        "server-session/sql": { inPlace: { hot: took(sql) } },
        "server-session/redis": { inPlace: { hot: took(redis) } },
        "server-session/file": { inPlace: { hot: took(file) } },
      });
    expect(verdictOn(/look-up/, hot(1300, 1100, 4000))).toBe("confirmed");
    expect(verdictOn(/look-up/, hot(1300, 600, 400))).toBe("limited");
    expect(verdictOn(/look-up/, hot(350, 180, 300))).toBe("refuted");
  });

  test("on SQL at a thousand requests a second is not decided where the framework alone does not answer so many", () => {
    const sql = (perSecond: number, bare: number) =>
      recordingOf(
        { "server-session/sql": { overHttp: overHttp(figure(0.5), figure(perSecond, 20)) } },
        figure(bare, 20),
      );
    expect(verdictOn(/thousand/, sql(1100, 1500))).toBe("refuted");
    expect(verdictOn(/thousand/, sql(800, 1500))).toBe("confirmed");
    expect(verdictOn(/thousand/, sql(400, 900))).toBe("undecided");
  });

  test("on MessagePack is refuted where even a session without any encoding costs more than a JWT", () => {
    const shares = (session: Figure, token: Figure) =>
      recordingOf({
        "server-session/memory": { overHttp: overHttp(session) },
        "memory-jwt/rotating": { overHttp: overHttp(token) },
      });
    expect(verdictOn(/MessagePack/, shares(figure(0.4, 0.05), figure(0.6, 0.05)))).toBe("refuted");
    expect(verdictOn(/MessagePack/, shares(figure(0.55, 0.05), figure(0.6, 0.05)))).toBe("undecided");
    // It is faster without either.
    expect(verdictOn(/MessagePack/, shares(figure(0.8, 0.05), figure(0.6, 0.05)))).toBe("limited");
  });
});

describe("the charts of the bench", () => {
  const recording = recordingOf({
    "cookie/signed": {
      inPlace: { hot: took(50), login: took(40_000) },
      overHttp: overHttp(figure(0.95), figure(1400), figure(40)),
    },
    "server-session/sql": {
      inPlace: { hot: took(360) },
      overHttp: overHttp(figure(0.6), figure(900), figure(500)),
    },
    "memory-jwt/rotating": { overHttp: overHttp(figure(0.7), figure(1000), figure(300)) },
  });
  const bars = (measure: "over-http" | "in-place", action: "hot" | "login" = "hot") =>
    barsOf(recording, manifests, { measure, action, condition: "usual" });

  test("over HTTP: what a share leaves of the bare route's CPU stands beside what was added", () => {
    const [cookie, session] = bars("over-http").flatMap((group) => group.bars);
    expect([cookie?.figure.median, Math.round(cookie?.target ?? 0), cookie?.verdict]).toEqual([40, 78, "reached"]);
    // A statement a request: nine tenths are asked of it with a read cache only.
    expect([session?.target, session?.verdict]).toEqual([null, null]);
    expect(reachedOf(bars("over-http"))).toEqual({ reached: 1, undecided: 0, of: 2 });
  });

  test("offer a condition only if the recording has it", () => {
    expect(Object.keys(conditionsIn(recording))).toEqual(["usual"]);
    const session = { variant: "server-session/sql" } as const;
    const whole = recordingWith([
      { ...session, condition: "prepared-reads" },
      { ...session, condition: "read-cache" },
      { ...session, condition: "usual" },
    ]);
    expect(Object.keys(conditionsIn(whole))).toEqual(["usual", "read-cache", "prepared-reads"]);
  });

  test("with prepared reads: a statement's target is another one, and what is asked to be quick is asked it still", () => {
    const measured = {
      inPlace: { hot: took(110) },
      overHttp: overHttp(figure(0.8)),
      condition: "prepared-reads",
    } as const;
    const prepared = recordingWith([
      { ...measured, variant: "server-session/sql" },
      { ...measured, variant: "server-session/memory" },
    ]);
    const verdicts = (measure: "over-http" | "in-place") =>
      barsOf(prepared, manifests, { measure, action: "hot", condition: "prepared-reads" })
        .flatMap((group) => group.bars)
        .map(({ variant, verdict }) => [variant, verdict]);
    expect(verdicts("in-place")).toEqual([
      ["server-session/sql", "reached"],
      ["server-session/memory", "missed"],
    ]);
    // Nine tenths of bare are asked only where 60 µs are.
    expect(verdicts("over-http")).toEqual([
      ["server-session/sql", null],
      ["server-session/memory", "missed"],
    ]);
  });

  test("in place: only what was measured has a bar, and nothing is asked of a login", () => {
    const named = bars("in-place").flatMap((group) => group.bars.map(({ variant, verdict }) => [variant, verdict]));
    expect(named).toEqual([
      ["cookie/signed", "reached"],
      ["server-session/sql", "missed"],
    ]);
    expect(bars("in-place", "login").flatMap((group) => group.bars.map(({ verdict }) => verdict))).toEqual([null]);
  });

  test("a variant stands at the time for which a copy of it gets in after a logout", () => {
    const costs = refusalCosts(recording, manifests);
    expect(
      costs.map(({ until, exposed, variants }) => [until, exposed, variants.map(({ variant }) => variant)]),
    ).toEqual([
      ["at once", false, ["server-session/sql"]],
      ["15 min", true, ["memory-jwt/rotating"]],
      ["30 min", true, ["cookie/signed"]],
    ]);
  });
});

describe("a peer", () => {
  const at = (added: number) => overHttp(figure(0.5), figure(900), figure(added));
  const beside = (rows: readonly Partial<BenchRow>[], added: number) =>
    besidePeers(
      recordingWith(rows, { peers: [{ peer: "better-auth", version: "1.2.3", overHttp: at(added) }] }),
      manifests,
    );

  test("stands beside the variants that keep a login in such a place, with how many times less they add", () => {
    const [peer] = beside(
      [
        { variant: "server-session/sql", overHttp: at(300) },
        { variant: "hybrid/allowlist", overHttp: at(450) },
        { variant: "cookie/signed", overHttp: at(100) },
      ],
      900,
    );
    expect([peer?.title, peer?.version, peer?.added.median]).toEqual(["Better Auth", "1.2.3", 900]);
    expect(peer?.variants.map(({ variant, times, verdict }) => [variant, times, verdict])).toEqual([
      ["server-session/sql", 3, "reached"],
      ["hybrid/allowlist", 2, "missed"],
    ]);
  });

  test("is compared with a variant's figure with a read cache, if there is one", () => {
    const rows = (["usual", "read-cache"] as const).map((condition) => ({
      ...{ variant: "server-session/sql" as const, condition },
      overHttp: at(condition === "read-cache" ? 100 : 600),
    }));
    expect(beside(rows, 900)[0]?.variants.map(({ times }) => times)).toEqual([9]);
  });

  test("is not shown if it was not measured", () => {
    expect(besidePeers(recordingOf({ "server-session/sql": { overHttp: at(300) } }), manifests)).toEqual([]);
  });
});
