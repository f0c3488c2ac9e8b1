import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { flows } from "../flows/registry.ts";
import { createTestApplication, type TestApplication } from "../testing/test-application.ts";
import { claimLines, replayedOf } from "./experiment.ts";
import { experiments } from "./experiments.ts";
import { play } from "./runner.ts";

let application: TestApplication;
beforeAll(async () => {
  application = await createTestApplication();
});
afterAll(() => application.dispose());

const manifests = flows.map(({ manifest }) => manifest);

for (const manifest of manifests) {
  for (const variant of manifest.variants) {
    // A cell is up to a dozen labs, each with passwords to verify.
    describe(`${variant.id}, in process, shows what its manifest claims`, { timeout: 60_000 }, () => {
      // A variant without a refresh token makes no claim on one, so the experiment does not apply to it.
      const held = experiments.filter((experiment) => replayedOf(experiment, variant).length > 0);
      test.for(held)("$id", async (experiment) => {
        const verdict = await play({ experiment, manifest, variant, stage: application.stage, manifests });
        expect(claimLines(verdict.observed)).toEqual(claimLines(verdict.expected, experiment.replay.thieves));
        expect(verdict.holds).toBe(true);
      });
    });
  }
}
