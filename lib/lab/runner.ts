import { type Claim, claimLines, type Reading, type StepReport, type Verdict } from "../core/experiment.ts";
import { type CredentialKind, holdingOf } from "../core/holding.ts";
import { second } from "../core/time.ts";
import { readActive } from "./active-thief.ts";
import { type Cast, carrying, type Part } from "./actors.ts";
import { mostTelling, replayAtOtherFlows } from "./cross-flow.ts";
import { type Reply, told } from "./device.ts";
import { justAfter, justBefore, lifetimesOf } from "./lifetimes.ts";
import { authorityOf, inFreshLab, type Performed, thiefWith, tryToGetIn } from "./performance.ts";

type Tell = (report: StepReport) => void;
type Read = Performed & { readonly reading: Reading };

/**
 * Plays one experiment against one variant and measures what it shows, for each credential and each thief. Whether a
 * copy that gets in at once still does at each of the variant's lifetimes is asked in fresh labs, just before and just
 * after, so that asking extends nothing; a thief who keeps using it is followed in one.
 */
export async function play(part: Part, onStep: Tell = () => {}): Promise<Verdict> {
  const { experiment, variant } = part;
  const began = performance.now();
  const expected: readonly Claim[] = variant.claims[experiment.id] ?? [];
  const observed: Reading[] = [];
  const steps: StepReport[] = [];
  const tell = (report: StepReport) => {
    steps.push(report);
    onStep(report);
  };

  for (const { credential, read } of readingsOf(part)) {
    const { reading, cast } = await read(part, credential);
    // Every reading begins with the same script: it is told once.
    for (const report of steps.length === 0 ? cast.reports : cast.reports.slice(-1)) tell(report);
    for (const report of aroundTheEnd(reading)) tell(report);
    observed.push(reading);
  }
  const { thieves } = experiment.replay;
  const holds = claimLines(observed).join() === claimLines(expected, thieves).join();
  const milliseconds = Math.round(performance.now() - began);
  return { experiment: experiment.id, variant: variant.id, expected, observed, holds, steps, milliseconds };
}

function readingsOf({ experiment: { replay }, variant }: Part) {
  const held = replay.credentials.filter((credential) => holdingOf(variant, credential));
  return held.flatMap((credential) =>
    replay.thieves.map((thief) => ({ credential, read: thief === "silent" ? readSilent : readActive })),
  );
}

/** Looks once, at once; and if that gets in, once in a fresh lab on each side of each lifetime. */
async function readSilent(part: Part, credential: CredentialKind): Promise<Read> {
  const atOnce = await lookAt(part, credential, 0);
  const about = { credential, thief: "silent" } as const;
  const { reply, cast } = atOnce;
  if (reply.code) return { ...atOnce, reading: { ...about, outcome: reply.code, until: "at-once" } };
  const end = await endOfUnused(part, credential);
  return { ...atOnce, reading: { ...about, outcome: "exposed", authority: authorityOf(reply, cast), ...end } };
}

async function endOfUnused(part: Part, credential: CredentialKind): Promise<Pick<Reading, "until" | "ended">> {
  for (const [until, lifetime] of lifetimesOf(part.variant)) {
    const [acceptedAfter, refusedAfter] = [lifetime / second - justBefore, lifetime / second + justAfter];
    const after = await lookAt(part, credential, refusedAfter);
    if (!after.reply.code) continue;
    const before = await lookAt(part, credential, acceptedAfter);
    if (before.reply.code) throw new Error(`${part.variant.id} was refused before its ${until} lifetime was over`);
    return { until, ended: { acceptedAfter, refusedAfter } };
  }
  return { until: "never" };
}

function lookAt(part: Part, credential: CredentialKind, atSeconds: number): Promise<Performed> {
  const when = atSeconds === 0 ? "at once" : `${atSeconds} s after the login`;
  return inFreshLab(part, `${credential}, ${when}`, (cast) => look(cast, part, credential, atSeconds));
}

/** The whole script, then one replay: so many seconds after it began, on the lab's clock. */
async function look(cast: Cast, part: Part, credential: CredentialKind, atSeconds: number): Promise<Reply> {
  for (const step of part.experiment.steps) await cast.perform(step);
  if (atSeconds > cast.elapsedSeconds + 1) await cast.advanceTo(atSeconds);
  const reply =
    part.experiment.replay.at === "own-flow"
      ? await replayAtOwnFlow(cast, part, credential)
      : await replayAtOtherFlows(cast, part, part.manifests, credential);
  const action = `${cast.forged ? "present forged" : "replay"} ${credential}`;
  cast.reports.push({ actor: "attacker", action, ...told(reply) });
  return reply;
}

/** The captured credential; or each forged one, and the most telling answer. */
async function replayAtOwnFlow(cast: Cast, part: Part, credential: CredentialKind): Promise<Reply> {
  const holding = holdingOf(part.variant, credential);
  const held = cast.forged?.credentials.filter((each) => carrying(holding, each)) ?? [cast.captured];
  const replies: Reply[] = [];
  for (const each of held) {
    replies.push(await tryToGetIn(thiefWith(cast, part, credential, each), part, credential));
  }
  return mostTelling(replies);
}

/** The two tries that say when it ended. */
function aroundTheEnd({ credential, thief, until, ended }: Reading): readonly StepReport[] {
  if (!ended) return [];
  const tried = thief === "silent" ? `replay ${credential}` : `go on using ${credential}`;
  return [
    { actor: "attacker", action: `${tried}, ${ended.acceptedAfter} s after the login`, note: "accepted" },
    { actor: "attacker", action: `${tried}, ${ended.refusedAfter} s after the login: past ${until}`, note: "refused" },
  ];
}
