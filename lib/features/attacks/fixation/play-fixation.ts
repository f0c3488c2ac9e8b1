import { isSuccess } from "../../../lab/device.ts";
import type { Stage } from "../../../lab/stage.ts";
import { orUntried } from "../broken-answers.ts";
import { claimedOf } from "./claimed.ts";
import type { LinesOfFixation } from "./lines.ts";
import { type FixationPlay, type FixationStep, type PlantTold, type PlayedFixation, plants } from "./model.ts";
import { enterScene, nameIn, type Part, type Scene, type SessionId, sessionIdOf } from "./scene.ts";

export type FixationStage = { readonly stage: Stage; readonly lines: LinesOfFixation };

/** Each planted id at one variant, without the fault and with it. Each in a lab of its own. */
export function playFixation(place: FixationStage, part: Part, signal?: AbortSignal): Promise<FixationPlay> {
  const { id: variant } = part.variant;
  return orUntried(
    () => playAll(place, part, signal),
    (why) => ({ tried: false, variant, why }),
  );
}

async function playAll(place: FixationStage, part: Part, signal?: AbortSignal): Promise<FixationPlay> {
  const { id: variant } = part.variant;
  const session = sessionIdOf(part.variant);
  if (session === null) return { tried: false, variant, why: "It has no session id, so there is nothing to plant." };
  const played: PlayedFixation[] = [];
  for (const plant of plants) {
    for (const keeps of [false, true]) {
      // Whoever asked has gone, or the process ends.
      if (signal?.aborted) return { tried: false, variant, why: "It was stopped." };
      const one = await playOne(place, part, session, plant.id, keeps);
      if (typeof one === "string") return { tried: false, variant, why: one };
      played.push(one);
    }
  }
  return { tried: true, variant, cookie: session.cookie, played };
}

async function playOne(
  { stage, lines }: FixationStage,
  part: Part,
  session: SessionId,
  plant: PlantTold["id"],
  keeps: boolean,
): Promise<PlayedFixation | string> {
  const scene = await enterScene(stage, part, session, keeps);
  try {
    return await inScene({ scene, part, lines }, plant, keeps);
  } finally {
    await scene.close();
  }
}

type Act = { readonly scene: Scene; readonly part: Part; readonly lines: LinesOfFixation };
type Asked = Awaited<ReturnType<Scene["tryId"]>>;

/** A sentence: the sanity check failed. */
async function inScene(act: Act, plant: PlantTold["id"], keeps: boolean): Promise<PlayedFixation | string> {
  const { scene, part, lines } = act;
  const steps: FixationStep[] = [];
  const note = (by: FixationStep["by"], does: string, sent: FixationStep["sent"]) =>
    void steps.push({ by, does, sent, holds: scene.holds() });

  const own = await scene.logIn("thief", "bob");
  const ownId = scene.idOf("thief");
  if (!isSuccess(own.reply) || ownId === null) return "The thief could not log in to an account of his own.";
  note("thief", "logs in, as bob", toldLogin(act, own, false));
  const id = plant === "own" ? ownId : madeUp(ownId);
  const before = await scene.tryId(id);
  // His own id is bob's, and one that was made up is nobody's.
  if (nameIn(before.reply) !== (plant === "own" ? "bob" : null)) return "The planted id was somebody’s from the start.";
  scene.plant(id);
  note("thief", plant === "own" ? "plants his id in alice’s browser" : "plants an id that he made up", null);

  const hers = await scene.logIn("alice", "alice");
  const isKept = scene.idOf("alice") === id;
  if (!isSuccess(hers.reply)) return "alice could not log in.";
  note("alice", "logs in, as alice", toldLogin(act, hers, isKept));

  const tried = await scene.tryId(id);
  const thief = { code: tried.reply.code, as: nameIn(tried.reply) };
  const form = part.variant.settings.id === "signed" ? "signed-id" : "opaque-id";
  note("thief", "sends the planted id", told(tried, lines.ofRefusal(tried.exchanges, tried.reply.code, form)));

  const still = await scene.tryId(scene.idOf("alice") ?? "");
  if (nameIn(still.reply) !== "alice") return "alice’s own id did not get in after her login.";
  note("alice", "goes on", told(still, null));
  const claimed = claimedOf(part.variant, plant, keeps);
  return { plant, keeps, steps, thief, asClaimed: claimed?.code === thief.code && claimed.as === thief.as };
}

function toldLogin({ lines }: Act, asked: Asked, isKept: boolean): FixationStep["sent"] {
  return told(asked, lines.ofLogin(asked.exchanges, isKept));
}

function told({ reply, line }: Asked, at: NonNullable<FixationStep["sent"]>["at"]): FixationStep["sent"] {
  const { status, code } = reply;
  return { line, status, code, as: nameIn(reply), at };
}

/** In the form of another id: its lab and variant, and a text of the thief's own. */
function madeUp(id: string): string {
  return `${id.split(".").slice(0, 2).join(".")}.${"a".repeat(43)}`;
}
