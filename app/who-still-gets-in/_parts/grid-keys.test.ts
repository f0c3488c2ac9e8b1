import { expect, test } from "vitest";
import { nextStop, type Stop } from "./grid-keys.ts";

const row = (name: string, ...columns: readonly number[]): readonly Stop[] =>
  columns.map((column) => ({ id: `${name}${column}`, column }));

/** The first row is a head without a stop above the first column. */
const rows = [row("head", 1, 3), row("a", 0, 1, 2, 3), row("b", 0, 1, 2, 3)];

function moved(at: string, key: string, ctrlKey = false): string | undefined {
  return nextStop(rows, at, { key, ctrlKey })?.id;
}

test("the arrow keys move one stop in their direction", () => {
  expect(moved("a1", "ArrowRight")).toBe("a2");
  expect(moved("a1", "ArrowLeft")).toBe("a0");
  expect(moved("a1", "ArrowDown")).toBe("b1");
  expect(moved("b1", "ArrowUp")).toBe("a1");
});

test("at an edge of the grid the focus stays", () => {
  expect(moved("a3", "ArrowRight")).toBe("a3");
  expect(moved("a0", "ArrowLeft")).toBe("a0");
  expect(moved("b2", "ArrowDown")).toBe("b2");
  expect(moved("head1", "ArrowUp")).toBe("head1");
});

test("a vertical move into a row with fewer stops takes the nearest one", () => {
  expect(moved("a0", "ArrowUp")).toBe("head1");
  expect(moved("a2", "ArrowUp")).toBe("head1");
  expect(moved("a3", "ArrowUp")).toBe("head3");
});

test("Home and End lead to the ends of the row, and with Ctrl to the ends of the grid", () => {
  expect(moved("a2", "Home")).toBe("a0");
  expect(moved("a2", "End")).toBe("a3");
  expect(moved("a2", "Home", true)).toBe("head1");
  expect(moved("a2", "End", true)).toBe("b3");
});

test("other keys and unknown stops do not move the focus", () => {
  expect(nextStop(rows, "a1", { key: "Enter", ctrlKey: false })).toBeNull();
  expect(nextStop(rows, "gone", { key: "ArrowDown", ctrlKey: false })).toBeNull();
});
