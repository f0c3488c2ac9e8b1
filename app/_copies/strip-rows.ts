import type { FlowId } from "@/lib/core/ids.ts";
import { second } from "@/lib/core/time.ts";
import type { CopiesView, CopyView, PlugView } from "@/lib/lab/feed/copies-view.ts";

/** One credential of a flow: the copy of this browser's login, and those of other devices. */
export type StripRow = { readonly key: string; readonly copy: CopyView; readonly elsewhere: readonly CopyView[] };

export type Strip = {
  /** The copies of the last logins. */
  readonly rows: readonly StripRow[];
  /** Those of the logins before them. */
  readonly earlier: readonly StripRow[];
};

/** The rows in the order of the flows. Of several browsers the one that logged in first has the row. */
export function stripOf({ copies }: CopiesView, flows: readonly FlowId[]): Strip {
  const inOrder = flows.flatMap((flow) => copies.filter((copy) => copy.flow === flow));
  return {
    rows: rowsOf(inOrder.filter(({ earlier }) => !earlier)),
    earlier: inOrder.filter(({ earlier }) => earlier).map((copy) => ({ key: keyOf(copy), copy, elsewhere: [] })),
  };
}

function rowsOf(copies: readonly CopyView[]): readonly StripRow[] {
  const main = mainDevice(copies);
  const rows = new Map<string, { copy: CopyView; elsewhere: CopyView[] }>();
  const mainFirst = [...copies].sort((a, b) => Number(b.device === main) - Number(a.device === main));
  for (const copy of mainFirst) {
    const key = `${copy.flow} ${copy.credential}`;
    const row = rows.get(key);
    if (row) row.elsewhere.push(copy);
    else rows.set(key, { copy, elsewhere: [] });
  }
  const order = new Map(copies.map((copy, index) => [keyOf(copy), index]));
  return [...rows]
    .map(([key, row]) => ({ key, ...row }))
    .sort((a, b) => (order.get(keyOf(a.copy)) ?? 0) - (order.get(keyOf(b.copy)) ?? 0));
}

/** The device of the first login that is still shown. The row is never the phone's while a browser is in. */
function mainDevice(copies: readonly CopyView[]): string | undefined {
  return [...copies].sort((a, b) => Number(a.onPhone) - Number(b.onPhone) || a.login - b.login)[0]?.device;
}

function keyOf({ login, credential }: CopyView): string {
  return `${login} ${credential}`;
}

/** When the plugs after its first one were pulled, in seconds after that one. */
export function laterPlugs({ plugs }: Pick<CopyView, "plugs">, all: readonly PlugView[]): readonly number[] {
  const [first, ...later] = all.filter(({ id }) => plugs.includes(id)).map(({ at }) => Date.parse(at));
  return first === undefined ? [] : later.map((at) => Math.max(0, (at - first) / second));
}

/** The time for which a copy that is refused now was let in after its plug, in seconds; 0: not at all. */
export function gotInFor({ letIn, verdict }: CopyView): number {
  if (!verdict || verdict.accepted || letIn.length === 0) return 0;
  return letIn.at(-1)?.to ?? 0;
}
