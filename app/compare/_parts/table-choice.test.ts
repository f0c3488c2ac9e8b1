import { describe, expect, test } from "vitest";
import { columnGroups } from "@/lib/features/compare/model.ts";
import { compareHref, nextSort, sortedHow, type TableChoice, tableChoice } from "./table-choice.ts";

const queryOf = (href: string) => {
  const { searchParams } = new URL(href, "http://localhost");
  return Object.fromEntries([...new Set(searchParams.keys())].map((name) => [name, searchParams.getAll(name)]));
};

describe("the choice of the table of variants", () => {
  test.for<TableChoice>([
    tableChoice({}),
    {
      groups: ["clients"],
      sources: true,
      flow: "hybrid",
      safety: "safe",
      client: "native",
      ends: "forge",
      sort: "-safety",
      first: "cookie/plain",
    },
    { ...tableChoice({}), groups: [...columnGroups], sort: "me-asks" },
  ])("a choice can be read back from its address: %o", (choice) => {
    expect(tableChoice(queryOf(compareHref(choice)))).toEqual(choice);
  });

  test("without a choice the address has no query", () => {
    expect(compareHref(tableChoice({}))).toBe("/compare");
    expect(compareHref(tableChoice({ group: "nonsense", flow: "", sort: [] }))).toBe("/compare");
  });

  test("groups keep their own order, and the last of two sorts counts", () => {
    expect(tableChoice({ group: ["cost", "clients"], sort: ["old", "-new"] })).toMatchObject({
      groups: ["clients", "cost"],
      sort: "-new",
    });
  });
});

test("a header sorts ascending, then descending, then in the original order", () => {
  expect(nextSort(undefined, "a")).toBe("a");
  expect(nextSort("a", "a")).toBe("-a");
  expect(nextSort("-a", "a")).toBe("");
  expect(nextSort("-a", "b")).toBe("b");
  expect([sortedHow("a", "a"), sortedHow("-a", "a"), sortedHow("b", "a")]).toEqual(["ascending", "descending", "none"]);
});
