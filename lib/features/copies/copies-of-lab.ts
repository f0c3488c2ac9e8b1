import type { CredentialKind } from "../../core/credential.ts";
import type { FlowId, VariantId } from "../../core/ids.ts";
import type { RefusalCode } from "../../core/refusal.ts";
import type { Client } from "../../core/request.ts";
import { type Instant, second } from "../../core/time.ts";
import type { Role, UserId } from "../../core/user.ts";
import type { CopiesView, CopyVerdict, CopyView, PlugKind, PlugView } from "../../lab/feed/copies-view.ts";
import type { LabMoment } from "../../lab/reason/lab-since.ts";
import { experimentOf, type Plug } from "./plug-of-call.ts";

/** Of each device, in each flow: this login and the one before it. */
const loginsKept = 2;
/** Of one flow. A lab has a browser and a phone; whoever sends with more clients sees the last of them. */
const loginsOfFlow = 6;
const plugsKept = 20;
/** Stretches of one copy. Each begins after a time without looks. */
const stretchesKept = 50;
/** Looks come once a second. A longer time between two of them was not measured. */
const oneStretch = 3;

/** A credential as a login handed it out. */
export type Issued = {
  readonly flow: FlowId;
  readonly variant: VariantId;
  readonly credential: CredentialKind;
  readonly name: string;
  readonly value: string;
};

export type NewLogin = {
  readonly flow: FlowId;
  readonly user: { readonly id: UserId; readonly username: string };
  readonly client: Client;
  /** The lab at that moment. */
  readonly lab: LabMoment;
  readonly issued: readonly Issued[];
};

/** What a look found, on the lab's clock. */
export type Look = { readonly asked: Instant; readonly lab: LabMoment } & (
  | {
      readonly accepted: true;
      readonly role: Role;
      readonly authority: "current" | "stale";
      readonly until: Instant;
      readonly recordId?: string | undefined;
    }
  | { readonly accepted: false; readonly code: RefusalCode; readonly at: string | null }
);

type Pulled = {
  readonly id: number;
  readonly kind: PlugKind;
  readonly username: string | null;
  readonly at: Instant;
};

type Copy = Issued & {
  readonly login: number;
  readonly user: NewLogin["user"];
  readonly client: Client;
  /** The lab when it was made. */
  readonly lab: LabMoment;
  /** The end that the last look that got in told. */
  endsAt: Instant | null;
  recordId: string | null;
  plugs: readonly Pulled[];
  stretches: readonly (readonly [number, number])[];
  look: Look | null;
};

/** A copy as the one who looks at it needs it. */
export type LookedAt = Pick<Copy, "flow" | "variant" | "credential" | "value" | "client" | "user">;

export type Reason = (copy: CopyFacts) => string | null;

/** What is known of a copy when its verdict is put into words. */
export type CopyFacts = Pick<Copy, "variant" | "credential" | "lab" | "endsAt" | "look"> & {
  readonly plug: PlugKind | null;
};

/** The copies of one lab, in this process's memory. Changes them by what happens, and says what is seen. */
export class CopiesOfLab {
  #copies: Copy[] = [];
  #plugs: Pulled[] = [];
  #logins = 0;
  #pulls = 0;
  #at: Instant = 0;

  add({ flow, user, client, lab, issued }: NewLogin): void {
    this.#at = lab.now;
    this.#logins += 1;
    const login = this.#logins;
    for (const each of issued)
      this.#copies.push({
        ...each,
        ...{ login, user, client, lab, endsAt: null, recordId: null, plugs: [], stretches: [], look: null },
      });
    const logins = [...new Set(this.#copies.filter((copy) => copy.flow === flow).map((copy) => copy.login))];
    const ofDevice = [...new Set(this.#copies.filter((copy) => isOf(copy, flow, client)).map((copy) => copy.login))];
    const dropped = new Set([...logins.slice(0, -loginsOfFlow), ...ofDevice.slice(0, -loginsKept)]);
    this.#copies = this.#copies.filter((copy) => !dropped.has(copy.login));
  }

  /** The copies that this plug should end. */
  meantBy({ about }: Plug, client: Client): readonly LookedAt[] {
    const sender = this.#copies.findLast((copy) => isOf(copy, about.flow, client))?.user.id;
    const user = about.user === "sender" ? (sender ?? "") : about.user;
    return this.#copies.filter((copy) => isAbout(copy, { ...about, user }, client));
  }

  /** Marks these copies with a plug that should have ended them. */
  mark(copies: readonly LookedAt[], { kind, about }: Plug, at: Instant): void {
    const marked = this.#copies.filter((copy) => copies.includes(copy));
    if (marked.length === 0) return;
    this.#at = at;
    this.#pulls += 1;
    const username = about.user === undefined && about.device === undefined ? null : marked[0]?.user.username;
    const pulled = { id: this.#pulls, kind, username: username ?? null, at };
    this.#plugs = [...this.#plugs, pulled].slice(-plugsKept);
    for (const copy of marked) copy.plugs = [...copy.plugs, pulled].slice(-plugsKept);
  }

  get all(): readonly LookedAt[] {
    return this.#copies;
  }

  /** Those that still got in at the last look, once a plug was pulled: one that was refused stays so until something happens. */
  get running(): readonly LookedAt[] {
    return this.#plugs.length === 0 ? [] : this.#copies.filter(({ look }) => look?.accepted !== false);
  }

  isRefused(copy: LookedAt): boolean {
    return this.#copies.find((each) => each === copy)?.look?.accepted === false;
  }

  saw(seen: LookedAt, look: Look): void {
    const copy = this.#copies.find((each) => each === seen);
    if (!copy) return;
    this.#at = Math.max(this.#at, look.lab.now);
    copy.look = look;
    if (!look.accepted) return;
    copy.recordId = look.recordId ?? copy.recordId;
    copy.endsAt = look.until;
    const since = afterFirst(copy, look.asked);
    if (since !== null) copy.stretches = continued(copy.stretches, Math.max(0, since)).slice(-stretchesKept);
  }

  view(lab: string, reason: Reason): CopiesView {
    const shown = new Set(this.#copies.flatMap(({ plugs }) => plugs));
    return {
      lab,
      at: iso(this.#at),
      plugs: this.#plugs.filter((each) => shown.has(each)).map(viewPlug),
      copies: this.#copies.map((copy) => this.#viewCopy(copy, reason)),
    };
  }

  #viewCopy(copy: Copy, reason: Reason): CopyView {
    const { login, flow, variant, credential, name, user, client, lab, endsAt, plugs, stretches, look } = copy;
    const later = this.#copies.some((each) => each.login > login && isOf(each, flow, client));
    return {
      ...{ login, flow, variant, credential, name, username: user.username, device: client.device },
      madeAt: iso(lab.now),
      earlier: later,
      plugs: plugs.map(({ id }) => id),
      letIn: stretches,
      verdict: look && verdictOf(copy, look),
      reason: reason({ variant, credential, lab, endsAt, look, plug: plugs[0]?.kind ?? null }),
    };
  }
}

/** With the next look that got in: the last stretch goes on, unless there were no looks for a while. */
function continued(stretches: Copy["stretches"], at: number): Copy["stretches"] {
  const last = stretches.at(-1);
  if (last && at - last[1] <= oneStretch) return [...stretches.slice(0, -1), [last[0], Math.max(last[1], at)]];
  return [...stretches, last || at > oneStretch ? [at, at] : [0, at]];
}

function verdictOf(copy: Copy, look: Look): CopyVerdict {
  const afterSeconds = afterFirst(copy, look.accepted ? look.asked : look.lab.now);
  if (!look.accepted) return { accepted: false, code: look.code, afterSeconds };
  const { role, authority, until } = look;
  return { accepted: true, role, authority, until: iso(until), afterSeconds };
}

/** In seconds; `null`: no plug should have ended it. */
function afterFirst({ plugs: [first] }: Copy, at: Instant): number | null {
  return first ? (at - first.at) / second : null;
}

function isOf(copy: Copy, flow: FlowId | undefined, { userAgent }: Client): boolean {
  return (flow === undefined || copy.flow === flow) && copy.client.userAgent === userAgent;
}

type About = Omit<Plug["about"], "user"> & { readonly user: UserId | undefined };

function isAbout(copy: Copy, { flow, user, device, record }: About, client: Client): boolean {
  if (flow !== undefined && copy.flow !== flow) return false;
  if (user !== undefined && copy.user.id !== user) return false;
  if (record !== undefined && copy.recordId !== record) return false;
  return device === undefined || isOf(copy, flow, client) === (device === "own");
}

function viewPlug({ id, kind, username, at }: Pulled): PlugView {
  return { id, kind, experiment: experimentOf(kind), username, at: iso(at) };
}

function iso(instant: Instant): string {
  return new Date(instant).toISOString();
}
