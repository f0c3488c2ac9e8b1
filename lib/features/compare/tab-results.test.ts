import { describe, expect, test } from "vitest";
import { variants } from "../../flows/registry.ts";
import { variantTable } from "./fill-table.ts";
import { columnGroups, type Measured, type MeasuredVariant } from "./model.ts";
import { logoutResult, tabResults } from "./tab-results.ts";

const measuredAs = (of: (index: number) => MeasuredVariant): Measured => ({
  at: "2026-11-21T12:00:00.000Z",
  version: "1",
  byVariant: Object.fromEntries(variants.map(({ id }, index) => [id, of(index)])),
});

/** A request of so many bytes, which looks nothing up. */
const request = (bytes: number): MeasuredVariant => ({
  rotated: null,
  calls: [
    {
      ...{ action: "me", request: "GET /api/cookie/me", status: 200, code: null, received: [], steps: [] },
      sent: [{ in: "cookie", name: "__Host-a", bytes }],
    },
  ],
});

const resultsIn = (table: ReturnType<typeof variantTable>, thief: "silent" | "active" = "silent") =>
  Object.fromEntries(tabResults(table, thief).map(({ group, result }) => [group, result]));

describe("the result of a tab", () => {
  test("counts the variants that refuse a copy at logout", () => {
    const refusing = variants.filter(({ claims }) =>
      claims["replay-after-logout"]?.every(({ outcome }) => outcome !== "exposed"),
    );
    const { variants: all, stillIn } = logoutResult(variantTable(null), "silent");
    expect(all).toBe(variants.length);
    expect(stillIn).toBe(variants.length - refusing.length);
    expect(resultsIn(variantTable(null))["logout"]).toBe(`${refusing.length} refuse a copy at logout`);
  });

  test("counts what this lab saw, where it played it", () => {
    const reading = { credential: "access", thief: "silent", outcome: "REVOKED", until: "at-once" } as const;
    const seen = { expected: [], observed: [reading], holds: false, steps: [], milliseconds: 1 };
    const playedAt = "2026-11-21T12:00:00.000Z";
    const cell = { variant: "cookie/sealed", experiment: "replay-after-logout", ...seen, playedAt } as const;
    const [claimed, played] = [
      logoutResult(variantTable(null), "silent"),
      logoutResult(variantTable(null, [cell]), "silent"),
    ];
    expect(played.stillIn).toBe(claimed.stillIn - 1);
  });

  test("is a range of what was measured", () => {
    const results = resultsIn(variantTable(measuredAs((index) => request(1000 + index))));
    expect(results["size"]).toBe(`1,000 to ${(1000 + variants.length - 1).toLocaleString("en")} bytes a request`);
    expect(results["cost"]).toBe("0 look-ups a request");
  });

  test("says that it is being measured, and without a measurement there is no tab", () => {
    expect(resultsIn(variantTable(null))).toMatchObject({ size: "measuring…", cost: "measuring…" });
    const groups = tabResults(variantTable(measuredAs(() => ({ missing: "Not in lab mode." }))), "silent");
    expect(groups.map(({ group }) => group)).toEqual(columnGroups.filter((each) => each !== "size" && each !== "cost"));
  });

  test("of the attacks counts the kinds that succeed against at least one variant", () => {
    const { columns, rows } = variantTable(null);
    const kinds = columns.filter(({ group, experiment }) => group === "attacks" && experiment);
    const open = kinds.filter(({ id }) => rows.some(({ cells }) => cells[id]?.copies?.silent.standing === "in"));
    expect(open.length).toBeLessThan(kinds.length);
    expect(resultsIn({ columns, rows, measured: null })["attacks"]).toBe(
      `${open.length} of ${kinds.length} kinds succeed somewhere`,
    );
  });

  test("of the faults names who loses its logins at a restart", () => {
    expect(resultsIn(variantTable(null))["faults"]).toBe("1 loses its logins at a restart");
  });
});
