import { orUntried } from "../broken-answers.ts";
import { playCaptured } from "./captured.ts";
import { isUnder, publicKeys } from "./leaked-keys.ts";
import type { LeakedKeyPlay, PlayedService, PlayedVariant } from "./model.ts";
import { playVariant, type Theft } from "./play-variants.ts";
import { playRotation } from "./rotation.ts";
import { type LeakStage, openScratchLab, type Part } from "./scratch-lab.ts";
import { partsOfServices, playService } from "./services.ts";

const stopped = { tried: false, why: "It was stopped." } as const;

/** All that can be done with one leaked key, in labs of its own. The visitor's lab is left as it is. */
export function playLeakedKey(place: LeakStage, theft: Theft, signal?: AbortSignal): Promise<LeakedKeyPlay> {
  return orUntried(
    () => playAll(place, theft, signal),
    (why) => ({ tried: false, why }),
  );
}

async function playAll(place: LeakStage, theft: Theft, signal?: AbortSignal): Promise<LeakedKeyPlay> {
  const parts = place.parts.filter(({ variant }) => isUnder(theft.key, variant));
  const variants = await inOneLab(place, parts, playVariant, theft, signal);
  if (typeof variants === "string") return { tried: false, why: `A real login of ${variants} did not get in.` };
  if (signal?.aborted) return stopped;
  const isOfTokens = parts.some(({ variant }) => variant.id !== theft.key);
  const ofServices = isOfTokens ? partsOfServices(place.parts) : [];
  const services = await inOneLab(place, ofServices, playService, theft, signal);
  if (typeof services === "string") return { tried: false, why: `A real login of ${services} did not get in.` };
  const rotated = theft.key === publicKeys ? undefined : partToRotate(parts, variants);
  const rotation = rotated ? await playRotation(place, rotated, theft) : null;
  const captured = await playCaptured(place, theft.key);
  if (signal?.aborted) return stopped;
  return { tried: true, ...theft, variants, rotation, captured, services };
}

type Plays<Played> = (
  place: Pick<LeakStage, "lines"> & { readonly lab: Awaited<ReturnType<typeof openScratchLab>> },
  part: Part,
  theft: Theft,
) => Promise<Played | null>;

/** One after the other. Answers the variant whose sanity check failed, if one did. */
async function inOneLab<Played extends PlayedVariant | PlayedService>(
  place: LeakStage,
  parts: readonly Part[],
  play: Plays<Played>,
  theft: Theft,
  signal: AbortSignal | undefined,
): Promise<readonly Played[] | string> {
  const lab = await openScratchLab(place);
  try {
    const played: Played[] = [];
    for (const part of parts) {
      // Whoever asked has gone, or the process ends.
      if (signal?.aborted) return played;
      const found = await play({ ...place, lab }, part, theft);
      if (!found) return part.variant.id;
      played.push(found);
    }
    return played;
  } finally {
    await lab.close();
  }
}

/** The first variant that believed the forged credential; else the first that stands on the key. */
function partToRotate(parts: readonly Part[], played: readonly PlayedVariant[]): Part | undefined {
  const believing = played.find(({ reads, forgedAs }) => reads.code === null && forgedAs === "browser");
  return parts.find(({ variant }) => variant.id === believing?.variant) ?? parts[0];
}
