import type { Claim, Experiment, StepReport, Verdict } from "../core/experiment.ts";
import type { FlowManifest, Variant } from "../core/flow.ts";
import { type CredentialKind, holdingOf } from "../core/holding.ts";
import type { LifetimeName } from "../core/time.ts";
import { type Captured, Cast, carrying, type Stage } from "./actors.ts";
import { mostTelling, replayAtOtherFlows } from "./cross-flow.ts";
import { type Reply, refreshBody } from "./device.ts";

/** How far before and after a boundary a copy is tried. A login takes real time, so the near side is the wider one. */
const secondsBefore = 5;
const secondsAfter = 2;

type Part = {
  readonly experiment: Experiment;
  readonly manifest: FlowManifest;
  readonly variant: Variant;
  readonly stage: Stage;
  readonly manifests: readonly FlowManifest[];
};

/**
 * Plays one experiment against one variant and measures what it shows. Whether a copy that gets in at
 * once still does at each of the variant's lifetimes is asked in fresh labs, just before and just after,
 * so that asking extends nothing.
 */
export async function play(part: Part, onStep: (report: StepReport) => void = () => {}): Promise<Verdict> {
  const { experiment, variant } = part;
  const began = performance.now();
  const expected: readonly Claim[] = variant.claims[experiment.id] ?? [];
  const observed: Claim[] = [];
  const steps: StepReport[] = [];
  const tell = (report: StepReport) => {
    steps.push(report);
    onStep(report);
  };

  for (const credential of experiment.replay.credentials) {
    if (!holdingOf(variant, credential)) continue;
    const { reply, reports, due } = await perform(part, credential, 0);
    // Both credentials come from the same script: it is told once.
    for (const report of steps.length === 0 ? reports : reports.slice(-1)) tell(report);
    observed.push(await judge(part, credential, reply, due, tell));
  }
  const holds = JSON.stringify(sorted(observed)) === JSON.stringify(sorted(expected));
  const milliseconds = Math.round(performance.now() - began);
  return { experiment: experiment.id, variant: variant.id, expected, observed, holds, steps, milliseconds };
}

async function judge(
  part: Part,
  credential: Claim["credential"],
  reply: Reply,
  due: { readonly role: string; readonly forgedAs: string | null },
  tell: (report: StepReport) => void,
): Promise<Claim> {
  if (reply.code) return { credential, outcome: reply.code, until: "at-once" };
  const user = reply.body["user"];
  const who = typeof user === "object" && user !== null ? { role: "", username: "", ...user } : null;
  const until = await measureEnd(part, credential, tell);
  const authority = who?.username === due.forgedAs ? "forged" : who?.role === due.role ? "current" : "stale";
  return { credential, outcome: "exposed", until, authority };
}

/** The first lifetime that ends the copy by itself. */
async function measureEnd(
  part: Part,
  credential: Claim["credential"],
  tell: (report: StepReport) => void,
): Promise<LifetimeName | "never"> {
  const { lifetimes } = part.variant.settings;
  const names: readonly LifetimeName[] = ["access", "idle", "absolute", "refresh"];
  for (const name of [...names].sort((a, b) => lifetimes[a] - lifetimes[b])) {
    const boundary = lifetimes[name] / 1000;
    const after = await perform(part, credential, boundary + secondsAfter);
    if (!after.reply.code) continue;
    const before = await perform(part, credential, boundary - secondsBefore);
    tell({ actor: "attacker", action: `replay ${credential} just before ${name} ends`, ...told(before.reply) });
    tell({ actor: "attacker", action: `replay ${credential} just after ${name} ended`, ...told(after.reply) });
    return before.reply.code ? "never" : name;
  }
  return "never";
}

/** The whole script in a fresh lab, up to one replay: so many seconds after it began, on the lab's clock. */
async function perform(part: Part, credential: Claim["credential"], atSeconds: number) {
  const { experiment, manifest, variant, stage } = part;
  const cast = await Cast.assemble(stage, manifest, variant);
  try {
    for (const step of experiment.steps) await cast.perform(step);
    if (atSeconds > cast.elapsedSeconds) await cast.advance(Math.floor(atSeconds - cast.elapsedSeconds));
    const reply =
      experiment.replay.at === "own-flow"
        ? await replayAtOwnFlow(cast, part, credential)
        : await replayAtOtherFlows(cast, part, part.manifests, credential);
    const action = `${cast.forged ? "present forged" : "replay"} ${credential}`;
    cast.reports.push({ actor: "attacker", action, ...told(reply) });
    return { reply, reports: cast.reports, due: { role: cast.role, forgedAs: cast.forged?.as ?? null } };
  } finally {
    await cast.close();
  }
}

/** The captured credential; or each forged one, and the most telling answer. */
async function replayAtOwnFlow(cast: Cast, part: Part, credential: CredentialKind): Promise<Reply> {
  if (!cast.forged) return replay(cast, part, credential, cast.captured);
  const holding = holdingOf(part.variant, credential);
  const held = cast.forged.credentials.filter((each) => carrying(holding, each));
  const replies: Reply[] = [];
  for (const each of held) replies.push(await replay(cast, part, credential, each));
  return mostTelling(replies);
}

/** With this credential and nothing else. */
function replay(
  cast: Cast,
  { manifest, variant }: Part,
  credential: CredentialKind,
  captured: Captured,
): Promise<Reply> {
  const thief = cast.device(carrying(holdingOf(variant, credential), captured) ?? {});
  if (credential === "refresh") return thief.send("POST", `/api/${manifest.id}/refresh`, refreshBody(thief));
  return thief.send("GET", `/api/${manifest.id}/me`);
}

function told(reply: Reply): Pick<StepReport, "status" | "code"> {
  return { status: reply.status, ...(reply.code && { code: reply.code }) };
}

function sorted(claims: readonly Claim[]): readonly (readonly string[])[] {
  return claims.map((each) => [each.credential, each.outcome, each.until, each.authority ?? ""]).sort();
}
