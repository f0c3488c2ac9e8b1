import { type CredentialKind, holdingOf } from "../../../core/credential.ts";
import type { Strictness } from "../../../core/settings.ts";
import { type Device, isSuccess } from "../../../lab/device.ts";
import type { Stage } from "../../../lab/stage.ts";
import { orUntried } from "../broken-answers.ts";
import { claimedOf, refusalOfStranger } from "./claimed.ts";
import type { LinesOfTheft } from "./lines.ts";
import { bindings, type PlayedTheft, type SenderTold, type TheftAnswer, type TheftPlay } from "./model.ts";
import { enterScene, type Part, type Scene } from "./scene.ts";
import { home, senders } from "./senders.ts";

export type TheftStage = { readonly stage: Stage; readonly lines: LinesOfTheft };

/** alice's credentials of one variant, from every sender, under every binding, in a lab of its own. */
export function playTheft(place: TheftStage, part: Part, signal?: AbortSignal): Promise<TheftPlay> {
  const { id: variant } = part.variant;
  return orUntried(
    () => playAll(place, part, signal),
    (why) => ({ tried: false, variant, why }),
  );
}

async function playAll({ stage, lines }: TheftStage, part: Part, signal?: AbortSignal): Promise<TheftPlay> {
  const { id } = part.variant;
  const scene = await enterScene(stage, part);
  try {
    const played: PlayedTheft[] = [];
    for (const binding of bindings) {
      // Whoever asked has gone, or the process ends.
      if (signal?.aborted) return { tried: false, variant: id, why: "It was stopped." };
      await scene.bind(binding);
      const insane = await whyNothingIsProved(scene);
      if (insane !== null) return { tried: false, variant: id, why: insane };
      for (const credential of kinds.filter((kind) => holdingOf(part.variant, kind))) {
        const stolen = await steal({ scene, part, binding, lines }, credential);
        if (!stolen) return { tried: false, variant: id, why: "alice could not log in again." };
        played.push(...stolen);
      }
    }
    return { tried: true, variant: id, played };
  } finally {
    await scene.close();
  }
}

const kinds = ["access", "refresh"] as const satisfies readonly CredentialKind[];

/** The sanity check: alice gets in from home, and a client with nothing does not. `null`: both are so. */
async function whyNothingIsProved(scene: Scene): Promise<string | null> {
  const alice = await scene.logIn();
  const copy = alice && scene.copyOf(alice, "access");
  if (!copy) return "alice could not log in.";
  const [hers, nobodys] = [await scene.send(home, "access", copy), await scene.send(home, "access", null)];
  if (hers.answer.code !== null) return "alice’s own login did not get in from her own device.";
  return nobodys.answer.code === null ? "A client without any credential got in." : null;
}

type Act = { readonly scene: Scene; readonly part: Part; readonly binding: Strictness; readonly lines: LinesOfTheft };
type Tried = Pick<PlayedTheft, "arrived"> & {
  readonly sender: SenderTold;
  readonly answer: Omit<TheftAnswer, "noted">;
};

/** `null`: there was no login to copy, which says nothing. */
async function steal(act: Act, credential: CredentialKind): Promise<readonly PlayedTheft[] | null> {
  const { scene } = act;
  const tried: Tried[] = [];
  let alice: Device | null = null;
  for (const sender of senders) {
    alice ??= await scene.logIn();
    if (!alice) return null;
    const sent = await scene.send(sender, credential, scene.copyOf(alice, credential));
    tried.push({ sender, ...sent });
    // An exchanged refresh token is used up, so the next sender has one of another login.
    if (credential === "refresh" && isSuccess(sent.answer)) alice = null;
  }
  const notes = await scene.newNotes();
  return tried.map((each) => {
    const { address, device } = each.arrived;
    const note = notes.find((found) => found.ip === address && found.device === device);
    return judged(act, credential, each, { ...each.answer, noted: note?.type ?? null });
  });
}

/** What a cell says of it: the line that decided, and whether the variant claims it so. */
function judged(
  { part: { variant }, binding, lines }: Act,
  credential: CredentialKind,
  { sender, arrived }: Tried,
  answer: TheftAnswer,
): PlayedTheft {
  const claimed = claimedOf(variant, credential, sender, binding);
  const isBound = refusalOfStranger(variant, credential) !== null;
  return {
    ...{ sender: sender.id, binding, credential, answer, arrived, line: lines.of(answer, isBound, binding) },
    asClaimed: answer.code === claimed.code && answer.noted === claimed.noted,
  };
}
