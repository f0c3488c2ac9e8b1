import type { Claim } from "../core/claim.ts";
import { type CredentialKind, holdingOf } from "../core/credential.ts";
import { readActive, userIn } from "./active-thief.ts";
import type { Cast } from "./actors.ts";
import { carrying } from "./captured.ts";
import { mostTelling, replayAtOtherFlows } from "./cross-flow.ts";
import { type Reply, told } from "./device.ts";
import { claimLines, type Experiment, type Reading, replayedOf, type StepReport, type Verdict } from "./experiment.ts";
import { type End, endedBetween, justAfter, justBefore } from "./lifetimes.ts";
import { actOut, authorityOf, inFreshLab, type Performed, thiefWith, tryToGetIn } from "./performance.ts";
import type { Part } from "./stage.ts";

type ReportStep = (report: StepReport) => void;
type PerformedReading = Performed & { readonly reading: Reading };

/**
 * Plays one experiment against one variant and measures the result, for each credential and each thief. For a copy that
 * gets in at once, it tests each lifetime of the variant, shortest first, until the copy is refused: just after that
 * lifetime, and of the one at which it is refused just before it. Each test is in a fresh lab, so that none extends a
 * login. An active thief is followed through one lab. Throws if there is no verdict: an event did not happen, or an answer does not judge the credential.
 */
export async function play(part: Part, onStep: ReportStep = () => {}): Promise<Verdict> {
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
    // Each reading plays the same script; its steps are reported once.
    for (const report of steps.length === 0 ? cast.reports : cast.reports.slice(-1)) tell(report);
    for (const report of aroundTheEnd(part, reading)) tell(report);
    observed.push(reading);
  }
  const { thieves } = experiment.replay;
  const holds = claimLines(observed).join() === claimLines(expected, thieves).join();
  const milliseconds = Math.round(performance.now() - began);
  return { experiment: experiment.id, variant: variant.id, expected, observed, holds, steps, milliseconds };
}

function readingsOf({ experiment, variant }: Part) {
  return replayedOf(experiment, variant).flatMap((credential) =>
    experiment.replay.thieves.map((thief) => ({ credential, read: thief === "silent" ? readSilent : readActive })),
  );
}

/** Tries the copy at once; if it gets in, tries it in fresh labs, to find the lifetime that ends it. */
async function readSilent(part: Part, credential: CredentialKind): Promise<PerformedReading> {
  const atOnce = await lookAt(part, credential, () => 0);
  const about = { credential, thief: "silent" } as const;
  const { reply, cast } = atOnce;
  if (reply.code) return { ...atOnce, reading: { ...about, outcome: reply.code, until: "at-once" } };
  const end = await endOfUnused(part, credential, atOnce);
  return { ...atOnce, reading: { ...about, outcome: "exposed", authority: authorityOf(reply, cast), ...end } };
}

async function endOfUnused(part: Part, credential: CredentialKind, begin: Looked): Promise<End> {
  let acceptedAfter = begin.asked;
  // The script itself may have taken so long that the copy was tried after that moment.
  const isAhead = (at: number) => at > begin.asked;
  for (const [name, end] of begin.cast.ends) {
    if (!isAhead(end + justAfter)) continue;
    // In each lab the end is that of its own login.
    const near =
      (offset: number) =>
      ({ ends }: Cast) =>
        (ends.find(([each]) => each === name)?.[1] ?? end) + offset;
    const after = await lookAt(part, credential, near(justAfter));
    if (after.reply.code) {
      const before = isAhead(end - justBefore) ? await lookAt(part, credential, near(-justBefore)) : null;
      const refused = before?.reply.code ? before : after;
      const accepted = before && refused !== before ? before.asked : acceptedAfter;
      return endedBetween(refused.cast.ends, { acceptedAfter: accepted, refusedAfter: refused.answered });
    }
    acceptedAfter = after.asked;
  }
  return { until: "never" };
}

/** `asked`, `answered`: whole seconds after the login, on the lab's clock, as a lower and an upper bound. */
type Looked = Performed & { readonly asked: number; readonly answered: number };

/** `secondsOf`: after the login, once the script was played; 0 is at once. */
async function lookAt(part: Part, credential: CredentialKind, secondsOf: (cast: Cast) => number): Promise<Looked> {
  let [at, asked, answered] = [0, 0, 0];
  const title = () => `${credential}, ${at === 0 ? "at once" : `${at} s after the login`}`;
  const performed = await inFreshLab(part, title, async (cast) => {
    for (const step of part.experiment.steps) await actOut(cast, step);
    at = secondsOf(cast);
    if (at > cast.elapsedSeconds + 1) await cast.advanceTo(at);
    asked = cast.elapsed.atLeast;
    const reply = await look(cast, part, credential);
    answered = cast.elapsed.atMost;
    return reply;
  });
  return { ...performed, asked, answered };
}

/** One replay. */
async function look(cast: Cast, part: Part, credential: CredentialKind): Promise<Reply> {
  const reply =
    part.experiment.replay.at === "own-flow"
      ? await replayAtOwnFlow(cast, part, credential)
      : await replayAtOtherFlows(cast, part, part.manifests, credential);
  const action = `${cast.forged ? "present forged" : triedOnce(part.experiment)} ${credential}`;
  cast.reports.push({ actor: userIn(part.experiment), action, ...told(reply) });
  return reply;
}

/** A thief has a copy to replay, and the owner's browser a jar of its own. */
function triedOnce(experiment: Experiment): string {
  return userIn(experiment) === "attacker" ? "replay" : "use";
}

/** The browser's own; else the captured credential, or each forged one, of which the most telling answer counts. */
async function replayAtOwnFlow(cast: Cast, part: Part, credential: CredentialKind): Promise<Reply> {
  if (userIn(part.experiment) === "victim") return tryToGetIn(cast.victim, part, credential);
  const holding = holdingOf(part.variant, credential);
  const held = cast.forged?.credentials.filter((each) => carrying(holding, each)) ?? [cast.captured];
  const replies: Reply[] = [];
  for (const each of held) {
    replies.push(await tryToGetIn(thiefWith(cast, part, credential, each), part, credential));
  }
  return mostTelling(replies);
}

/** The two tries between which it ended. */
function aroundTheEnd({ experiment }: Part, { credential, thief, until, ended }: Reading): readonly StepReport[] {
  if (!ended) return [];
  const tried = thief === "silent" ? `${triedOnce(experiment)} ${credential}` : `go on using ${credential}`;
  const actor = userIn(experiment);
  return [
    { actor, action: `${tried}, ${ended.acceptedAfter} s after the login`, note: "accepted" },
    {
      ...{ actor, note: "refused" },
      action: `${tried}, ${ended.refusedAfter} s after the login: ${until === null ? "where no lifetime ends" : `past ${until}`}`,
    },
  ];
}
