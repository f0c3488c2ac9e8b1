import type { FlowId } from "../../core/ids.ts";
import { type Clock, type Instant, second } from "../../core/time.ts";
import type { LabView } from "../../lab/lab-view.ts";
import { credentialWords } from "../../lab/reason/credential-words.ts";
import type { EventName } from "../../lab/reason/lab-events.ts";
import { type LabMoment, sinceThen } from "../../lab/reason/lab-since.ts";
import { type Observed, reasonOf } from "../../lab/reason/reason.ts";
import { differencesOf } from "./check-step.ts";
import type { ActAnswer, LessonLab } from "./lesson-lab.ts";
import type { LessonFrame, LessonLane, StoryRow } from "./model.ts";
import type { Story } from "./story.ts";
import { panesOf } from "./withheld.ts";

type Asked = StoryRow["credentials"][number];

/** Plays the steps of one story in one lab, in their order, and records what came of each. */
export class StoryPlayer {
  readonly frames: LessonFrame[] = [];
  readonly #story: Story;
  readonly #lab: LessonLab;
  readonly #clock: Clock;
  /** On the lab's clock. */
  #markedAt: Instant | null = null;
  /** By lane: the lab at the last look that got in, and the end that this look told. */
  // Bounded: by the lanes of one lesson.
  readonly #lastIn = new Map<string, { readonly lab: LabMoment; readonly endsAt: Instant }>();

  /** `clock`: the system's. */
  constructor(story: Story, lab: LessonLab, clock: Clock) {
    this.#story = story;
    this.#lab = lab;
    this.#clock = clock;
  }

  /** Does the next step, looks at the lab, and compares it with what the step says. */
  async playNext(): Promise<LessonFrame> {
    const number = this.frames.length;
    const step = this.#story.steps[number];
    if (!step) throw new Error(`${this.#story.name} has no step ${number + 1}`);
    const answers: ActAnswer[] = [];
    for (const act of step.acts) {
      answers.push(...(await this.#lab.act(act)));
      // Counted from what ended logins, not from a wait in the same step.
      if (step.isMark) this.#markedAt ??= this.#now;
    }
    const lanes = await this.#lookAtAll(this.#eventAt(number));
    const view = await this.#lab.view();
    const recorded = { lanes, records: recordsIn(view, this.#lab.flows), held: heldIn(view, this.#lab.flows) };
    const markedAfter = this.#sinceMark(this.#now);
    const frame = {
      step: number,
      markedAfter,
      lanes,
      records: recorded.records,
      panes: panesOf(
        view,
        this.#lab.flows.map(({ variant }) => variant.id),
        this.#lab.exchanges,
      ),
      differs: differencesOf(step.check, { ...recorded, answers, markedAfter }),
    };
    this.frames.push(frame);
    return frame;
  }

  close(): Promise<void> {
    return this.#lab.close();
  }

  #moment(now: Instant): LabMoment {
    // Of one lesson's lab, which is never reset.
    return { createdAt: 0, clockOffset: this.#lab.moved, now };
  }

  get #now(): Instant {
    return this.#clock.now() + this.#lab.moved;
  }

  #eventAt(number: number): EventName | null {
    return this.#story.steps.slice(0, number + 1).findLast(({ event }) => event)?.event ?? null;
  }

  async #lookAtAll(event: EventName | null): Promise<readonly LessonLane[]> {
    const looked = this.#story.rows.flatMap((row) =>
      row.credentials.map((credential) => this.#lookAt(row, credential, event)),
    );
    return (await Promise.all(looked)).filter((lane) => lane !== null);
  }

  async #lookAt(row: StoryRow, credential: Asked, event: EventName | null): Promise<LessonLane | null> {
    const { holder, flow } = row;
    const asked = this.#now;
    const found = await this.#lab.look(holder, flow, credential);
    if (!found) return null;
    const before = this.frames.at(-1)?.lanes.find((lane) => isSame(lane, { holder, flow, credential }));
    const since = this.#sinceMark(asked);
    const own = { holder, flow, credential, name: this.#nameOf(flow, credential) };
    const lane = `${holder} ${flow} ${credential}`;
    if (found.accepted) {
      this.#lastIn.set(lane, { lab: this.#moment(asked), endsAt: found.until });
      const reason = this.#why(flow, credential, event, { seen: "accepted" });
      return { ...own, code: null, inAfter: since, endsAfter: this.#sinceMark(found.until), reason };
    }
    const { code } = found;
    if (code === null) throw new Error("A look at a credential of a lesson said neither that it gets in nor why not");
    const last = this.#lastIn.get(lane);
    const what = last && sinceThen(last.lab, this.#moment(asked), last.endsAt);
    const seen: Observed = { seen: "refused", code, decidedBy: found.at, ...(what && { since: what }) };
    const { inAfter = null, endsAfter = null } = before ?? {};
    const ended = code === "EXPIRED" ? endsAfter : null;
    return { ...own, code, inAfter, endsAfter: ended, reason: this.#why(flow, credential, event, seen) };
  }

  #why(flow: FlowId, credential: Asked, event: EventName | null, seen: Observed): string {
    const { variant } = this.#played(flow);
    return reasonOf(variant, variant.settings, event, credential, seen);
  }

  #nameOf(flow: FlowId, credential: Asked): string {
    const { variant } = this.#played(flow);
    // A class that has not met sealing yet reads the plain word.
    return variant.settings.encoding ? "cookie" : credentialWords(variant, credential).name;
  }

  #played(flow: FlowId) {
    const played = this.#lab.flows.find(({ id }) => id === flow);
    if (!played) throw new Error(`This story has no flow ${flow}`);
    return played;
  }

  #sinceMark(at: Instant): number | null {
    return this.#markedAt === null ? null : Math.max(0, (at - this.#markedAt) / second);
  }
}

type Own = Pick<LessonLane, "holder" | "flow" | "credential">;

function isSame(one: Own, other: Own): boolean {
  return one.holder === other.holder && one.flow === other.flow && one.credential === other.credential;
}

type Played = LessonLab["flows"];

function recordsIn(view: LabView, flows: Played): Readonly<Record<FlowId, number>> {
  const live = (flow: FlowId) => view.held[flow]?.records?.filter(({ ended }) => ended === null).length ?? 0;
  return Object.fromEntries(flows.map(({ id }) => [id, live(id)]));
}

function heldIn(view: LabView, flows: Played): Readonly<Record<FlowId, number>> {
  return Object.fromEntries(flows.map(({ id }) => [id, view.held[id]?.credentials.length ?? 0]));
}
