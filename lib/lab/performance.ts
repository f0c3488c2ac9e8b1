import type { Claim } from "../core/claim.ts";
import { type CredentialKind, holdingOf } from "../core/credential.ts";
import { Cast } from "./actors.ts";
import { type Captured, carrying } from "./captured.ts";
import { type Device, isSuccess, judged, type Reply, refreshBody } from "./device.ts";
import type { ExperimentStep } from "./experiment.ts";
import type { Part } from "./stage.ts";

export type Performed = { readonly reply: Reply; readonly cast: Cast };

/** One performance, in a lab of its own. Its title is asked for when it is over. */
export async function inFreshLab(
  part: Part,
  title: () => string,
  act: (cast: Cast) => Promise<Reply>,
): Promise<Performed> {
  const cast = await Cast.assemble(part);
  const watched = part.onPerformance && part.stage.watch?.(cast.labCookie);
  try {
    return { reply: await act(cast), cast };
  } finally {
    if (watched) part.onPerformance?.({ title: title(), exchanges: watched() });
    await cast.close();
  }
}

/**
 * Plays one step of the script. A variant may answer that it cannot do this. For any other refusal it throws: the event
 * did not happen, so later readings would be false.
 */
export async function actOut(cast: Cast, step: ExperimentStep): Promise<void> {
  await cast.perform(step);
  const { status, code } = cast.reports.at(-1) ?? {};
  if (status === undefined || isSuccess({ status }) || code === "NOT_SUPPORTED") return;
  throw new Error(`${step.actor}, ${step.does}: answered ${code ?? status}, so it did not happen`);
}

/** A client of the attacker that holds this captured credential alone. */
export function thiefWith(
  cast: Cast,
  { variant }: Part,
  credential: CredentialKind,
  captured: Captured | null,
): Device {
  return cast.device(carrying(holdingOf(variant, credential), captured) ?? {}, cast.disguise);
}

/**
 * Tries a credential: an access credential asks who it is; a refresh token is exchanged. Throws if the answer is no
 * verdict.
 */
export async function tryToGetIn(
  thief: Device,
  { manifest }: Pick<Part, "manifest">,
  credential: CredentialKind,
): Promise<Reply> {
  if (credential === "access") return judged(await thief.send("GET", `/api/${manifest.id}/me`));
  return judged(await thief.send("POST", `/api/${manifest.id}/refresh`, refreshBody(thief)));
}

/** The role that the answer acted with. */
export function authorityOf(reply: Reply, cast: Cast): NonNullable<Claim["authority"]> {
  const user = reply.body["user"];
  const who = typeof user === "object" && user !== null ? { role: "", username: "", ...user } : null;
  if (who !== null && who.username === cast.forged?.as) return "forged";
  return who?.role === cast.role ? "current" : "stale";
}
