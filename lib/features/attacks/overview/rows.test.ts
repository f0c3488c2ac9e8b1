import { expect, test } from "vitest";
import { flows } from "../../../flows/registry.ts";
import { attackRows } from "./rows.ts";

const manifests = flows.map(({ manifest }) => manifest);
const rows = attackRows(manifests);

test("every attack has a cell for every flow", () => {
  const ids = manifests.map(({ id }) => id).sort();
  expect(rows.map(({ id, cells }) => [id, Object.keys(cells).sort()])).toEqual(rows.map(({ id }) => [id, ids]));
});

test("every attack succeeds somewhere without its defence", () => {
  const without = rows.map(({ id, cells }) => [id, Object.values(cells).map((cell) => cell.without.outcome)] as const);
  expect(without.filter(([, outcomes]) => !outcomes.includes("succeeds"))).toEqual([]);
});

test("with every defence a default variant lets in a thief who looks like its owner; and any copy and a leaked key, where no record is looked up", () => {
  const open = rows.flatMap(({ id, cells }) =>
    Object.entries(cells).flatMap(([flow, cell]) => (cell.with.outcome === "succeeds" ? [`${id} ${flow}`] : [])),
  );
  expect(open).toEqual([
    ...["theft-own-device cookie", "theft-own-device memory-jwt"],
    ...["theft-alike cookie", "theft-alike server-session", "theft-alike memory-jwt", "theft-alike hybrid"],
    ...["leaked-key cookie", "leaked-key memory-jwt"],
  ]);
});
