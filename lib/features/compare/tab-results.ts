import type { Thief } from "../../core/claim.ts";
import {
  type ColumnGroup,
  columnGroups,
  type LogoutResult,
  orderIn,
  type Row,
  type TabResult,
  type VariantTable,
} from "./model.ts";

export const logoutColumn = "replay-after-logout";

/** How many variants there are, and with how many a copy outlives the logout. */
export function logoutResult({ rows }: VariantTable, thief: Thief): LogoutResult {
  return { variants: rows.length, stillIn: rows.filter((row) => standingIn(row, logoutColumn, thief) === "in").length };
}

/** Each group that has something to show, with its own result. */
export function tabResults(table: VariantTable, thief: Thief): readonly TabResult[] {
  return columnGroups.flatMap((group) => {
    const result = resultOf[group](table, thief);
    return result === null ? [] : [{ group, result }];
  });
}

/** `null`: it has no source here, as a measurement outside of lab mode. */
type ResultOf = (table: VariantTable, thief: Thief) => string | null;

const resultOf: Readonly<Record<ColumnGroup, ResultOf>> = {
  logout({ rows }, thief) {
    const count = rows.filter((row) => standingIn(row, logoutColumn, thief) === "out").length;
    return `${count} ${count === 1 ? "refuses" : "refuse"} a copy at logout`;
  },
  size: (table) => measuredRange(table, "request-bytes", "bytes a request"),
  cost: (table) => measuredRange(table, "me-asks", "look-ups a request"),
  attacks({ columns, rows }, thief) {
    const own = columns.filter(({ group, experiment }) => group === "attacks" && experiment !== undefined);
    const open = own.filter(({ id }) => rows.some((row) => standingIn(row, id, thief) === "in"));
    return `${open.length} of ${own.length} kinds succeed somewhere`;
  },
  faults({ rows }, thief) {
    const count = rows.filter((row) => standingIn(row, "memory-lost", thief) === "ended").length;
    return count === 1 ? "1 loses its logins at a restart" : `${count} lose their logins at a restart`;
  },
  abilities: ({ rows }) => `${rows.filter(({ cells }) => cells["lists"]?.text === "yes").length} can list logins`,
  effort: (table) => rangeIn(table, "all-lines", "lines of code"),
};

function standingIn({ cells }: Row, column: string, thief: Thief) {
  return cells[column]?.copies?.[thief].standing;
}

function measuredRange(table: VariantTable, column: string, unit: string): string | null {
  return table.measured === null ? "measuring…" : rangeIn(table, column, unit);
}

function rangeIn({ rows }: VariantTable, column: string, unit: string): string | null {
  const numbers = rows
    .map(({ cells }) => orderIn(cells[column], "silent"))
    .filter((order) => typeof order === "number");
  if (numbers.length === 0) return null;
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  const words = (number: number) => number.toLocaleString("en");
  return least === most ? `${words(least)} ${unit}` : `${words(least)} to ${words(most)} ${unit}`;
}
