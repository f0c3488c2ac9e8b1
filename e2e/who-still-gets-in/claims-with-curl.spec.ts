import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { flows } from "../../lib/flows/registry.ts";
import { experiments } from "../../lib/lab/experiments.ts";
import { expect, test } from "../fixtures/test.ts";

const run = promisify(execFile);

// It plays all experiments one after the other.
test.describe.configure({ timeout: 180_000 });

for (const { manifest } of flows) {
  test(`with curl alone, ${manifest.defaults.lab} can be logged in with by name and shows its claims`, async ({
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

test("npm run matrix plays cells and writes the results into files", async ({ baseURL }, testInfo) => {
  const [csv, json] = [testInfo.outputPath("matrix.csv"), testInfo.outputPath("matrix.json")];
  const cells = ["--variant", "cookie/plain", "--variant", "server-session/sql", "--event", "replay-after-logout"];
  const where = ["--origin", baseURL ?? "", "--csv", csv, "--json", json];
  const { stdout } = await run(process.execPath, ["scripts/play-matrix.ts", ...where, ...cells]);
  expect(stdout).toMatch(/^2 of 2 cells as claimed, in \d+ s\n$/);
  expect((await readFile(csv, "utf8")).trimEnd().split("\r\n")).toHaveLength(1 + 4);
  const kept = JSON.parse(await readFile(json, "utf8"));
  expect(kept.cells.map(({ variant }: { variant: string }) => variant).sort()).toEqual([
    "cookie/plain",
    "server-session/sql",
  ]);
});
