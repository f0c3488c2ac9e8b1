import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { slowness } from "./scripts/checks/slow-tests.ts";

class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((one, other) => slowness(one.moduleId) - slowness(other.moduleId));
  }
}

/** Tests of lib, app and scripts. What needs a browser is in e2e and belongs to Playwright. */
export default defineConfig({
  resolve: { alias: { "@": import.meta.dirname } },
  test: {
    environment: "node",
    globalSetup: "lib/testing/global-setup.ts",
    include: ["{lib,app,scripts}/**/*.test.{ts,tsx}"],
    // Processes, not threads: the database driver is a native module.
    pool: "forks",
    maxWorkers: "100%",
    // One process runs file after file: to load the application anew takes longer than most files. No test replaces a
    // module, and what a file changes of its process it gives back.
    isolate: false,
    tags: [{ name: "redis", description: "Needs a Redis server, though its title does not name it." }],
    sequence: { sequencer: SlowestFirst },
    // A test of argon2id and Prisma together is done in well under a second; a loaded machine gets some air.
    testTimeout: 15_000,
    hookTimeout: 30_000,
    // A recorded answer that is missing is a failure. `npm run record:http` writes it.
    update: "none",
    // One test's doubles never reach the next.
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
  },
});
