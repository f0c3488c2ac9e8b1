import { expect, test } from "vitest";
import type { VariantId } from "../../core/ids.ts";
import type { FlowManifest } from "../../core/variant.ts";
import { flows } from "../../flows/registry.ts";
import { createLabMemory } from "../../lab/memory/lab-memory.ts";
import type { Stage } from "../../lab/stage.ts";
import { createExperiments } from "./play-one.ts";

const manifests: readonly FlowManifest[] = flows.map(({ manifest }) => manifest);
const systemClock = { now: () => 0 };

/** A stage whose actors never log in. */
const endless: Stage = {
  origin: "http://localhost",
  passwords: {},
  transport: () => new Promise(() => {}),
  openLab: () => new Promise(() => {}),
};

/** One whose labs cannot be opened, once `fail` was called. */
function failingStage() {
  const waiting: (() => void)[] = [];
  const openLab = () =>
    new Promise<never>((_, reject) => waiting.push(() => reject(new Error("No lab could be opened"))));
  return { stage: { ...endless, openLab }, fail: () => waiting.splice(0).forEach((each) => void each()) };
}

const wanted = (...variants: readonly VariantId[]) => ({ id: "forge", variants, exchanges: false });

function open(stage: Stage) {
  const kept: string[] = [];
  const memory = createLabMemory();
  const played = createExperiments({ stage, manifests, systemClock, memory, keep: (labId) => void kept.push(labId) });
  const begin = (labId: string, ...variants: readonly VariantId[]) => {
    const stop = new AbortController();
    const asked: readonly VariantId[] = variants.length > 0 ? variants : ["cookie/sealed"];
    const begun = played.play(labId, wanted(...asked), stop.signal);
    return { begun, stop: () => stop.abort() };
  };
  return { ...played, begin, kept, memory };
}

function refusals(begun: readonly ReturnType<ReturnType<typeof open>["begin"]>[]): readonly string[] {
  return begun.map(({ begun: each }) => (each.ok ? "begun" : each.code));
}

test("a lab runs at most twelve experiments at once, and the experiments of other labs do not count", () => {
  const { begin } = open(endless);
  expect(refusals(Array.from({ length: 12 }, () => begin("lab")))).toEqual(Array(12).fill("begun"));
  expect(refusals([begin("lab"), begin("another lab")])).toEqual(["TOO_MANY_REQUESTS", "begun"]);
});

test("a process runs at most forty experiments at once", () => {
  const { begin } = open(endless);
  expect(refusals(Array.from({ length: 40 }, (_, at) => begin(`lab ${at}`)))).toEqual(Array(40).fill("begun"));
  expect(refusals([begin("another lab")])).toEqual(["TOO_MANY_REQUESTS"]);
});

test("a stopped experiment counts until it has finished its variant", async () => {
  const { stage, fail } = failingStage();
  const { begin } = open(stage);
  const begun = Array.from({ length: 12 }, () => begin("lab"));
  for (const { stop } of begun) stop();
  expect(refusals([begin("lab")])).toEqual(["TOO_MANY_REQUESTS"]);
  fail();
  await expect.poll(() => refusals([begin("lab")])).toEqual(["begun"]);
});

test("a variant without a verdict is streamed with the reason, and the next one is played", async () => {
  const { stage, fail } = failingStage();
  const { begin, kept } = open(stage);
  const { begun } = begin("lab", "cookie/sealed", "server-session/sql");
  if (!begun.ok) throw new Error(begun.code);
  const text = new Response(begun.value).text();
  const failing = setInterval(fail);
  const lines = (await text).trimEnd().split("\n");
  clearInterval(failing);
  const failed = { type: "failed", experiment: "forge", reason: "No lab could be opened" };
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    { ...failed, variant: "cookie/sealed" },
    { ...failed, variant: "server-session/sql" },
  ]);
  expect(kept).toEqual([]);
});

test("after the lab is removed, its experiment starts no further variant", async () => {
  const { stage, fail } = failingStage();
  const { begin, memory } = open(stage);
  const { begun } = begin("lab", "cookie/sealed", "server-session/sql");
  if (!begun.ok) throw new Error(begun.code);
  memory.forget(["lab"]);
  fail();
  expect(await new Response(begun.value).text()).toBe("");
});
