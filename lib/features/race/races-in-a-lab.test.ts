import { expect, test } from "vitest";
import type { FlowManifest } from "../../core/variant.ts";
import { flows } from "../../flows/registry.ts";
import { createLabMemory } from "../../lab/memory/lab-memory.ts";
import type { Stage } from "../../lab/stage.ts";
import { createRaces } from "./races.ts";

const manifests: readonly FlowManifest[] = flows.map(({ manifest }) => manifest);
const everybody = manifests.flatMap(({ variants }) => variants.map(({ id }) => id));

/** A stage whose actors never log in. */
const stage: Stage = {
  origin: "http://localhost",
  passwords: {},
  transport: () => new Promise(() => {}),
  openLab: () => new Promise(() => {}),
};

function openRaces() {
  let now = 0;
  const memory = createLabMemory();
  const races = createRaces({ stage, manifests, systemClock: { now: () => now }, memory });
  const begin = (labId: string) => {
    const stop = new AbortController();
    const started = races.start(labId, { plug: "client-forgets", variants: everybody }, stop.signal);
    return { started, stop: () => stop.abort() };
  };
  const pass = (length: number) => {
    now += length;
  };
  return { begin, pass, memory };
}

test("races of a process share a limit of lanes; above it the answer has the time to wait", () => {
  const { begin, pass } = openRaces();
  const fitting = Math.floor(100 / everybody.length);
  const first = Array.from({ length: fitting }, (_, number) => begin(`lab ${number}`));
  expect(first.map(({ started }) => started.ok)).toEqual(first.map(() => true));
  pass(10_000);
  const late = begin("another lab").started;
  expect(late).toMatchObject({ ok: false, code: "TOO_MANY_REQUESTS", detail: expect.stringMatching(/^Others/) });
  expect(late).toMatchObject({ retryAfter: expect.any(Number) });
  first[0]?.stop();
  expect(begin("another lab").started.ok).toBe(true);
});

test("a lab may start a race at once after it stopped one, and the end of the first does not end it", () => {
  const { begin } = openRaces();
  const first = begin("lab");
  expect(begin("lab").started.ok).toBe(false);
  first.stop();
  const second = begin("lab");
  expect(second.started.ok).toBe(true);
  first.stop();
  expect(begin("lab").started.ok).toBe(false);
  second.stop();
  expect(begin("lab").started.ok).toBe(true);
});

test("a race stops with the lab that asked for it, and those of other labs go on", () => {
  const { begin, memory } = openRaces();
  for (const labId of ["lab", "another lab"]) expect(begin(labId).started.ok).toBe(true);
  memory.forget(["lab"]);
  expect(memory.counts()).toEqual({ races: 1 });
  expect(begin("another lab").started.ok).toBe(false);
  expect(begin("lab").started.ok).toBe(true);
});
