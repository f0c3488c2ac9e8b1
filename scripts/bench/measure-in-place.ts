import type { VariantId } from "../../lib/core/ids.ts";
import {
  type ConditionId,
  type InPlace,
  type RoundTrips,
  type TimedAction,
  timedActions,
} from "../../lib/features/bench/model.ts";
import { medianOf } from "../pages/median-of.ts";
import { figureOf } from "./statistics.ts";
import type { Subject } from "./subjects.ts";

export type InPlaceOptions = {
  /** The server that is measured under a condition. */
  server(condition: ConditionId): { readonly origin: string };
  readonly subjects: readonly Subject[];
  readonly requests: number;
  readonly rounds: number;
  readonly logins: number;
  tell(text: string): void;
};

type Round = {
  readonly took: number;
  readonly p50: number;
  readonly p99: number;
  readonly cpu: number;
  readonly inner: number;
};
type Action = TimedAction | "edge";

/** A login costs a password's hash, and a refresh and a revocation write: fewer of them tell as much. */
const share: Readonly<Record<Action, number>> = {
  edge: 1,
  hot: 1,
  cold: 0.2,
  login: 0.001,
  refresh: 0.01,
  revoke: 0.004,
};
const inFlight = 16;

export type InPlaceResult = {
  readonly edge: InPlace;
  of(variant: VariantId, condition: ConditionId): { readonly [A in TimedAction]?: InPlace };
};

/**
 * Rounds inside the process. A round has each variant in turn; but the rounds of `cold` follow each other, variant by
 * variant, because its logins are made once.
 */
export async function measureInPlace(options: InPlaceOptions): Promise<InPlaceResult> {
  const { subjects, rounds, tell } = options;
  const kept = new Map<string, Round[]>();
  const keep = (name: string, round: Round) => void kept.set(name, [...(kept.get(name) ?? []), round]);
  const one = (subject: Subject, action: Action, requests = countOf(options, action), parallel = 1) =>
    ask<Round>(options, "round", subject, { action, requests, logins: options.logins, inFlight: parallel });

  const edgeOf = subjects.find(({ variant }) => variant.id === "cookie/plain") ?? subjects[0];
  if (!edgeOf) throw new Error("No variant is measured");
  for (let round = 0; round < rounds; round += 1) {
    tell(`in place: round ${round + 1} of ${rounds}`);
    keep("edge", await one(edgeOf, "edge"));
    for (const subject of subjects) {
      for (const action of timedActions.filter((each) => each !== "cold" && has(subject, each)))
        keep(nameOf(subject, action), await one(subject, action));
      keep(nameOf(subject, "busy"), await one(subject, "hot", countOf(options, "hot"), inFlight));
    }
  }
  for (const subject of subjects) {
    tell(`in place: ${nameOf(subject, "cold")}`);
    for (let round = 0; round < rounds; round += 1) keep(nameOf(subject, "cold"), await one(subject, "cold"));
  }

  const trips = new Map<string, RoundTrips>();
  for (const subject of subjects) {
    for (const action of timedActions.filter((each) => has(subject, each))) {
      const body = { action, requests: 1, logins: 1, inFlight: 1 };
      trips.set(nameOf(subject, action), await ask<RoundTrips>(options, "trips", subject, body));
    }
  }
  const none = { statements: 0, commands: 0 };
  return {
    edge: inPlaceOf(kept.get("edge") ?? [], null, none),
    of: (id, condition) => {
      const subject = subjects.find((each) => each.variant.id === id && each.condition === condition);
      if (!subject) return {};
      const measured = timedActions.flatMap((action) => {
        const found = kept.get(nameOf(subject, action));
        const busy = action === "hot" ? (kept.get(nameOf(subject, "busy")) ?? null) : null;
        return found ? [[action, inPlaceOf(found, busy, trips.get(nameOf(subject, action)) ?? none)]] : [];
      });
      return Object.fromEntries(measured);
    },
  };
}

function inPlaceOf(rounds: readonly Round[], busy: readonly Round[] | null, trips: RoundTrips): InPlace {
  const of = (read: (round: Round) => number) => rounds.map(read);
  const inner = medianOf(of((each) => each.inner));
  return {
    took: figureOf(of((each) => each.took)),
    p50: medianOf(of((each) => each.p50)),
    p99: medianOf(of((each) => each.p99)),
    cpu: figureOf(of((each) => each.cpu)),
    busy: busy && figureOf(busy.map(({ cpu }) => cpu)),
    inner: inner > 0 ? inner : null,
    trips,
  };
}

function has({ variant }: Subject, action: TimedAction): boolean {
  return action === "refresh" || action === "revoke" ? variant.cannot[action] === undefined : true;
}

function countOf({ requests }: Pick<InPlaceOptions, "requests">, action: Action): number {
  return Math.max(5, Math.round(requests * share[action]));
}

const nameOf = ({ variant, condition }: Subject, action: Action | "busy") => `${variant.id} ${condition} ${action}`;

async function ask<Answer>(
  { server }: Pick<InPlaceOptions, "server">,
  what: "round" | "trips",
  { variant, condition }: Subject,
  wanted: object,
): Promise<Answer> {
  const { origin } = server(condition);
  const body = { variant: variant.id, condition, ...wanted };
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${origin}/api/bench/${what}`, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${JSON.stringify(body)} was answered ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Answer;
}
