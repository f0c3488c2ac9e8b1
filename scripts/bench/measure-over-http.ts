import type { VariantId } from "../../lib/core/ids.ts";
import { conditions } from "../../lib/features/bench/conditions.ts";
import type { BenchRow, ConditionId, OverHttp, PeerRow, Recording } from "../../lib/features/bench/model.ts";
import { cpuUsed } from "../pages/cpu-used.ts";
import { medianOf } from "../pages/median-of.ts";
import { type Client, createClient } from "./client.ts";
import { type Load, load } from "./load.ts";
import type { RunningPeer } from "./peers.ts";
import { figureOf } from "./statistics.ts";
import type { Subject } from "./subjects.ts";

type Process = { readonly port: number; readonly pid: number };

export type OverHttpOptions = {
  /** The server that is measured under a condition. */
  server(condition: ConditionId): Process;
  readonly bare: Process;
  readonly redis: Pick<Process, "pid"> | null;
  readonly subjects: readonly Subject[];
  readonly peers: readonly RunningPeer[];
  readonly rounds: number;
  readonly seconds: number;
  tell(text: string): void;
};

/** Microseconds of CPU a request, and the load that it was measured under. */
type Round = Load & { readonly cpu: number; readonly redis: number | null };
type Beside = { readonly round: Round; readonly bare: Round };

export const inFlight = 16;
/** So many variants are measured beside one measure of the bare route: the machine changes slower than that. */
const group = 5;
const warmUp = 500;

export type OverHttpResult = {
  readonly bare: NonNullable<Recording["bare"]>;
  readonly peers: readonly PeerRow[];
  of(variant: VariantId, condition: ConditionId): Pick<BenchRow, "overHttp" | "wire">;
};

/** `GET me`, hot, in rounds that have each variant in turn, each group beside the bare route. */
export async function measureOverHttp(options: OverHttpOptions): Promise<OverHttpResult> {
  const { subjects, peers, rounds, bare, tell } = options;
  const measured = new Map<string, Beside[]>();
  const bareRounds: Round[] = [];
  const wires = new Map<string, BenchRow["wire"]>();
  const askBare = (milliseconds: number) =>
    measure(options, bare, { path: "/api/me", headers: { host: `localhost:${bare.port}` }, milliseconds });
  const ask = async (subject: Subject, milliseconds: number) => {
    const server = options.server(subject.condition);
    const client = await loggedIn(server.port, subject);
    return measure(options, server, { path: at(subject, "me"), headers: client.headers(), milliseconds });
  };
  const askPeer = ({ path, headers, ...peer }: RunningPeer, milliseconds: number) =>
    measure(options, peer, { path, headers, milliseconds });
  /** A framework of its own is measured beside itself. */
  const askBareOf = (peer: RunningPeer, milliseconds: number) =>
    peer.bare === null ? askBare(milliseconds) : askPeer({ ...peer, path: peer.bare }, milliseconds);

  tell("over HTTP: warming up");
  await askBare(warmUp);
  for (const subject of subjects) {
    wires.set(nameOf(subject), await wireOf(options.server(subject.condition).port, subject));
    await ask(subject, warmUp);
  }
  for (const peer of peers) {
    await askBareOf(peer, warmUp);
    await askPeer(peer, warmUp);
  }
  const milliseconds = options.seconds * 1000;
  for (let round = 0; round < rounds; round += 1) {
    tell(`over HTTP: round ${round + 1} of ${rounds}`);
    for (let first = 0; first < subjects.length; first += group) {
      const beside = await askBare(milliseconds);
      bareRounds.push(beside);
      for (const subject of subjects.slice(first, first + group)) {
        const own = { round: await ask(subject, milliseconds), bare: beside };
        measured.set(nameOf(subject), [...(measured.get(nameOf(subject)) ?? []), own]);
      }
    }
    for (const peer of peers) {
      const beside = await askBareOf(peer, milliseconds);
      const own = { round: await askPeer(peer, milliseconds), bare: beside };
      measured.set(peer.id, [...(measured.get(peer.id) ?? []), own]);
    }
  }
  return {
    bare: {
      cpu: figureOf(bareRounds.map(({ cpu }) => cpu)),
      perSecond: figureOf(bareRounds.map(({ perSecond }) => perSecond)),
      ...waits(bareRounds),
    },
    peers: peers.map(({ id, version }) => ({ peer: id, version, overHttp: overHttpOf(measured.get(id) ?? []) })),
    of(variant, condition) {
      const name = `${variant} ${condition}`;
      const found = measured.get(name);
      return { overHttp: found ? overHttpOf(found) : null, wire: wires.get(name) ?? {} };
    },
  };
}

export function overHttpOf(rounds: readonly Beside[]): OverHttp {
  const figure = (read: (beside: Beside) => number) => figureOf(rounds.map(read));
  return {
    share: figure(({ round, bare }) => round.perSecond / bare.perSecond),
    added: figure(({ round, bare }) => round.cpu - bare.cpu),
    cpu: figure(({ round }) => round.cpu),
    redis: rounds.some(({ round }) => round.redis === null) ? null : figure(({ round }) => round.redis ?? 0),
    perSecond: figure(({ round }) => round.perSecond),
    ...waits(rounds.map(({ round }) => round)),
  };
}

function waits(rounds: readonly Load[]): Pick<Load, "p50" | "p99"> {
  return { p50: medianOf(rounds.map(({ p50 }) => p50)), p99: medianOf(rounds.map(({ p99 }) => p99)) };
}

async function measure(
  { redis }: Pick<OverHttpOptions, "redis">,
  { port, pid }: Process,
  asked: { path: string; headers: Readonly<Record<string, string>>; milliseconds: number },
): Promise<Round> {
  const used = () => ({ server: cpuUsed(pid), redis: redis && cpuUsed(redis.pid) });
  const before = used();
  const loaded = await load({ port, inFlight, ...asked });
  const after = used();
  const each = (milliseconds: number) => (1000 * milliseconds) / loaded.answered;
  return {
    ...loaded,
    cpu: each(after.server - before.server),
    redis: before.redis === null || after.redis === null ? null : each(after.redis - before.redis),
  };
}

async function loggedIn(port: number, subject: Subject): Promise<Client> {
  const { variant, condition } = subject;
  const client = createClient(port);
  const settings = conditions[condition].settings;
  if (Object.keys(settings).length > 0) await client.send("PATCH", "/api/lab/settings", settings);
  await client.send("POST", at(subject, "login"), loginBody(variant.id));
  return client;
}

/** One of each request, on a connection of its own. */
async function wireOf(port: number, subject: Subject): Promise<BenchRow["wire"]> {
  const { variant } = subject;
  const client = createClient(port);
  const login = await client.send("POST", at(subject, "login"), loginBody(variant.id));
  const hot = await client.send("GET", at(subject, "me"));
  const refresh = variant.cannot.refresh
    ? null
    : await client.send("POST", at(subject, "refresh"), client.refreshBody());
  const scope = variant.cannot.revokeOne ? "all" : "current";
  const revoke = variant.cannot.revoke ? null : await client.send("POST", at(subject, "revoke"), { scope });
  return { login, hot, ...(refresh && { refresh }), ...(revoke && { revoke }) };
}

/** The public password of every lab. */
const loginBody = (variant: VariantId) => ({ username: "alice", password: "alice-likes-tea", variant });

const at = ({ variant }: Subject, path: string) => `/api/${variant.id.split("/")[0]}/${path}`;
const nameOf = ({ variant, condition }: Subject) => `${variant.id} ${condition}`;
