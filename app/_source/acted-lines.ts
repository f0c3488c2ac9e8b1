import type { Exchange, SourceLine } from "@/lib/lab/feed/exchange.ts";
import { callsOf, isUntold } from "../_exchanges/calls-in-order.ts";

/** The marks of one source line in one exchange. */
export type Mark = {
  /** The numbers of the steps that this line called, as the sequence has them. */
  readonly steps: readonly number[];
  /** The code, where the request was refused here. */
  readonly refused: string | null;
  /** Why this line did nothing with this variant. `untold`: it should have ended a credential. */
  readonly notMade?: { readonly why: string; readonly untold: boolean };
};

/** The marks of one file, by line. */
export type Marks = ReadonlyMap<number, Mark>;

const none: Mark = { steps: [], refused: null };

/** The lines that acted, by file: the line of each step, and the line that refused. */
export function actedLines(exchange: Exchange | undefined): ReadonlyMap<string, Marks> {
  const files = new Map<string, Map<number, Mark>>();
  function mark({ file, line }: SourceLine, change: (mark: Mark) => Mark): void {
    const lines = files.get(file) ?? new Map<number, Mark>();
    lines.set(line, change(lines.get(line) ?? none));
    files.set(file, lines);
  }
  for (const call of exchange ? callsOf(exchange) : []) {
    const { notMade } = call;
    const at = notMade ? notMade.at : call.step.at;
    if (!at) continue;
    if (notMade) mark(at, (before) => ({ ...before, notMade: { why: notMade.why, untold: isUntold(notMade) } }));
    else
      mark(at, (before) => ({ ...before, steps: [...before.steps, ...(call.number === null ? [] : [call.number])] }));
  }
  const end = exchange && endOf(exchange);
  if (end) mark(end, (before) => ({ ...before, refused: exchange.code }));
  return files;
}

/** The line that refused, or the line whose call was answered with the refusal. */
function endOf({ code, refusedAt, steps }: Exchange): SourceLine | undefined {
  if (code === null || refusedAt) return refusedAt;
  return steps.findLast(({ found, at }) => at && found.split(" ")[0] === code)?.at;
}

/** Each line once, in the order of the steps. */
export function linesInOrder(exchange: Exchange | undefined): readonly SourceLine[] {
  const end = exchange && endOf(exchange);
  const made = exchange ? callsOf(exchange).flatMap((call) => (call.notMade ? [] : (call.step.at ?? []))) : [];
  const all = [...made, ...(end ? [end] : [])];
  return all.filter((one, index) => all.findIndex((each) => isSame(each, one)) === index);
}

function isSame(a: SourceLine, b: SourceLine): boolean {
  return a.file === b.file && a.line === b.line;
}
