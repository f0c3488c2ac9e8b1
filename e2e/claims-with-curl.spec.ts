import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { flows } from "../lib/flows/registry.ts";
import { experiments } from "../lib/lab/experiments.ts";
import { expect, test } from "./fixtures/test.ts";

const run = promisify(execFile);

// Every experiment, one after another.
test.describe.configure({ timeout: 180_000 });

for (const { manifest } of flows) {
  test(`with nothing but curl, ${manifest.defaults.lab} is logged in with by name and shows what it claims`, async ({
    baseURL,
  }) => {
    const { stdout } = await run("sh", ["scripts/claims-with-curl.sh", baseURL ?? "", manifest.defaults.lab]);
    const claim = manifest.variants
      .find(({ id }) => id === manifest.defaults.lab)
      ?.claims["replay-after-logout"].find(({ credential }) => credential === "access");
    expect(stdout.trimEnd().split("\n")).toEqual([
      manifest.defaults.lab,
      `  a copy after logout: ${claim?.outcome === "exposed" ? "accepted" : claim?.outcome}`,
      ...experiments.map(({ id }) => `  ${id}: as claimed`),
    ]);
  });
}
