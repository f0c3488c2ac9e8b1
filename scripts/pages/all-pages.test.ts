import { expect, test } from "vitest";
import { allPages } from "./all-pages.ts";

test("each page is among those that are measured, and one with a dynamic part has an example", () => {
  const pages = allPages();
  expect(pages).toContain("/");
  expect(pages.filter((page) => page.includes("["))).toEqual([]);
});
