import type { CredentialKind } from "../../core/credential.ts";
import type { FlowId, VariantId } from "../../core/ids.ts";
import type { RefusalCode } from "../../core/refusal.ts";
import type { Client } from "../../core/request.ts";
import { type Instant, second } from "../../core/time.ts";
import type { Role, UserId } from "../../core/user.ts";
import type { CopiesView, CopyVerdict, CopyView, LetIn, PlugView } from "../../lab/feed/copies-view.ts";
import type { Plug, PlugKind } from "../../lab/feed/plug.ts";
import { insideDeviceOf } from "../../lab/inside-devices.ts";
import type { LabMoment } from "../../lab/reason/lab-since.ts";
import { experimentOf } from "./event-of-plug.ts";

/** Of each device, in each flow: this login and the one before it. */
const loginsKept = 2;
/** Of one flow. A lab has a browser and a phone; of more clients the last ones are kept. */
const loginsOfFlow = 6;
/** Of one copy. */
const plugsKept = 20;
/** Stretches of one copy. Each begins after a time without looks. */
const stretchesKept = 50;
/** A login slides or is renewed; a request may still carry one of the last credentials. */
const credentialsKnown = 20;
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
  /** The public id of the server's record of it; `null`: it has none. */
  readonly recordId: string | null;
  readonly issued: readonly Issued[];
};

/** What a look found, on the lab's clock. */
export type Look = {
  readonly asked: Instant;
  readonly lab: LabMoment;
  /** When it began, in milliseconds of `performance.now()`. */
  readonly began: number;
} & (
  | {
      readonly accepted: true;
      readonly role: Role;
      readonly authority: "current" | "stale";
      readonly until: Instant;
    }
  | { readonly accepted: false; readonly code: RefusalCode; readonly at: string | null }
);

type Pulled = {
  readonly id: number;
  readonly kind: PlugKind;
  readonly username: string | null;
  readonly at: Instant;
};

/** A login whose credentials were copied. */
type Login = Omit<NewLogin, "issued" | "recordId"> & {
  readonly number: number;
  recordId: string | null;
  /** The last credentials that its client held: it slides, is refreshed and reissued, and stays the same login. */
  held: readonly string[];
};

type Copy = Issued & {
  readonly login: Login;
  /** The end that the last look that got in told. */
  endsAt: Instant | null;
  plugs: readonly Pulled[];
  stretches: readonly LetIn[];
  look: Look | null;
};

/** A copy as the one who looks at it needs it. */
export type LookedAt = Pick<Copy, "flow" | "credential" | "value"> & { readonly login: Pick<Login, "client"> };

export type Reason = (copy: CopyFacts) => string | null;

/** What is known of a copy when its verdict is put into words. */
export type CopyFacts = Pick<Copy, "variant" | "credential" | "endsAt" | "look"> & {
  /** The lab when it was made. */
  readonly lab: LabMoment;
  readonly plug: PlugKind | null;
};

/** The call that pulls a plug: what it came with, and when. */
export type Pulling = { readonly sent: readonly string[]; readonly cameIn: number };

/** The copies of one lab, in this process's memory. Changes them by what happens, and says what is seen. */
export class CopiesOfLab {
  #copies: Copy[] = [];
  #logins = 0;
  #pulls = 0;
  #at: Instant = 0;

  add({ issued, ...made }: NewLogin): void {
    this.#at = made.lab.now;
    this.#logins += 1;
    const login: Login = { ...made, number: this.#logins, held: issued.map(({ value }) => value) };
    for (const each of issued)
      this.#copies.push({ ...each, login, endsAt: null, plugs: [], stretches: [], look: null });
    const ofFlow = this.#loginsKept.filter(({ flow }) => flow === login.flow);
    const ofDevice = ofFlow.filter((each) => isSameDevice(each, login));
    const dropped = new Set([...ofFlow.slice(0, -loginsOfFlow), ...ofDevice.slice(0, -loginsKept)]);
    this.#copies = this.#copies.filter((copy) => !dropped.has(copy.login));
  }

  /** The logins, by flow, that one of these credentials belongs to. */
  ownersOf(sent: readonly string[]): readonly Login[] {
    return this.#loginsKept.filter(({ held }) => held.some((each) => sent.includes(each)));
  }

  /** From now on the client of this login holds these credentials as well. A refresh may begin another record. */
  renew(login: Pick<Login, "number">, held: readonly string[], recordId?: string): void {
    const own = this.#loginsKept.find(({ number }) => number === login.number);
    if (!own) return;
    own.held = [...new Set([...own.held, ...held])].slice(-credentialsKnown);
    own.recordId = recordId ?? own.recordId;
  }

  /**
   * The copies that this plug should end, if it was pulled by a call that came in then, with these credentials. One that
   * was refused before has been ended by something else.
   */
  meantBy({ flow, user, which, record }: Plug, { sent, cameIn }: Pulling): readonly LookedAt[] {
    const own = this.ownersOf(sent);
    return this.#copies.filter(({ login, look }) => {
      if (look?.accepted === false && look.began < cameIn) return false;
      if (flow !== undefined && login.flow !== flow) return false;
      if (user !== undefined && login.user.id !== user) return false;
      if (record !== undefined && login.recordId !== record) return false;
      return which === undefined || own.includes(login) === (which === "own");
    });
  }

  /** Marks these copies with a plug that should have ended them. */
  mark(copies: readonly LookedAt[], { kind, user, which }: Plug, at: Instant): void {
    const marked = this.#copies.filter((copy) => copies.includes(copy));
    if (marked.length === 0) return;
    this.#at = at;
    this.#pulls += 1;
    const isOfPerson = user !== undefined || which !== undefined;
    const username = (isOfPerson && marked[0]?.login.user.username) || null;
    const pulled = { id: this.#pulls, kind, username, at };
    // The first one stays: the seconds of a verdict count from it.
    for (const copy of marked)
      copy.plugs = [...copy.plugs.slice(0, 1), ...copy.plugs.slice(1).slice(2 - plugsKept), pulled];
  }

  get all(): readonly LookedAt[] {
    return this.#copies;
  }

  /** Those that still got in at the last look, once a plug was pulled: one that was refused stays so until something happens. */
  get running(): readonly LookedAt[] {
    return this.#pulls === 0 ? [] : this.#copies.filter(({ look }) => look?.accepted !== false);
  }

  /** The code of its last look; `null`: it got in, or there was none. */
  refusalOf(copy: LookedAt): RefusalCode | null {
    const look = this.#copies.find((each) => each === copy)?.look;
    return look?.accepted === false ? look.code : null;
  }

  saw(seen: LookedAt, look: Look): void {
    const copy = this.#copies.find((each) => each === seen);
    if (!copy) return;
    this.#at = Math.max(this.#at, look.lab.now);
    // The first refusal says when it ended, and by what. What is done later may add another cause.
    if (!look.accepted && copy.look?.accepted === false) return;
    copy.look = look;
    if (!look.accepted) return;
    copy.endsAt = look.until;
    const since = afterFirst(copy, look.asked);
    if (since === null) return;
    const next = { at: Math.max(0, since), alarm: isAlarming(copy, look) };
    copy.stretches = continued(copy.stretches, next).slice(-stretchesKept);
  }

  view(lab: string, reason: Reason): CopiesView {
    const plugs = new Set(this.#copies.flatMap((copy) => copy.plugs));
    return {
      lab,
      at: iso(this.#at),
      plugs: [...plugs].sort((one, other) => one.id - other.id).map(viewPlug),
      copies: this.#copies.map((copy) => this.#viewCopy(copy, reason)),
    };
  }

  /** In the order in which they began. */
  get #loginsKept(): readonly Login[] {
    return [...new Set(this.#copies.map(({ login }) => login))];
  }

  #viewCopy(copy: Copy, reason: Reason): CopyView {
    const { login, flow, variant, credential, name, endsAt, plugs, stretches } = copy;
    const look = lookAfterPlugs(copy);
    const { number, user, client, lab } = login;
    const isLater = (each: Login) => each.number > number && each.flow === flow && isSameDevice(each, login);
    return {
      ...{ login: number, flow, variant, credential, name, username: user.username, device: client.device },
      onPhone: insideDeviceOf(client.userAgent) === "phone",
      madeAt: iso(lab.now),
      earlier: this.#loginsKept.some(isLater),
      plugs: plugs.map(({ id }) => id),
      letIn: stretches,
      verdict: look && verdictOf(copy, look),
      alarm: look !== null && isAlarming(copy, look),
      // The last plug that it met while it got in: the one that ended it, if one did.
      reason: reason({ variant, credential, lab, endsAt, look, plug: plugs.at(-1)?.kind ?? null }),
    };
  }
}

const roleChanges: ReadonlySet<PlugKind> = new Set(["lower-role", "raise-role"]);

/**
 * Gets in although something should have ended it. A changed role ends no login where the role is looked up: such a
 * copy alarms only if it acts with the role from before.
 */
function isAlarming({ plugs }: Pick<Copy, "plugs">, look: Look): boolean {
  if (!look.accepted || plugs.length === 0) return false;
  return look.authority === "stale" || !plugs.every(({ kind }) => roleChanges.has(kind));
}

/** With the next look that got in: the last stretch goes on, unless there were no looks for a while. */
function continued(stretches: readonly LetIn[], { at, alarm }: { at: number; alarm: boolean }): readonly LetIn[] {
  const last = stretches.at(-1);
  if (last?.alarm === alarm && at - last.to <= oneStretch)
    return [...stretches.slice(0, -1), { ...last, to: Math.max(last.to, at) }];
  return [...stretches, { from: last || at > oneStretch ? at : 0, to: at, alarm }];
}

/** What got in before the last plug says nothing of it: the store may not have answered the look since. */
function lookAfterPlugs({ look, plugs }: Copy): Look | null {
  const last = plugs.at(-1);
  return look?.accepted && last && look.asked < last.at ? null : look;
}

function verdictOf(copy: Copy, look: Look): CopyVerdict {
  const afterSeconds = afterFirst(copy, look.accepted ? look.asked : look.lab.now);
  if (!look.accepted) return { accepted: false, code: look.code, afterSeconds };
  const { role, authority, until } = look;
  return { accepted: true, role, authority, until: iso(until), afterSeconds };
}

/** In seconds; `null`: no plug should have ended it. */
function afterFirst({ plugs: [first] }: Copy, at: Instant): number | null {
  return first ? Math.max(0, at - first.at) / second : null;
}

/** As far as a server can tell: by the User-Agent. */
function isSameDevice(a: Pick<Login, "client">, b: Pick<Login, "client">): boolean {
  return a.client.userAgent === b.client.userAgent;
}

function viewPlug({ id, kind, username, at }: Pulled): PlugView {
  return { id, kind, experiment: experimentOf(kind), username, at: iso(at) };
}

function iso(instant: Instant): string {
  return new Date(instant).toISOString();
}
