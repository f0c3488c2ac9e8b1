import { flows as modules } from "../../lib/flows/registry.ts";
import { claimLines } from "../../lib/lab/experiment.ts";
import { experiments } from "../../lib/lab/experiments.ts";
import { play } from "../../lib/lab/runner.ts";
import { httpStage } from "../fixtures/stage.ts";
import { expect, test } from "../fixtures/test.ts";

const manifests = modules.map(({ manifest }) => manifest);

for (const manifest of manifests) {
  // Other variants are played in process, with the same data and without a socket.
  for (const variant of manifest.variants.filter(({ safety }) => safety === "safe")) {
    for (const experiment of experiments) {
      test(`${variant.id}, over HTTP, shows what its manifest claims: ${experiment.id}`, async ({ baseURL }) => {
        const stage = httpStage(baseURL ?? "");
        const verdict = await play({ experiment, manifest, variant, stage, manifests });
        expect(claimLines(verdict.observed)).toEqual(claimLines(verdict.expected, experiment.replay.thieves));
        expect(verdict.holds).toBe(true);
      });
    }
  }
}
