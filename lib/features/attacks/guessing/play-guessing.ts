import type { GuessingBench, GuessingLab, Mistake } from "./bench.ts";
import { type GuessingCase, toldOf, waitsOf } from "./cases.ts";
import type { decidingLines } from "./deciding-lines.ts";
import type { GuessingOutcome, GuessingPlay, LoginTimes, PlayedGuessing } from "./model.ts";
import { addressNumber, enterScene, type Scene } from "./scene.ts";
import { mistakes } from "./weak/mistakes.ts";

type Lines = ReturnType<typeof decidingLines>;

export type GuessingStage = { readonly bench: GuessingBench; readonly lines: Lines };

/** One attack against limits with a mistake, and against the right ones. Each in a lab of its own. */
export async function playGuessing({ bench, lines }: GuessingStage, attack: GuessingCase): Promise<GuessingPlay> {
  const mistake = mistakes[attack.mistake];
  const weak = await inScene(bench, mistake.around, (scene) => outcomeOf(scene, { ...attack, goesOn: false }));
  const right = await inScene(bench, null, (scene) => outcomeOf(scene, attack));
  if (!weak || !right) return untried("Without any attack alice's password was refused, or a wrong one was taken.");
  const broken = weak.broken ?? right.broken;
  if (broken !== null) return untried(`The server answered ${broken}, which is no verdict of a limit.`);
  const played: PlayedGuessing = {
    ...toldOf(attack),
    weakness: { mistake: mistake.title, ...weak.outcome, line: lines.ofMistake(attack.mistake) },
    defence: { ...right.outcome, line: lines.ofCounter(right.decided) },
  };
  return { tried: true, played, waits: right.waits };
}

const untried = (why: string): GuessingPlay => ({ tried: false, why });

async function outcomeOf(scene: Scene, { play, goesOn }: GuessingCase) {
  const { status, code, wait, succeeded } = await play(scene);
  const decided = scene.lab.decided();
  const outcome: Omit<GuessingOutcome, "line"> = {
    ...{ status, code, wait, succeeded },
    ...{ sent: scene.sent(), hashed: scene.hashed() },
  };
  const waits = goesOn ? await waitsOf(scene) : [];
  return { outcome, decided, waits, broken: scene.broken() };
}

/** `null`: the sanity check failed. */
async function inScene<T>(
  bench: GuessingBench,
  mistake: Mistake | null,
  act: (scene: Scene) => Promise<T>,
): Promise<T | null> {
  return inLab(bench, "counted", mistake, async (lab) => {
    const scene = await enterScene(lab);
    return scene && act(scene);
  });
}

async function inLab<T>(
  bench: GuessingBench,
  hashing: "counted" | "paid",
  mistake: Mistake | null,
  act: (lab: GuessingLab) => Promise<T>,
): Promise<T> {
  const lab = await bench.open(hashing, mistake);
  try {
    return await act(lab);
  } finally {
    await lab.close();
  }
}

/** Refused logins with the application's own hash, so many of a known and of an unknown name, in turn. */
export async function measureLogins(bench: GuessingBench, each: number, signal?: AbortSignal): Promise<LoginTimes> {
  return inLab(bench, "paid", null, async (lab) => {
    const scene = await enterScene(lab);
    const logins: LoginTimes["logins"][number][] = [];
    const names = [
      { known: true, username: "alice" },
      { known: false, username: "nobody" },
    ];
    for (let at = 0; scene && at < each && !signal?.aborted; at += 1) {
      // Each goes first as often as the other: what the machine does besides disturbs both alike.
      for (const { known, username } of at % 2 === 0 ? names : names.toReversed()) {
        const begun = performance.now();
        await scene.guess({ username, password: "not this one", address: addressNumber(at) });
        logins.push({ known, milliseconds: performance.now() - begun });
      }
    }
    return { logins };
  });
}
