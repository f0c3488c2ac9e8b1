import { holdingOf } from "../../core/credential.ts";
import type { VariantId } from "../../core/ids.ts";
import { type Clock, minute } from "../../core/time.ts";
import type { FlowManifest, Variant } from "../../core/variant.ts";
import type { Stage } from "../../lab/stage.ts";
import { type BenchClient, createBenchClient, NotMeasurable } from "./bench-client.ts";
import type { BenchProcess } from "./bench-process.ts";
import { conditions } from "./conditions.ts";
import type { ConditionId, RoundTrips, TimedAction } from "./model.ts";
import { type Round, type Timing, timeRequests } from "./time-requests.ts";

export type BenchOptions = {
  readonly manifests: readonly FlowManifest[];
  /** Its transport is this process itself, without a socket. */
  readonly stage: Stage;
  readonly process: BenchProcess;
  readonly systemClock: Clock;
};

/** What one round is about. `edge`: an address that does nothing, asked with the credential of the variant. */
export type Wanted = {
  readonly variant: VariantId;
  readonly condition: ConditionId;
  readonly action: TimedAction | "edge";
  readonly requests: number;
  /** The logins that take turns when it is `cold`. */
  readonly logins: number;
  readonly inFlight: number;
};

export type Bench = {
  /** One round. `arrived`: the request that asks for it. Throws if a request of the round is refused. */
  round(arrived: Request, wanted: Wanted): Promise<Round>;
  /** What one request asks of the stores. Nothing is timed. */
  trips(arrived: Request, wanted: Wanted): Promise<RoundTrips>;
};

type Subject = { readonly manifest: FlowManifest; readonly variant: Variant; readonly condition: ConditionId };
type Logins = { readonly clients: readonly BenchClient[]; readonly since: number };

/** Younger than the shortest lifetime: an access token lives for fifteen minutes. */
const youngFor = 8 * minute;
/** Fewer than a store in memory keeps of one flow and lab. */
const loginsALab = 500;
const batch = 160;
const warmUp = 300;

export function createBench({ manifests, stage, process, systemClock }: BenchOptions): Bench {
  // Bounded: by the variants and their conditions.
  const hot = new Map<string, Logins>();
  /** Of one subject at a time: ten thousand logins are some megabytes. */
  let cold: (Logins & { readonly of: string }) | null = null;
  let turn = 0;

  function subjectOf({ variant: id, condition }: Pick<Wanted, "variant" | "condition">): Subject {
    const manifest = manifests.find(({ variants }) => variants.some((each) => each.id === id));
    const variant = manifest?.variants.find((each) => each.id === id);
    if (!manifest || !variant) throw new NotMeasurable(`There is no variant ${id} here`);
    const { reads } = conditions[condition];
    if (reads !== process.reads)
      throw new NotMeasurable(`This process reads by ${process.reads}, and ${condition} asks for ${reads}`);
    return { manifest, variant, condition };
  }

  async function openLab(arrived: Request, { condition }: Subject): Promise<readonly [string, string]> {
    const cookie = await stage.openLab();
    const settings = conditions[condition].settings;
    if (Object.keys(settings).length > 0) {
      const owner = createBenchClient(arrived, { origin: stage.origin, cookies: [cookie] });
      await owner.take(await stage.transport(owner.make("PATCH", "/api/lab/settings", settings)));
    }
    return cookie;
  }

  const newClient = (arrived: Request, lab: readonly [string, string]) =>
    createBenchClient(arrived, { origin: stage.origin, cookies: [lab] });

  function loginOf(client: BenchClient, { manifest, variant }: Subject): Request {
    const password = stage.passwords["alice"];
    return client.make("POST", `/api/${manifest.id}/login`, { username: "alice", password, variant: variant.id });
  }

  async function logIn(arrived: Request, subject: Subject, lab: readonly [string, string]): Promise<BenchClient> {
    const client = newClient(arrived, lab);
    await client.take(await stage.transport(loginOf(client, subject)));
    return client;
  }

  const isYoung = ({ since }: Logins) => systemClock.now() - since < youngFor;

  async function hotLogin(arrived: Request, subject: Subject): Promise<BenchClient> {
    const of = nameOf(subject);
    const known = hot.get(of);
    const [client] = known && isYoung(known) ? known.clients : [];
    if (client) return client;
    const since = systemClock.now();
    const fresh = await logIn(arrived, subject, await openLab(arrived, subject));
    hot.set(of, { clients: [fresh], since });
    return fresh;
  }

  async function coldLogins(arrived: Request, subject: Subject, count: number): Promise<readonly BenchClient[]> {
    const of = nameOf(subject);
    if (cold?.of === of && cold.clients.length === count && isYoung(cold)) return cold.clients;
    cold = null;
    const since = systemClock.now();
    const clients = await process.quickly(async () => {
      const made: BenchClient[] = [];
      for (let lab = await openLab(arrived, subject); made.length < count; ) {
        made.push(await logIn(arrived, subject, lab));
        if (made.length % loginsALab === 0) lab = await openLab(arrived, subject);
      }
      return made;
    });
    cold = { of, clients, since };
    turn = 0;
    return clients;
  }

  /** The requests of a round, and how many of them are made at once. */
  async function stepsOf(arrived: Request, wanted: Wanted): Promise<Pick<Timing, "batch" | "next">> {
    const subject = subjectOf(wanted);
    const { manifest, variant } = subject;
    const at = (path: string) => `/api/${manifest.id}/${path}`;
    switch (wanted.action) {
      case "edge":
      case "hot": {
        const client = await hotLogin(arrived, subject);
        const path = wanted.action === "hot" ? at("me") : "/api/bench/edge";
        return { batch, next: () => ({ client, make: () => client.make("GET", path) }) };
      }
      case "cold": {
        const clients = await coldLogins(arrived, subject, wanted.logins);
        const next = () => {
          const client = clients[turn % clients.length] ?? newClient(arrived, ["", ""]);
          turn += 1;
          return { client, make: () => client.make("GET", at("me")) };
        };
        return { batch: Math.min(batch, clients.length), next };
      }
      case "login": {
        const lab = await openLab(arrived, subject);
        const next = () => {
          const client = newClient(arrived, lab);
          return { client, make: () => loginOf(client, subject) };
        };
        return { batch: 1, next };
      }
      case "refresh": {
        if (!holdingOf(variant, "refresh")) throw new NotMeasurable(`${variant.id} has no refresh credential`);
        const client = await logIn(arrived, subject, await openLab(arrived, subject));
        return {
          batch: 1,
          next: () => ({ client, make: () => client.make("POST", at("refresh"), client.refreshBody()) }),
        };
      }
      case "revoke": {
        const lab = await openLab(arrived, subject);
        const next = async () => {
          const client = await process.quickly(() => logIn(arrived, subject, lab));
          // Where one login cannot be told from another, all of them end.
          const scope = variant.cannot.revokeOne ? "all" : "current";
          return { client, make: () => client.make("POST", at("revoke"), { scope }) };
        };
        return { batch: 1, next };
      }
    }
  }

  return {
    async round(arrived, wanted) {
      const timing = { ...(await stepsOf(arrived, wanted)), ask: stage.transport, process };
      // Seen before, and compiled.
      if (wanted.action === "hot" || wanted.action === "edge")
        await timeRequests({ ...timing, requests: Math.min(warmUp, wanted.requests), inFlight: wanted.inFlight });
      return timeRequests({ ...timing, requests: wanted.requests, inFlight: wanted.inFlight });
    },
    async trips(arrived, wanted) {
      const { next } = await stepsOf(arrived, wanted);
      // What is done once a minute, such as writing down when a login was last seen, is done by the one before; and what
      // that dropped from a read cache is read by a second one.
      const before = wanted.action === "hot" ? 2 : wanted.action === "cold" ? 1 : 0;
      for (let asked = 0; asked < before; asked += 1) {
        const step = await next();
        await step.client.take(await stage.transport(step.make()));
      }
      const { client, make } = await next();
      const request = make();
      return process.countTrips(async () => client.take(await stage.transport(request)));
    },
  };
}

function nameOf({ variant, condition }: Subject): string {
  return `${variant.id} ${condition}`;
}
