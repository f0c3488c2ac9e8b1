import { oncePer, type Repository } from "./repository.ts";

const folders = ["app", "e2e", "lib", "scripts"];
const rootFiles = ["instrumentation.ts", "next.config.ts", "playwright.config.ts", "proxy.ts", "vitest.config.ts"];
const generated = /^lib\/stores\/prisma\/generated\//;

/** The modules and tests that can be read on a page, by their paths. */
export const readablePaths = oncePer((repository: Repository): readonly string[] =>
  [...folders.flatMap(repository.below), ...rootFiles]
    .filter((path) => /\.(?:tsx?|js)$/.test(path) && !generated.test(path))
    .sort(),
);
