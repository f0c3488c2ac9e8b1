import { afterAll, beforeAll, expect, test } from "vitest";
import type { VariantId } from "../core/ids.ts";
import { findVariant, flows } from "../flows/registry.ts";
import { createTestApplication, type TestApplication } from "../testing/test-application.ts";
import { claimLines, type Experiment } from "./experiment.ts";
import { findExperiment } from "./experiments.ts";
import { play } from "./runner.ts";

let application: TestApplication;
beforeAll(async () => {
  application = await createTestApplication();
});
afterAll(() => application.dispose());

const manifests = flows.map(({ manifest }) => manifest);

/** What the browser's access credential gets after these steps of the experiment, unused and in use. */
async function shownAfter(id: VariantId, change: (steps: Experiment["steps"]) => Experiment["steps"]) {
  const experiment = findExperiment("late-answer");
  const manifest = manifests.find((each) => id.startsWith(`${each.id}/`));
  const variant = findVariant(id);
  if (!experiment || !manifest || !variant) throw new Error(`There is no late answer for ${id}`);
  const part = { experiment: { ...experiment, steps: change(experiment.steps) }, manifest, variant, manifests };
  const { observed } = await play({ ...part, stage: application.stage });
  return claimLines(observed.filter(({ credential }) => credential === "access"));
}

const comesBack = ["cookie/sealed", "hybrid/short-jwt", "memory-jwt/rotating"] as const;
const out = ["access active NO_CREDENTIAL at-once", "access silent NO_CREDENTIAL at-once"];
const isReceived = ({ does }: Experiment["steps"][number]) => does === "receive";

test.for(comesBack)("a browser of %s is in again after a logout, by the answer that arrives late", async (id) => {
  expect(await shownAfter(id, (steps) => steps)).toContainEqual(expect.stringMatching(/^access active exposed/));
});

test.for(comesBack)("a browser of %s is out after a logout if no answer arrives late", async (id) => {
  expect(await shownAfter(id, (steps) => steps.filter((step) => !isReceived(step)))).toEqual(out);
});

test.for(comesBack)("a browser of %s is out if the answer arrives before that of the logout", async (id) => {
  const inOrder = await shownAfter(id, (steps) => {
    const received = steps.filter(isReceived);
    return steps.flatMap((step) => (isReceived(step) ? [] : step.does === "log-out" ? [...received, step] : [step]));
  });
  expect(inOrder).toEqual(out);
});

test("the ends of what a late answer brings back are counted from its renewal, a minute after the login", async () => {
  expect(await shownAfter("cookie/sealed", (steps) => steps)).toEqual([
    "access active exposed absolute current",
    "access silent exposed idle current",
  ]);
});
