import type { Thief } from "../../core/claim.ts";
import { holdingOf } from "../../core/credential.ts";
import { type RefusalCode, refusals } from "../../core/refusal.ts";
import { type Clock, type Instant, second } from "../../core/time.ts";
import type { FlowManifest, Variant } from "../../core/variant.ts";
import { Cast } from "../../lab/actors.ts";
import { type Captured, carrying } from "../../lab/captured.ts";
import type { Reply } from "../../lab/device.ts";
import type { Experiment } from "../../lab/experiment.ts";
import { lifetimesOf } from "../../lab/lifetimes.ts";
import { thiefWith } from "../../lab/performance.ts";
import type { DecidingStep } from "../../lab/reason/enders.ts";
import { type Observed, reasonOf } from "../../lab/reason/reason.ts";
import type { Part, Stage } from "../../lab/stage.ts";
import type { RaceCopy, RaceNews, RaceSighting, RaceVerdict } from "./model.ts";
import { asRaced, claimBefore, copiesOf, raceLifetimes } from "./plugs.ts";
import { judge } from "./verdict.ts";

/** The setting of one lane: the event, the variant, and where it is played. */
export type LaneOptions = {
  readonly plug: Experiment;
  readonly manifest: FlowManifest;
  readonly variant: Variant;
  /** Who holds the copies. An active thief uses them at each look, and takes what the answers give. */
  readonly thief: Thief;
  readonly stage: Stage;
  /** The system's clock: a race is measured in real time, and the clocks of its labs do not move. */
  readonly clock: Clock;
};

/** The result of one round of checks on a lane's copies. */
export type Looked = { readonly sightings: readonly RaceSighting[]; readonly verdicts: readonly RaceVerdict[] };

/** The answer about a copy. `code`: why it was refused; `null`: it got in. */
type Found = Pick<Reply, "body"> & { readonly code: RefusalCode | null; readonly decidedBy?: DecidingStep | null };

type Copy = RaceCopy & {
  /** What its thief holds now. */
  held: Captured;
  acceptedAt: Instant | null;
  refusedAt: Instant | null;
  code: RefusalCode | null;
  /** The step that refused; `null`: the answer names none. Absent: an answer to a request names no step. */
  decidedBy?: DecidingStep | null;
  authority: "current" | "stale";
  isJudged: boolean;
};

const refusalCodes = Object.keys(refusals) as RefusalCode[];

/** How long a copy is followed after its longest lifetime ended, in milliseconds. */
const patience = 2 * second;

/** One variant of a race: a login in a lab of its own is copied, and each copy is checked until it is refused. */
export class Lane {
  readonly #number: number;
  readonly #entry: LaneOptions;
  readonly #variant: Variant;
  readonly #part: Part;
  readonly #cast: Cast;
  #loggedIn: readonly [asked: Instant, answered: Instant] = [0, 0];
  #pulledAt: Instant | null = null;
  #copies: readonly Copy[] = [];

  private constructor(number: number, entry: LaneOptions, part: Part, cast: Cast) {
    this.#number = number;
    this.#entry = entry;
    this.#part = part;
    this.#variant = part.variant;
    this.#cast = cast;
  }

  static async open(number: number, entry: LaneOptions): Promise<Lane> {
    const { plug: experiment, manifest, stage } = entry;
    const part = { experiment, manifest, variant: asRaced(entry.variant), stage, manifests: [manifest] };
    return new Lane(number, entry, part, await Cast.assemble(part));
  }

  /** Plays the script up to the plug. Answers the refusal if a step was refused: then this variant does not race. */
  async prepare(): Promise<(RaceNews & { readonly type: "failed" }) | null> {
    const { plug, clock, variant, thief } = this.#entry;
    await this.#cast.device().send("PATCH", "/api/lab/settings", { lifetimes: raceLifetimes });
    for (const step of plug.steps.slice(0, -1)) {
      const asked = clock.now();
      await this.#cast.perform(step);
      if (step.does === "log-in") this.#loggedIn = [asked, clock.now()];
    }
    const refused = this.#cast.reports.find(({ code }) => code !== undefined);
    if (refused) {
      const { status = 0, code = null } = refused;
      return { type: "failed", lane: this.#number, status, code };
    }
    this.#copies = copiesOf(variant, plug, thief).map((copy) => ({
      ...copy,
      held: this.#captured(copy),
      acceptedAt: null,
      refusedAt: null,
      code: null,
      authority: "current",
      isJudged: false,
    }));
    return null;
  }

  /** The last step of the script: what should end the login. */
  async pull(): Promise<RaceNews> {
    const { plug, clock } = this.#entry;
    const step = plug.steps.at(-1);
    if (step) await this.#cast.perform(step);
    this.#pulledAt = clock.now();
    // An acceptance before the plug does not count after it.
    for (const copy of this.#copies) copy.acceptedAt = null;
    const { status = null, code = null } = this.#cast.reports.at(-1) ?? {};
    const afterLoginSeconds = (this.#pulledAt - this.#loggedIn[1]) / second;
    return { type: "pulled", lane: this.#number, afterLoginSeconds, status, code };
  }

  /** Is there a copy without a verdict? */
  get isRunning(): boolean {
    return this.#copies.some(({ isJudged }) => !isJudged);
  }

  /** Checks each copy that has not been refused. */
  async look(): Promise<Looked> {
    const running = this.#copies.filter(({ isJudged }) => !isJudged);
    await Promise.all(running.map((copy) => this.#lookAt(copy)));
    const isOver = this.#isOver;
    for (const copy of running) copy.isJudged = copy.code !== null || isOver;
    return {
      sightings: running.filter(({ code }) => code === null).map((copy) => this.#sightingOf(copy)),
      verdicts: running.filter(({ isJudged }) => isJudged).map((copy) => this.#verdictOn(copy)),
    };
  }

  close(): Promise<void> {
    return this.#cast.close();
  }

  /** All lifetimes have passed, so no copy that still gets in will end. */
  get #isOver(): boolean {
    const longest = Math.max(...lifetimesOf(this.#variant).map(([, length]) => length));
    return this.#pulledAt !== null && this.#entry.clock.now() > this.#loggedIn[1] + longest + patience;
  }

  async #lookAt(copy: Copy): Promise<void> {
    const { clock, thief } = this.#entry;
    const asked = clock.now();
    const found = await (thief === "active" ? this.#use(copy) : this.#check(copy));
    if (found === null) return;
    copy.code = found.code;
    if (found.code !== null) {
      copy.refusedAt = clock.now();
      if (found.decidedBy !== undefined) copy.decidedBy = found.decidedBy;
      return;
    }
    copy.acceptedAt = asked;
    copy.authority = roleIn(found.body) === this.#cast.role ? "current" : "stale";
  }

  /** Checks a copy without extending or ending it, by a client that holds that copy alone. */
  async #check({ held, credential }: Copy): Promise<Found | null> {
    const asker = this.#cast.device({}, this.#cast.disguise);
    const about = { flow: this.#entry.manifest.id, credential: valueIn(held), as: credential };
    const { status, body } = await asker.send("POST", "/api/lab/try", about);
    // A failed check gives no result, so the copy is checked again.
    if (status !== 200) return null;
    if (body["accepted"] === true) return { code: null, body };
    return { code: codeIn(body), decidedBy: typeof body["at"] === "string" ? body["at"] : null, body };
  }

  /** Sends a request with the copy, and keeps a newer credential of the answer. */
  async #use(copy: Copy): Promise<Found | null> {
    const thief = thiefWith(this.#cast, this.#part, copy.credential, copy.held);
    const { status, code, body } = await thief.send("GET", `/api/${this.#entry.manifest.id}/me`);
    // A rate limit or a store that is down says nothing of the copy.
    if (status !== 200 && status !== 401) return null;
    if (code === null) copy.held = { ...thief };
    return { code, body };
  }

  #sightingOf(copy: Copy): RaceSighting {
    const { credential, authority } = copy;
    const seconds = this.#afterPlug(copy.acceptedAt);
    const reason = seconds === null ? {} : { reason: this.#why(copy, { seen: "accepted", authority }) };
    return { lane: this.#number, credential, seconds, authority, ...reason };
  }

  /** Why a copy gets in after the plug, or does not. What a cache remembers is claimed of an active thief alone. */
  #why({ credential, expected }: Copy, seen: Observed): string {
    const thief = expected?.until === "staleFor" ? "active" : this.#entry.thief;
    return reasonOf(this.#variant, this.#variant.settings, this.#entry.plug.id, credential, { ...seen, thief });
  }

  #verdictOn(copy: Copy): RaceVerdict {
    const { credential, acceptedAt, refusedAt, code, decidedBy, authority, expected } = copy;
    const [asked = 0, answered = 0] = this.#loggedIn.map((at) => this.#afterPlug(at) ?? 0);
    const [acceptedAfter, refusedAfter] = [this.#afterPlug(acceptedAt), this.#afterPlug(refusedAt)];
    const seen = { login: [asked, answered] as const, acceptedAfter, refusedAfter, code, authority };
    const before = claimBefore(this.#variant, this.#entry.plug, { credential, thief: this.#entry.thief });
    const judged = judge(seen, this.#variant, expected, before);
    const reason = this.#why(
      copy,
      judged.outcome === "exposed"
        ? { seen: "accepted", authority }
        : { seen: "refused", code: judged.outcome, ...(decidedBy !== undefined && { decidedBy }) },
    );
    return { lane: this.#number, credential, ...judged, reason };
  }

  /** In seconds; below zero: before the plug. `null`: the plug was not pulled, or there is no such moment. */
  #afterPlug(at: Instant | null): number | null {
    return at === null || this.#pulledAt === null ? null : (at - this.#pulledAt) / second;
  }

  #captured({ credential }: RaceCopy): Captured {
    const captured = carrying(holdingOf(this.#variant, credential), this.#cast.captured);
    if (!captured) throw new Error(`Nothing was captured as ${credential} of ${this.#variant.id}`);
    return captured;
  }
}

/** The value of the one credential that is held. */
function valueIn({ cookies, accessToken, refreshToken }: Captured): string | null {
  const [inCookie] = cookies.values();
  return inCookie === undefined ? (accessToken ?? refreshToken) : decodeURIComponent(inCookie);
}

function roleIn(body: Reply["body"]): unknown {
  const user: unknown = body["user"];
  return typeof user === "object" && user !== null && "role" in user ? user.role : null;
}

/** The refusal code of a check. Throws if the answer has none. */
function codeIn(body: Reply["body"]): RefusalCode {
  const told: unknown = body["code"];
  const code = refusalCodes.find((each) => each === told);
  if (!code)
    throw new Error(`The check of a copy answered neither that it gets in nor why not: ${JSON.stringify(body)}`);
  return code;
}
