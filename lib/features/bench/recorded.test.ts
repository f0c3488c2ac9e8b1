import { expect, test } from "vitest";
import { findVariant } from "../../flows/registry.ts";
import { recordedBench } from "./recorded.ts";

const { rows, machine, edge, bare, at, peers = [] } = recordedBench();

test("the recording is of variants that exist, each once under a condition", () => {
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter(({ variant }) => !findVariant(variant))).toEqual([]);
  expect(new Set(rows.map(({ variant, condition }) => `${variant} ${condition}`)).size).toBe(rows.length);
});

test("the recording has both measures, with intervals around their medians", () => {
  const figures = [edge?.took, bare?.cpu, ...rows.flatMap((row) => [row.inPlace.hot?.took, row.overHttp?.share])];
  for (const figure of figures) {
    expect(figure?.low).toBeLessThanOrEqual(figure?.median ?? 0);
    expect(figure?.high).toBeGreaterThanOrEqual(figure?.median ?? 0);
  }
});

test("the recording names a class of machine, and neither a path nor a host", () => {
  expect(Object.keys(machine).sort()).toEqual(["cores", "cpu", "node"]);
  expect(new Date(at).toISOString()).toBe(at);
  const texts = new Set<string>();
  JSON.stringify(recordedBench(), (_, each: unknown) => {
    if (typeof each === "string") texts.add(each);
    return each;
  });
  const known = new Set<string>([
    at,
    machine.cpu,
    machine.node,
    ...rows.flatMap((row) => [row.variant, row.condition]),
    ...peers.flatMap(({ peer, version }) => [peer, version]),
  ]);
  expect([...texts].filter((text) => !known.has(text))).toEqual([]);
  expect(machine.cpu).not.toContain("/");
});
