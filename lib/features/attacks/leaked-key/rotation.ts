import { day, minute, second } from "../../../core/time.ts";
import { type Device, isSuccess, type Reply } from "../../../lab/device.ts";
import type { LabLeak } from "./lab-leak.ts";
import type { PlayedRotation, RotationMoment } from "./model.ts";
import { answered, type Theft } from "./play-variants.ts";
import { recipeOf } from "./recipe.ts";
import { type LeakStage, openScratchLab, type Part, type ScratchLab } from "./scratch-lab.ts";
import { written } from "./write-credential.ts";

const people = ["alice", "bob"] as const;

/** The same rotation in two labs: one lets the replaced key verify for a while, one does not. */
export async function playRotation(place: LeakStage, part: Part, theft: Theft): Promise<PlayedRotation> {
  return {
    variant: part.variant.id,
    overlap: await playLane(place, part, theft, true),
    cut: await playLane(place, part, theft, false),
  };
}

async function playLane(
  place: LeakStage,
  part: Part,
  theft: Theft,
  overlap: boolean,
): Promise<readonly RotationMoment[]> {
  const lab = await openScratchLab(place);
  try {
    const lane = new Lane(place, lab, part, theft);
    await lane.begin();
    await lane.look("Before the rotation");
    await lab.rotate(overlap);
    await lane.look("Just after it");
    if (overlap) await lane.passOverlap();
    else await lane.logInAgain("When they have logged in again");
    return lane.moments;
  } finally {
    await lab.close();
  }
}

/** A thief with the key of the first moment, and people who only want to work. */
class Lane {
  readonly moments: RotationMoment[] = [];
  readonly #place: LeakStage;
  readonly #lab: ScratchLab;
  readonly #part: Part;
  readonly #theft: Theft;
  #leaked: LabLeak | null = null;
  #devices: readonly (Device | null)[] = [];

  constructor(place: LeakStage, lab: ScratchLab, part: Part, theft: Theft) {
    this.#place = place;
    this.#lab = lab;
    this.#part = part;
    this.#theft = theft;
  }

  async begin(): Promise<void> {
    await this.#logIn();
    this.#leaked = await this.#lab.leak();
  }

  async logInAgain(title: string): Promise<void> {
    await this.#logIn();
    await this.look(title);
  }

  /** Nobody stays logged in for so long, so the people have logged in again by then. */
  async passOverlap(): Promise<void> {
    const { overlapEnds, now } = await this.#lab.leak();
    if (overlapEnds === null) throw new Error("After a rotation with overlap no replaced key verifies");
    const left = Math.ceil((overlapEnds - now) / second);
    await this.#lab.advance(left - day / second);
    await this.logInAgain("A day before the overlap ends");
    await this.#lab.advance((day + minute) / second);
    await this.logInAgain("When the overlap has ended");
  }

  async look(title: string): Promise<void> {
    const leaked = this.#leaked;
    const person = await this.#lab.person(this.#part, this.#theft.as);
    if (!leaked || !person) throw new Error("A rotation is looked at before it began");
    const leak = { ...leaked, now: (await this.#lab.leak()).now };
    const order = { leak, variant: this.#part.variant, key: this.#theft.key, person };
    const credential = written(recipeOf(order));
    const sent = await this.#lab.read(this.#part, credential);
    const replies = await this.#askForAll();
    this.moments.push({
      title,
      seconds: Math.round((leak.now - leaked.now) / second),
      thief: answered(this.#place, this.#part, sent, { credential, leak }),
      honest: {
        in: replies.filter((reply) => reply !== null && isSuccess(reply)).length,
        of: replies.length,
        code: replies.find((reply) => reply !== null && !isSuccess(reply))?.code ?? null,
      },
    });
  }

  async #logIn(): Promise<void> {
    this.#devices = await inTurn(people, (username) => this.#lab.logIn(this.#part, username));
  }

  #askForAll(): Promise<readonly (Reply | null)[]> {
    return inTurn(this.#devices, async (device) => device && this.#lab.ask(this.#part, device));
  }
}

async function inTurn<Of, Made>(all: readonly Of[], make: (each: Of) => Promise<Made>): Promise<readonly Made[]> {
  const made: Made[] = [];
  for (const each of all) made.push(await make(each));
  return made;
}
