import { holdingOf } from "../../core/credential.ts";
import type { AuthFlow, FlowModule } from "../../core/flow.ts";
import type { RefreshFamilies } from "../../core/ports.ts";
import type { Instant } from "../../core/time.ts";
import type { Variant } from "../../core/variant.ts";
import { createStandalone } from "../../http/standalone.ts";
import type { Transport } from "../../lab/device.ts";
import type { Person } from "../../lab/lab.ts";
import type { BenchHoldings, FamilyTables, Gate, OpenBenchServer, WireBench } from "./bench-server.ts";
import type { refreshStrategies } from "./strategies.ts";

const origin = "https://bench.test";
const api = "/api/memory-jwt";
/** Random, and only in this process: its signatures are accepted by no lab. */
const credentials = { username: "alice", password: "of the bench alone" };

const alice: Person = {
  id: "alice",
  username: credentials.username,
  displayName: "Alice",
  role: "user",
  disabled: false,
  passwordHash: credentials.password,
  balance: 0,
};

type Parts = {
  readonly module: FlowModule;
  readonly variant: Variant;
  readonly strategy: (typeof refreshStrategies)[number];
  readonly wire: WireBench;
  readonly report: (error: unknown) => void;
};

/**
 * The variant by itself, as it is taken away: its real flow, signer, secrets and edge, over a store in memory that
 * waits for its turn before each call. The bench applies the strategy to these ports; the flow is unchanged.
 */
export function createRefreshServer(parts: Parts): OpenBenchServer {
  return ({ clock, gate }) => {
    const { variant, strategy } = parts;
    const tables: FamilyTables = { families: new Map(), tokens: new Map() };
    // Bounded: by the tokens of one run, with which it ends.
    const marks = new Map<string, Instant>();
    const parents = new Map<string, string>();
    const lifetimes = { ...variant.settings.lifetimes, ...(strategy.grace !== undefined && { grace: strategy.grace }) };
    const settings = { ...variant.settings, lifetimes };
    const plain = parts.wire({ variant, issuer: origin, clock, people: new Map([[alice.id, alice]]), tables });
    const replaced = strategy.replacePorts?.({
      ports: plain,
      tables,
      marks,
      gate,
      now: clock.now,
      grace: lifetimes.grace,
    });
    const families = gated({ ...(replaced ?? plain).families }, { gate, inSteps: replaced !== undefined, parents });
    const ports = { ...plain, settings, families, secrets: (replaced ?? plain).secrets };

    // A process has a flow of its own; what it holds besides is in the maps.
    let transport = edgeOf(parts, parts.module.create(ports));
    return {
      transport: (request) => transport(request),
      origin,
      api,
      cookieName: cookieNameOf(variant),
      credentials,
      hash: plain.secrets.hash,
      restart({ emptied }) {
        marks.clear();
        if (emptied) for (const table of [tables.families, tables.tokens]) table.clear();
        transport = edgeOf(parts, parts.module.create(ports));
      },
      held: () => holdingsOf(tables, marks, parents),
    };
  };
}

/** Each call to the store is a step, unless the strategy takes several for it. */
function gated(
  families: RefreshFamilies,
  { gate, inSteps, parents }: { gate: Gate; inSteps: boolean; parents: Map<string, string> },
): RefreshFamilies {
  const yesOrNo = (value: boolean) => (value ? "yes" : "no");
  return {
    ...families,
    find: (hash) =>
      gate(
        "look it up",
        hash,
        () => families.find(hash),
        (found) => {
          if (!found) return "nothing";
          return `${found.token.usedAt === null ? "unused" : "used"}, family ${found.family.ended ? "ended" : "alive"}`;
        },
      ),
    rotate(hash, successor, at) {
      if (successor.hash !== hash) parents.set(successor.hash, hash);
      const rotate = () => families.rotate(hash, successor, at);
      return inSteps ? rotate() : gate("exchange it", hash, rotate, yesOrNo);
    },
    end: (id, why) => gate(`end the family: ${why.reason}`, null, () => families.end(id, why), yesOrNo),
    endAll: (userId, why, exceptId) =>
      gate(`end every family: ${why.reason}`, null, () => families.endAll(userId, why, exceptId), String),
  };
}

/** The edge that every request goes through: method, origin, body, then the flow. */
function edgeOf({ module: { manifest }, variant, report }: Parts, flow: AuthFlow): Transport {
  const limit = { reserve: async () => ({ wait: null, giveBack: async () => {} }) };
  const answer = createStandalone({ flow, manifest, variant, origin, deviceOf: () => "bench", limit, report });
  return (request) => answer(new Request(request.url.replace(`${origin}${api}/`, `${origin}/`), request));
}

function holdingsOf(
  { families, tokens }: FamilyTables,
  marks: ReadonlyMap<string, Instant>,
  parents: ReadonlyMap<string, string>,
): BenchHoldings {
  const [family] = families.values();
  return {
    tokens: [...tokens.values()].map(({ hash, generation, usedAt }) => ({
      hash,
      generation,
      parent: parents.get(hash) ?? null,
      usedAt: usedAt ?? marks.get(hash) ?? null,
    })),
    ended: family?.ended ?? null,
  };
}

function cookieNameOf(variant: Variant): string {
  const holding = holdingOf(variant, "refresh");
  if (holding?.travels !== "cookie") throw new Error(`${variant.id} keeps no refresh token in a cookie`);
  return holding.cookie;
}
