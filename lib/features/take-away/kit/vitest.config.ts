import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["lib/flows/*/*.test.ts"],
    testTimeout: 15_000,
    // One test's doubles never reach the next.
    restoreMocks: true,
  },
});
