import { holdingOf } from "../../core/credential.ts";
import { type RefusalCode, refusals } from "../../core/refusal.ts";
import { type Clock, type Instant, second } from "../../core/time.ts";
import type { FlowManifest, Variant } from "../../core/variant.ts";
import { Cast } from "../../lab/actors.ts";
import { carrying } from "../../lab/captured.ts";
import type { Reply } from "../../lab/device.ts";
import type { Experiment } from "../../lab/experiment.ts";
import { lifetimesOf } from "../../lab/lifetimes.ts";
import type { Stage } from "../../lab/stage.ts";
import type { RaceCopy, RaceNews, RaceSighting, RaceVerdict } from "./model.ts";
import { asRaced, claimBefore, copiesOf, raceLifetimes } from "./plugs.ts";
import { judge } from "./verdict.ts";

/** The setting of one lane: the event, the variant, and where it is played. */
export type LaneOptions = {
  readonly plug: Experiment;
  readonly manifest: FlowManifest;
  readonly variant: Variant;
  readonly stage: Stage;
  /** The system's clock: a race is measured in real time, and the clocks of its labs do not move. */
  readonly clock: Clock;
};

/** The result of one round of checks on a lane's copies. */
export type Looked = { readonly sightings: readonly RaceSighting[]; readonly verdicts: readonly RaceVerdict[] };

type Copy = RaceCopy & {
  readonly value: string;
  acceptedAt: Instant | null;
  refusedAt: Instant | null;
  code: RefusalCode | null;
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
  readonly #cast: Cast;
  #loggedIn: readonly [asked: Instant, answered: Instant] = [0, 0];
  #pulledAt: Instant | null = null;
  #copies: readonly Copy[] = [];

  private constructor(number: number, entry: LaneOptions, variant: Variant, cast: Cast) {
    this.#number = number;
    this.#entry = entry;
    this.#variant = variant;
    this.#cast = cast;
  }

  static async open(number: number, entry: LaneOptions): Promise<Lane> {
    const variant = asRaced(entry.variant);
    const { plug: experiment, manifest, stage } = entry;
    const cast = await Cast.assemble({ experiment, manifest, variant, stage, manifests: [manifest] });
    return new Lane(number, entry, variant, cast);
  }

  /** Plays the script up to the plug. Answers the refusal if a step was refused: then this variant does not race. */
  async prepare(): Promise<(RaceNews & { readonly type: "failed" }) | null> {
    const { plug, clock, variant } = this.#entry;
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
    this.#copies = copiesOf(variant, plug).map((copy) => ({
      ...copy,
      value: this.#valueOf(copy),
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

  /** Checks a copy without extending or ending it, by a client that holds that copy alone. */
  async #lookAt(copy: Copy): Promise<void> {
    const { clock, manifest } = this.#entry;
    const asker = this.#cast.device({}, this.#cast.disguise);
    const asked = clock.now();
    const about = { flow: manifest.id, credential: copy.value, as: copy.credential };
    const { status, body } = await asker.send("POST", "/api/lab/try", about);
    // A failed check gives no result, so the copy is checked again.
    if (status !== 200) return;
    if (body["accepted"] === true) {
      copy.acceptedAt = asked;
      copy.authority = roleIn(body) === this.#cast.role ? "current" : "stale";
      return;
    }
    copy.refusedAt = clock.now();
    copy.code = codeIn(body);
  }

  #sightingOf({ credential, acceptedAt, authority }: Copy): RaceSighting {
    return { lane: this.#number, credential, seconds: this.#afterPlug(acceptedAt), authority };
  }

  #verdictOn({ credential, acceptedAt, refusedAt, code, authority, expected }: Copy): RaceVerdict {
    const [asked = 0, answered = 0] = this.#loggedIn.map((at) => this.#afterPlug(at) ?? 0);
    const [acceptedAfter, refusedAfter] = [this.#afterPlug(acceptedAt), this.#afterPlug(refusedAt)];
    const seen = { login: [asked, answered] as const, acceptedAfter, refusedAfter, code, authority };
    const before = claimBefore(this.#variant, this.#entry.plug, credential);
    return { lane: this.#number, credential, ...judge(seen, this.#variant, expected, before) };
  }

  /** In seconds; below zero: before the plug. `null`: the plug was not pulled, or there is no such moment. */
  #afterPlug(at: Instant | null): number | null {
    return at === null || this.#pulledAt === null ? null : (at - this.#pulledAt) / second;
  }

  #valueOf({ credential }: RaceCopy): string {
    const captured = carrying(holdingOf(this.#variant, credential), this.#cast.captured);
    const [inCookie] = captured?.cookies.values() ?? [];
    const value =
      inCookie === undefined ? (captured?.accessToken ?? captured?.refreshToken) : decodeURIComponent(inCookie);
    if (!value) throw new Error(`Nothing was captured as ${credential} of ${this.#variant.id}`);
    return value;
  }
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
