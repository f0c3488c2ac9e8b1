import { duration } from "@/lib/core/time.ts";
import type {
  BenchActor,
  BenchEvent,
  BenchMeasure,
  BenchOutcome,
  BenchStep,
  BenchToken,
  BenchTree,
  RefreshSchedule,
} from "@/lib/features/refresh-bench/model.ts";
import { isBad } from "@/lib/features/refresh-bench/model.ts";

const actorNames: Readonly<Partial<Record<BenchActor, string>>> = {
  "tab-1": "Tab 1",
  "tab-2": "Tab 2",
  "tab-3": "Tab 3",
  thief: "Thief",
};

/** The name of an actor's lane. `null`: the actor has none, and its steps are worded without a subject. */
export function nameOf(actor: BenchActor): string | null {
  return actorNames[actor] ?? null;
}

/** The words of a count in a cell: `false logouts 3 of 20`, of the runs in which it could occur. */
export const measureNames: Readonly<Record<BenchMeasure, string>> = {
  "false-logout": "false logouts",
  "thief-survives": "thief survives",
  "in-after-end": "in after the end",
};

const badWords: Readonly<Record<BenchMeasure, string>> = {
  "false-logout": "False logout: an honest tab was refused, without a theft and without a logout.",
  "thief-survives": "The thief survives: at the end, the copy still gets in.",
  "in-after-end": "In after the end: a refresh was accepted that was sent after the family had ended.",
};

const goodWords: Readonly<Record<BenchMeasure, string>> = {
  "false-logout": "No false logout: every honest tab is still logged in.",
  "thief-survives": "The thief is out.",
  "in-after-end": "No refresh was accepted after the end.",
};

export function outcomeWords(
  outcome: BenchOutcome,
  measures: readonly BenchMeasure[],
): readonly { readonly measure: BenchMeasure; readonly bad: boolean; readonly words: string }[] {
  return measures.map((measure) => {
    const bad = isBad(outcome, measure);
    return { measure, bad, words: (bad ? badWords : goodWords)[measure] };
  });
}

/** The actors of a run that have a lane. */
export function lanesOf({ phases }: RefreshSchedule): readonly BenchActor[] {
  const acting = new Set(phases.flatMap(({ together }) => together.map(({ actor }) => actor)));
  return (["tab-1", "tab-2", "tab-3", "thief"] as const).filter((actor) => actor === "tab-1" || acting.has(actor));
}

/** `POST refresh` */
export function requestWords(request: string): string {
  return request.replace(/\/api\/[^/]+\//, "");
}

/** An event in one line, for screen readers. */
export function eventWords(event: BenchEvent): string {
  switch (event.kind) {
    case "wait":
      return `${duration(event.seconds * 1000)} later`;
    case "copy":
      return event.token === null ? "finds no token to copy" : `copies ${event.token} out of the browser`;
    case "send":
      return `${requestWords(event.request)} ${event.token === null ? "without a token" : `with ${event.token}`}`;
    case "shared":
      return "takes what another tab got, and sends no request";
    case "store":
      return `store: ${event.call}${event.token === null ? "" : ` (${event.token})`}: ${event.found}`;
    case "answer":
      return `answer ${event.status}${event.code === null ? "" : ` ${event.code}`}${event.token === null ? "" : `, sets ${event.token}`}`;
    case "lost":
      return `the answer ${event.status} to ${requestWords(event.request)} is lost on the way`;
    case "crash":
      return "the process crashes; its unfinished work is lost, and a new one starts";
    case "restart":
      return event.emptied
        ? "the process restarts; its store was in memory and is now empty"
        : "the process restarts; the database is unchanged";
  }
}

/** The last answer that this actor received. `null`: it received none. */
export function lastAnswerOf(steps: readonly BenchStep[], actor: BenchActor) {
  const last = steps.findLast((step) => step.actor === actor && step.event.kind === "answer")?.event;
  return last?.kind === "answer" ? { status: last.status, code: last.code } : null;
}

/**
 * The stored state of a token: exchanged, of an ended family, or neither. It does not predict the answer: within a
 * grace a used token is accepted once more, and with a wrong grace also one of an ended family.
 */
export function stateOf(token: BenchToken, tree: BenchTree): "used" | "ended" | "good" {
  if (token.usedAt !== null) return "used";
  return tree.ended ? "ended" : "good";
}

export function holdersOf({ name }: BenchToken, { holding }: BenchTree): readonly string[] {
  return [...(holding.browser === name ? ["browser"] : []), ...(holding.thief === name ? ["thief"] : [])];
}

/** The whole tree in a sentence, for screen readers. */
export function treeWords(tree: BenchTree): string {
  if (tree.tokens.length === 0) return "The server holds no token.";
  const tokens = tree.tokens.map((token) => {
    const holders = holdersOf(token, tree);
    const from = token.parent === null ? "from the login" : `from ${token.parent}`;
    return `${token.name}, ${from}, ${stateOf(token, tree)}${holders.length > 0 ? `, held by ${holders.join(" and ")}` : ""}`;
  });
  return `${tokens.join("; ")}. The family ${tree.ended ? `is ended: ${tree.ended.reason}` : "is alive"}.`;
}

/** `16:03.120`: minutes, seconds, milliseconds. */
export function sinceLogin(at: number): string {
  const [minutes, rest] = [Math.floor(at / 60_000), at % 60_000];
  return `${minutes}:${(rest / 1000).toFixed(3).padStart(6, "0")}`;
}

/** The number of steps of the schedule. Steps after them only show who still gets in. */
export function ownStepsOf(steps: readonly BenchStep[]): number {
  const settles = steps.findIndex(({ settling }) => settling);
  return settles < 0 ? steps.length : settles;
}
