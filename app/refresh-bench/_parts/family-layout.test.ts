import { expect, test } from "vitest";
import type { BenchToken } from "@/lib/features/refresh-bench/model.ts";
import { layOutFamily } from "./family-layout.ts";

const token = (name: string, parent: string | null): BenchToken => ({
  name,
  parent,
  generation: Number(name.replace(/\D/g, "")),
  usedAt: null,
});
const places = (tokens: readonly BenchToken[]) =>
  layOutFamily(tokens).placed.map(({ token: { name }, column, row }) => `${name} ${column},${row}`);

test("a family without a second successor has one column", () => {
  expect(places([token("R1", null), token("R2", "R1"), token("R3", "R2")])).toEqual(["R1 0,0", "R2 0,1", "R3 0,2"]);
});

test("a second successor starts a new column, and its successors are in that column", () => {
  const tokens = [token("R1", null), token("R2", "R1"), token("R2b", "R1"), token("R3", "R2b"), token("R3b", "R2")];
  expect(places(tokens)).toEqual(["R1 0,0", "R2 0,1", "R2b 1,1", "R3 1,2", "R3b 0,2"]);
  expect(layOutFamily(tokens).edges).toHaveLength(4);
  expect(layOutFamily(tokens)).toMatchObject({ columns: 2, rows: 3 });
});

test("no two tokens have the same place", () => {
  const tokens = [token("R1", null), ...["R2", "R2b", "R2c"].map((name) => token(name, "R1")), token("R3", "R2c")];
  expect(new Set(places(tokens).map((place) => place.split(" ")[1])).size).toBe(tokens.length);
});

test("an empty family has no places", () => {
  expect(layOutFamily([])).toEqual({ placed: [], edges: [], columns: 0, rows: 0 });
});
