import type { CsrfTold, CsrfVerdict, DefenceTold, JudgedPlay } from "@/lib/features/attacks/csrf/model.ts";
import { verdictOf } from "./verdict-of.ts";

/** A request whose outcome or origin depends on the browser, and the defences under which the outcome does. */
export type EngineDifference = {
  readonly title: string;
  /** The defences under which it differs. */
  readonly under: readonly string[];
  readonly by: readonly {
    readonly browser: string;
    readonly outcomes: readonly CsrfVerdict["outcome"][];
    /** The origin that its request names; `null`: all name the same. */
    readonly origin: string | null;
  }[];
};

/**
 * The cases in which the recorded plays differ. Where they differ without a defence, that alone is told: every defence
 * then differs with it.
 */
export function engineDifferences(
  plays: readonly JudgedPlay[],
  cases: readonly CsrfTold[],
  defences: readonly DefenceTold[],
): readonly EngineDifference[] {
  return cases.flatMap(({ id, title }) => {
    const outcomeIn = (play: JudgedPlay, defence: DefenceTold) =>
      verdictOf(defence.id, play.verdicts[id] ?? {}, play.cases.find((each) => each.id === id) ?? null)?.outcome;
    const differing = defences.filter((defence) => new Set(plays.map((play) => outcomeIn(play, defence))).size > 1);
    const originIn = (play: JudgedPlay) =>
      play.cases.find((each) => each.id === id)?.request?.headers["origin"] ?? "none";
    const isOriginTold = new Set(plays.map(originIn)).size > 1;
    if (differing.length === 0 && !isOriginTold) return [];
    const telling = differing[0]?.id === "none" ? differing.slice(0, 1) : differing;
    const by = plays.map((play) => {
      const outcomes = telling.flatMap((defence) => outcomeIn(play, defence) ?? []);
      return { browser: play.browser, outcomes: [...new Set(outcomes)], origin: isOriginTold ? originIn(play) : null };
    });
    return [{ title, under: telling.map((defence) => defence.title), by }];
  });
}
