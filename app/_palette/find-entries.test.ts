import { describe, expect, test } from "vitest";
import { requirements } from "../../lib/features/conformance/catalogue.ts";
import { flows, variants } from "../../lib/flows/registry.ts";
import { allEntries } from "./all-entries.ts";
import { findEntries } from "./find-entries.ts";
import { nextPlace } from "./next-place.ts";

const all = allEntries({
  flows: flows.map(({ manifest: { id, title, trusts } }) => ({ id, title, trusts })),
  variants: variants.map(({ id }) => ({ id, belief: "Looks up its row." })),
});
const titles = (typed: string) => findEntries(all, typed).map(({ title }) => title);
const hrefOf = (typed: string) => findEntries(all, typed)[0]?.href;

describe("the palette", () => {
  test("knows every variant, word and requirement, each with an address of its own", () => {
    const count = (kind: string) => all.filter((entry) => entry.kind === kind).length;
    expect([count("variant"), count("requirement")]).toEqual([variants.length, requirements.length]);
    expect(count("word")).toBeGreaterThan(60);
    expect(count("page")).toBeGreaterThan(8);
    expect(new Set(all.map(({ href }) => href)).size).toBe(all.length);
  });

  test("shows pages and flows before anything is typed", () => {
    expect(new Set(findEntries(all, "  ").map(({ kind }) => kind))).toEqual(new Set(["page", "flow"]));
  });

  test("finds an entry by its name before those that begin so, and these before any other place", () => {
    expect(titles("exp")[0]).toBe("exp");
    expect(titles("refresh")[0]).toBe("Refresh bench");
    expect(titles("refresh").indexOf("refresh token")).toBeLessThan(titles("refresh").indexOf("ASVS 10.4.5"));
  });

  test("finds a variant by its flow and its name, and leads to it", () => {
    expect(hrefOf("memory denylist")).toBe("/memory-jwt?variant=memory-jwt/denylist");
  });

  test("finds a requirement by its clause and by its text", () => {
    expect(hrefOf("asvs 7.4.1")).toBe("/conformance/ASVS-7.4.1");
    expect(titles("nosniff")).toContain("ASVS 3.4.4");
  });

  test("finds only what has all typed words, in any order and case, and at most 40", () => {
    expect(titles("BENCH refresh")[0]).toBe("Refresh bench");
    expect(titles("bench nonsense")).toEqual([]);
    expect(titles("a").length).toBe(40);
  });
});

test("arrow keys go round the list, page keys stop at its ends, and other keys do not move", () => {
  expect(["ArrowDown", "ArrowUp"].map((key) => nextPlace(key, 0, 3))).toEqual([1, 2]);
  expect(nextPlace("ArrowDown", 2, 3)).toBe(0);
  expect(["PageDown", "PageUp"].map((key) => nextPlace(key, 5, 10))).toEqual([9, 0]);
  expect(["Home", "a", "Tab"].map((key) => nextPlace(key, 1, 3))).toEqual([null, null, null]);
  expect(nextPlace("ArrowDown", -1, 0)).toBeNull();
});
