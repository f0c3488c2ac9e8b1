import { expect, test } from "vitest";
import { experiments } from "@/lib/lab/experiments.ts";
import { allRows, classEvents, classRows } from "./matrix-rows.ts";

test("each event of the view for a class is an experiment", () => {
  const known: readonly string[] = experiments.map(({ id }) => id);
  expect([...classEvents.keys()].filter((id) => !known.includes(id))).toEqual([]);
});

test("a class sees the events by who causes them, and those that the server is never told of last", () => {
  expect(classRows(experiments).map(({ title, rows }) => [title, rows.map((row) => row.title)])).toEqual([
    ["Owner", ["Log out", "End all logins", "Change password"]],
    ["Admin", ["Disable the user", "Lower the role"]],
    ["Server", ["Rotate the keys", "Restart the server"]],
    ["Time", ["Unused for 30 min"]],
    ["Server not told", ["Close the tab", "Clear browser data"]],
  ]);
});

test("the table of all variants has each experiment once", () => {
  const shown = allRows(experiments).flatMap(({ rows }) => rows.map(({ id }) => id));
  expect(shown.toSorted()).toEqual(experiments.map(({ id }) => id).toSorted());
});

test("an event is never told to the server if its last step is the browser's own", () => {
  const untold = allRows(experiments).find(({ group }) => group === "untold");
  expect(untold?.rows.map(({ id }) => id)).toEqual(["client-forgets", "browser-data-cleared"]);
});
