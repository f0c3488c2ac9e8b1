import { describe, expect, test } from "vitest";
import { columnGroups } from "@/lib/features/compare/model.ts";
import { compareHref, nextSort, sortedHow, type TableChoice, tabHref, tableChoice } from "./table-choice.ts";

const queryOf = (href: string) => {
  const { searchParams } = new URL(href, "http://localhost");
  return Object.fromEntries([...new Set(searchParams.keys())].map((name) => [name, searchParams.getAll(name)]));
};

describe("the choice of the table of variants", () => {
  test.for<TableChoice>([
    tableChoice({}),
    {
      tab: "abilities",
      sort: "-safety",
      thief: "active",
      isOneList: true,
      sources: true,
      flow: "hybrid",
      safety: "safe",
      client: "native",
      ends: "forge",
    },
    ...columnGroups.map((tab) => tableChoice({ tab })),
  ])("a choice can be read back from its address: %o", (choice) => {
    expect(tableChoice(queryOf(compareHref(choice)))).toEqual(choice);
  });

  test("without a choice the address has no query, and unknown names are ignored", () => {
    expect(compareHref(tableChoice({}))).toBe("/compare");
    expect(compareHref(tableChoice({ tab: "nonsense", thief: "polite", list: "two", flow: "", sort: [] }))).toBe(
      "/compare",
    );
  });

  test("another tab keeps the rows and the thief, and has an order of its own", () => {
    const choice = tableChoice({ flow: "cookie", thief: "active", list: "one", sort: "role-lowered" });
    expect(tabHref(choice, "size")).toBe("/compare?tab=size&thief=active&list=one&flow=cookie");
    expect(tabHref(choice, "logout")).toBe("/compare?thief=active&list=one&flow=cookie");
  });

  test("of two values of one name the last one counts", () => {
    expect(tableChoice({ sort: ["old", "-new"], tab: ["cost", "size"] })).toMatchObject({ tab: "size", sort: "-new" });
  });
});

test("a header sorts the least first, then the greatest first, and then the least first again", () => {
  expect(nextSort("b", "a")).toBe("a");
  expect(nextSort("a", "a")).toBe("-a");
  expect(nextSort("-a", "a")).toBe("a");
  expect([sortedHow("a", "a"), sortedHow("-a", "a"), sortedHow("b", "a")]).toEqual(["ascending", "descending", "none"]);
});
