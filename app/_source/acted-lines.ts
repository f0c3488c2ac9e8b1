import type { Exchange, SourceLine } from "@/lib/lab/feed/exchange.ts";

/** The marks of one source line in one exchange. */
export type Mark = {
  /** The numbers of the steps that this line called, as in the list of steps. */
  readonly steps: readonly number[];
  /** The code, where the request was refused here. */
  readonly refused: string | null;
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
  for (const [index, { at }] of exchange?.steps.entries() ?? []) {
    if (at) mark(at, (before) => ({ ...before, steps: [...before.steps, index + 1] }));
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
  const all = [...(exchange?.steps.flatMap(({ at }) => at ?? []) ?? []), ...(end ? [end] : [])];
  return all.filter((one, index) => all.findIndex((each) => isSame(each, one)) === index);
}

function isSame(a: SourceLine, b: SourceLine): boolean {
  return a.file === b.file && a.line === b.line;
}
