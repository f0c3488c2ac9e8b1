import type { CredentialKind } from "../core/credential.ts";
import { cachedFor } from "../core/settings.ts";
import { second } from "../core/time.ts";
import type { Cast } from "./actors.ts";
import type { Captured } from "./captured.ts";
import { type Reply, told } from "./device.ts";
import type { Experiment, Reading } from "./experiment.ts";
import { type End, type EndAt, endedBetween, justAfter, justBefore, paceOf } from "./lifetimes.ts";
import { actOut, authorityOf, inFreshLab, type Performed, thiefWith, tryToGetIn } from "./performance.ts";
import type { Part } from "./stage.ts";

/**
 * A thief who uses the copy from the moment of the capture, takes each new credential from the answers, and goes on
 * until a refusal. Plays in one lab, since each request is meant to extend the login.
 */
export async function readActive(part: Part, credential: CredentialKind): Promise<Performed & { reading: Reading }> {
  const about = { credential, thief: "active" } as const;
  let end: End = { until: "at-once" };
  const title = () => `${credential}, kept in use`;
  const performed = await inFreshLab(part, title, async (cast) => {
    const use = createUse(cast, part, credential);
    let began = false;
    for (const step of part.experiment.steps) {
      // Starts when there is a credential to use and the attacker is ready.
      if (cast.captured !== null && step.actor !== "attacker" && !began) {
        began = true;
        await use();
        cast.busy.add(use);
      }
      await actOut(cast, step);
    }
    const reply = await use();
    cast.reports.push({ actor: userIn(part.experiment), action: `go on using ${credential}`, ...told(reply) });
    if (!reply.code) end = await follow(cast, part, use);
    return reply;
  });
  const { reply, cast } = performed;
  if (reply.code) return { ...performed, reading: { ...about, outcome: reply.code, ...end } };
  return { ...performed, reading: { ...about, outcome: "exposed", authority: authorityOf(reply, cast), ...end } };
}

/** Who goes on: the thief with the copy, or the owner's browser. */
export function userIn({ replay }: Experiment): "victim" | "attacker" {
  return replay.by === undefined ? "attacker" : "victim";
}

/** Takes over the new credential of the last answer, if there is one. */
function createUse(cast: Cast, part: Part, credential: CredentialKind): () => Promise<Reply> {
  let held: Captured | null = null;
  if (userIn(part.experiment) === "victim") return () => tryToGetIn(cast.victim, part, credential);
  return async () => {
    const thief = thiefWith(cast, part, credential, held ?? cast.captured);
    const reply = await tryToGetIn(thief, part, credential);
    // A thief keeps what a refusal tells a browser to delete.
    if (reply.code === null) held = { ...thief };
    return reply;
  };
}

/** Uses it often enough to keep it alive, and just before and after each lifetime, until it is refused. */
async function follow(cast: Cast, part: Part, use: () => Promise<Reply>): Promise<End> {
  cast.busy.clear();
  let acceptedAfter = cast.elapsed.atLeast;
  const isRefused = async () => {
    const asked = cast.elapsed.atLeast;
    const { code } = await use();
    if (code === null) acceptedAfter = asked;
    return code !== null;
  };
  if (cast.asksOtherNode) {
    // As old as an answer in a read cache can get.
    await cast.advanceTo(cast.elapsedSeconds + cachedFor / second);
    if (await isRefused()) return { until: "staleFor", ended: { acceptedAfter, refusedAfter: cast.elapsed.atMost } };
  }
  for (const at of momentsOf(part, cast.ends)) {
    if (at <= cast.elapsedSeconds) continue;
    await cast.advanceTo(at);
    if (await isRefused()) return endedBetween(cast.ends, { acceptedAfter, refusedAfter: cast.elapsed.atMost });
  }
  return { until: "never" };
}

function momentsOf({ variant }: Part, ends: readonly EndAt[]): readonly number[] {
  const pace = paceOf(variant);
  const paced = Math.floor(variant.settings.lifetimes.absolute / second / pace);
  const uses = Array.from({ length: paced }, (_, before) => (before + 1) * pace);
  return [...uses, ...ends.flatMap(([, end]) => [end - justBefore, end + justAfter])].toSorted((a, b) => a - b);
}
