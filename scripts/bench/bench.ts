/**
 * Measures what a request of each variant costs: `npm run bench`, after `npm run build`, on a quiet machine with Linux.
 *
 *   npm run bench -- [--requests 50000] [--rounds 11] [--http-rounds 15] [--seconds 2] [--logins 10000]
 *                    [--only <variant>]… [--condition <name>]… [--measure in-place,over-http]
 *                    [--peers] [--quick] [--json <file>] [--markdown <file>] [--record] [--check]
 *
 * Two measures, never mixed. In place: inside the process of `next start`, around all of our work. Over HTTP: throughput
 * and CPU beside a route of an application of its own that answers the same JSON. A condition that is about the process
 * has a server of its own, in the same rounds. `--record` writes `bench/recorded.json`. `--peers` installs other
 * libraries below `bench/peers` and measures them in the same rounds over HTTP. `--check` ends with 1 if a ratio is a
 * third worse than there, on the same class of machine.
 */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { type BenchRow, type ConditionId, conditionIds, type Recording } from "../../lib/features/bench/model.ts";
import { variants } from "../../lib/flows/registry.ts";
import { giveUp, project, readArguments } from "../processes.ts";
import { type Comparison, compareRecordings } from "./compare-recordings.ts";
import { machineClass } from "./machine.ts";
import { measureInPlace } from "./measure-in-place.ts";
import { inFlight, measureOverHttp } from "./measure-over-http.ts";
import { startPeers } from "./peers.ts";
import { reportOf } from "./report.ts";
import { startBare, startMeasured, startOwnRedis } from "./servers.ts";
import { type Subject, subjectsOf } from "./subjects.ts";

const { values: asked } = readArguments(
  {
    options: {
      requests: { type: "string" },
      rounds: { type: "string" },
      "http-rounds": { type: "string" },
      seconds: { type: "string" },
      logins: { type: "string" },
      only: { type: "string", multiple: true },
      condition: { type: "string", multiple: true },
      measure: { type: "string", default: "in-place,over-http" },
      peers: { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
      json: { type: "string" },
      markdown: { type: "string" },
      record: { type: "boolean", default: false },
      check: { type: "boolean", default: false },
    },
  },
  "The options: --requests, --rounds, --http-rounds, --seconds, --logins, --only <variant>, --condition <name>, --measure in-place,over-http, --peers, --quick, --json <file>, --markdown <file>, --record, --check",
);

/** Quick: to see that it runs, and about what comes of it. */
const usual = asked.quick
  ? { requests: 500, rounds: 3, "http-rounds": 3, seconds: 0.5, logins: 200 }
  : { requests: 50_000, rounds: 11, "http-rounds": 15, seconds: 2, logins: 10_000 };
const count = (name: keyof typeof usual) => {
  const given = Number(asked[name] ?? usual[name]);
  return given > 0 && (name === "seconds" || Number.isInteger(given)) ? given : giveUp(`--${name} takes a number.`);
};
const size = {
  requests: count("requests"),
  rounds: count("rounds"),
  logins: count("logins"),
  httpRounds: count("http-rounds"),
  seconds: count("seconds"),
};
const unknown = asked.only?.find((id) => !variants.some((each) => each.id === id));
if (unknown) giveUp(`There is no variant ${unknown}.`);
const wanted = asked.condition?.map(conditionOf) ?? conditionIds;
if (!existsSync("/proc/self/stat")) giveUp("The CPU of a process is read as Linux tells it, in /proc.");
const recordedFile = join(project, "bench/recorded.json");
const tell = (text: string) => console.error(text);

const recording = await measure();
const report = reportOf(recording);
console.log(report);
if (asked.json) writeFileSync(asked.json, asText(recording));
if (asked.markdown) writeFileSync(asked.markdown, report);
if (asked.check) check();
if (asked.record) writeFileSync(recordedFile, asText(recording));

function conditionOf(name: string): ConditionId {
  return conditionIds.find((each) => each === name) ?? giveUp(`There is no condition ${name}.`);
}

async function measure(): Promise<Recording> {
  const before = loadavg()[0] ?? 0;
  const began = new Date().toISOString();
  const redis = await startOwnRedis();
  if (!redis) tell("No Redis here: its variants are left out.");
  const measured = variants.filter(
    ({ id, settings }) => (asked.only?.includes(id) ?? true) && (redis !== null || settings.store !== "redis"),
  );
  try {
    const parts = asked.measure.split(",");
    const subjects = subjectsOf(measured, wanted);
    if (subjects.length === 0) giveUp("No variant is measured so.");
    const inPlace = parts.includes("in-place") ? await inPlaceOf(redis, subjects) : null;
    const overHttp = parts.includes("over-http") ? await overHttpOf(redis, subjects) : null;
    const rows = subjects.map(
      ({ variant: { id: variant }, condition }): BenchRow => ({
        variant,
        condition,
        inPlace: inPlace?.of(variant, condition) ?? {},
        ...(overHttp?.of(variant, condition) ?? { overHttp: null, wire: {} }),
      }),
    );
    return {
      at: began,
      machine: machineClass(),
      load: [before, loadavg()[0] ?? 0],
      method: {
        inPlace: { requests: size.requests, rounds: size.rounds, logins: size.logins },
        overHttp: { rounds: size.httpRounds, seconds: size.seconds, inFlight },
      },
      edge: inPlace?.edge ?? null,
      bare: overHttp?.bare ?? null,
      rows,
      ...(overHttp && overHttp.peers.length > 0 && { peers: overHttp.peers }),
    };
  } finally {
    await redis?.stop();
  }
}

type OwnRedis = Awaited<ReturnType<typeof startOwnRedis>>;

async function inPlaceOf(redis: OwnRedis, subjects: readonly Subject[]) {
  const servers = await startMeasured(redis, { measured: true, under: conditionsOfAll(subjects) });
  try {
    const { requests, rounds, logins } = size;
    return await measureInPlace({ server: servers.of, subjects, requests, rounds, logins, tell });
  } catch (error) {
    tell(servers.printed());
    throw error;
  } finally {
    await servers.stop();
  }
}

function conditionsOfAll(subjects: readonly Subject[]): readonly ConditionId[] {
  return subjects.map(({ condition }) => condition);
}

async function overHttpOf(redis: OwnRedis, subjects: readonly Subject[]) {
  const started: { stop(): Promise<void> }[] = [];
  const stopped = <Server extends { stop(): Promise<void> }>(server: Server) => {
    started.push(server);
    return server;
  };
  try {
    const bare = stopped(await startBare());
    const servers = stopped(await startMeasured(redis, { measured: false, under: conditionsOfAll(subjects) }));
    const peers = asked.peers ? (await startPeers(redis, tell)).map(stopped) : [];
    const { httpRounds: rounds, seconds } = size;
    return await measureOverHttp({ server: servers.of, bare, redis, subjects, peers, rounds, seconds, tell });
  } finally {
    await Promise.all(started.map((each) => each.stop()));
  }
}

function check(): void {
  if (!existsSync(recordedFile)) giveUp("There is no bench/recorded.json to compare with: --record writes it.");
  const recorded = JSON.parse(readFileSync(recordedFile, "utf8")) as Recording;
  const comparison = compareRecordings(recording, recorded);
  console.log(inWords(comparison));
  process.exitCode = comparison.sameClass && comparison.worse.length > 0 ? 1 : 0;
}

function inWords({ compared, worse, sameClass }: Comparison): string {
  const lines = worse.map(({ what, recorded, now }) => `${what}: ${now.toFixed(2)}, recorded ${recorded.toFixed(2)}`);
  const machine = sameClass ? "" : " The recording is of another class of machine, so this is no verdict.";
  return [`${compared} ratios compared, ${worse.length} a third worse.${machine}`, ...lines].join("\n");
}

function asText(value: Recording): string {
  // Three digits tell more than any machine keeps.
  const short = (_: string, each: unknown) => (typeof each === "number" ? Number(each.toPrecision(4)) : each);
  return `${JSON.stringify(value, short, 2)}\n`;
}
