import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Breach, checkImports, importRules } from "./check-import-rules.ts";

/** Each row is one file with one import, and the rules that must fire for it: those, and no others. */
const broken: readonly [file: string, imports: string, ...rules: [string, ...string[]]][] = [
  ["lib/core/user-store.ts", "@/lib/stores/memory/records.ts", "core-imports-nothing"],
  ["lib/core/digest.ts", "node:crypto", "core-imports-nothing"],
  ["lib/flows/cookie/flow.ts", "@/lib/adapters/clock.ts", "flow-sees-core-and-itself"],
  ["lib/flows/cookie/digest.ts", "node:crypto", "flow-sees-core-and-itself"],
  ["lib/flows/cookie/copy.ts", "../hybrid/rotation.ts", "flow-sees-core-and-itself"],
  ["lib/flows/cookie/flow.test.ts", "../hybrid/rotation.ts", "flow-test-sees-no-other-flow"],
  ["lib/testing/play.ts", "@/lib/flows/hybrid/rotation.ts", "flow-only-through-registry"],
  ["lib/server/shortcut.ts", "@/lib/flows/hybrid/rotation.ts", "flow-only-through-registry"],
  ["lib/flows/choice.ts", "zod", "registry-sees-core-and-flows"],
  ["lib/features/take-away/kit/clock.ts", "@/lib/lab/runner.ts", "kit-sees-what-it-binds"],
  ["lib/http/handle.ts", "@/lib/stores/memory/records.ts", "edge-sees-core-and-lab"],
  ["lib/http/list.ts", "@/lib/flows/registry.ts", "edge-sees-core-and-lab"],
  ["lib/http/router.ts", "@/lib/features/race/model.ts", "edge-sees-core-and-lab"],
  ["lib/lab/runner.ts", "@/lib/http/jar.ts", "layer-sees-core-and-itself"],
  ["lib/lab/list.ts", "@/lib/flows/registry.ts", "layer-sees-core-and-itself"],
  ["lib/revocation/none.ts", "@/lib/adapters/clock.ts", "layer-sees-core-and-itself"],
  ["lib/stores/memory/play.ts", "@/lib/lab/runner.ts", "store-sees-core-and-lab"],
  ["lib/features/race/lane.ts", "@/lib/features/compare/model.ts", "feature-sees-no-other-feature"],
  ["lib/features/race/wiring.ts", "@/lib/adapters/clock.ts", "feature-sees-no-other-feature"],
  ["lib/server/verify.ts", "@/lib/features/attacks/forgery/weak/verifiers.ts", "mistakes-stay-in-attacks"],
  ["lib/server/page.ts", "@/app/page.tsx", "lib-never-imports-app"],
  ["app/api/me/route.ts", "@/lib/stores/memory/records.ts", "page-touches-no-store"],
  ["proxy.ts", "@/lib/adapters/clock.ts", "page-touches-no-store"],
  ["app/_ui/people.tsx", "@/lib/lab/runner.ts", "ui-sees-core-and-itself"],
  ["app/_ui/calls.tsx", "@/app/_browser/calls.ts", "ui-sees-core-and-itself"],
  ["app/_browser/race.ts", "@/lib/features/race/model.ts", "browser-kernel-sees-ui-and-lab"],
  ["app/_panes/people.tsx", "@/lib/server/people.ts", "page-code-sees-models"],
  ["app/compare/_parts/race.tsx", "@/lib/features/race/lanes.ts", "page-code-sees-models"],
  ["app/_panes/table.tsx", "@/app/compare/_parts/table.tsx", "parts-belong-to-their-page"],
  ["app/cookies/page.tsx", "@/app/compare/_parts/table.tsx", "parts-belong-to-their-page"],
  ["app/_panes/digest.tsx", "node:crypto", "browser-code-needs-no-node"],
  ["lib/stores/memory/token.ts", "jose", "jose-in-one-place"],
  ["lib/http/seal.ts", "iron-session", "iron-session-in-one-place"],
  ["app/device.ts", "bowser", "bowser-in-one-place"],
  ["lib/http/limit.ts", "rate-limiter-flexible", "rate-limiter-flexible-in-one-place"],
  ["lib/adapters/parse.ts", "cookie", "cookie-in-one-place"],
  ["lib/features/race/colors.ts", "shiki", "shiki-in-one-place"],
  ["lib/lab/lines.ts", "diff", "diff-in-one-place"],
  ["lib/server/zip.ts", "fflate", "fflate-in-one-place"],
  ["lib/stores/cached/events.ts", "redis", "redis-in-one-place", "everything-resolves"],
  ["lib/server/database.ts", "@prisma/client", "prisma-in-one-place"],
  ["lib/server/rows.ts", "@/lib/stores/prisma/generated/client.ts", "generated-client-in-one-place"],
  ["lib/server/headers.ts", "next/headers", "next-and-react-in-one-place"],
  ["lib/lab/charts.ts", "swr", "package-behind-a-port"],
  ["lib/http/mode.ts", "node:process", "environment-read-in-server"],
  ["lib/server/process/boot.ts", "@/lib/testing/clock.ts", "product-imports-no-test"],
  ["e2e/credential-testing/replay.ts", "@/lib/core/ports.ts", "credential-testing-stands-alone"],
  ["e2e/credential-testing/matchers.ts", "fast-check", "credential-testing-stands-alone"],
  ["lib/adapters/random.ts", "fast-check", "product-needs-no-dev-package"],
  ["app/hoisted.ts", "undeclared", "package-is-declared"],
  ["lib/stores/memory/loop.ts", "./returns.ts", "no-cycle"],
  ["lib/stores/memory/typo.ts", "./recrods.ts", "everything-resolves"],
];

/** This rule counts runtime imports only. All others count type imports too. */
const aboutWhatRuns = ["product-needs-no-dev-package"];

/** Imports that the rules must allow. */
const allowed: readonly [file: string, imports: string][] = [
  ["lib/core/flow.ts", "./ports.ts"],
  ["lib/flows/hybrid/flow.ts", "./rotation.ts"],
  ["lib/flows/hybrid/manifest.ts", "@/lib/core/ports.ts"],
  ["lib/flows/hybrid/flow.test.ts", "@/lib/stores/memory/records.ts"],
  ["lib/flows/hybrid/fuzz.test.ts", "fast-check"],
  ["lib/flows/registry.ts", "./hybrid/rotation.ts"],
  ["lib/flows/registry.test.ts", "./registry.ts"],
  ["lib/adapters/jose-signer.ts", "jose"],
  ["lib/http/cookies.ts", "cookie"],
  ["lib/stores/prisma/records.ts", "./generated/client.ts"],
  ["lib/stores/prisma/records.test.ts", "../contract.ts"],
  ["lib/stores/contract.ts", "vitest"],
  ["lib/server/composition.ts", "@/lib/flows/registry.ts"],
  ["lib/server/environment.ts", "node:process"],
  ["app/layout.tsx", "react"],
  ["app/login/page.tsx", "@/lib/server/people.ts"],
  ["app/_ui/chip.tsx", "@/lib/core/ports.ts"],
  ["app/_ui/controls/menu.tsx", "swr"],
  ["app/_browser/lab.ts", "@/lib/lab/runner.ts"],
  ["app/_panes/race.tsx", "@/lib/features/race/model.ts"],
  ["app/compare/[...pair]/page.tsx", "@/app/compare/_parts/table.tsx"],
  ["lib/features/race/lanes.ts", "@/lib/lab/runner.ts"],
  ["lib/features/race/source.ts", "@/lib/features/source/model.ts"],
  ["lib/features/source/highlighter.ts", "shiki"],
  ["e2e/login.spec.ts", "@/lib/flows/registry.ts"],
  ["e2e/credential-testing/server.ts", "node:http"],
  ["e2e/credential-testing/fixtures.ts", "@playwright/test"],
  ["scripts/seed.ts", "@/lib/server/people.ts"],
];

/** The targets of the imports above. */
const targets = [
  ...["app/page.tsx", "lib/adapters/clock.ts", "lib/core/ports.ts", "lib/flows/hybrid/rotation.ts", "lib/http/jar.ts"],
  ...[
    "app/_browser/calls.ts",
    "app/compare/_parts/table.tsx",
    "lib/features/attacks/forgery/weak/verifiers.ts",
    "lib/features/compare/model.ts",
    "lib/features/race/lanes.ts",
    "lib/features/race/model.ts",
    "lib/features/source/model.ts",
    "lib/flows/registry.ts",
    "lib/lab/runner.ts",
    "lib/server/people.ts",
    "lib/stores/memory/records.ts",
    "lib/stores/prisma/generated/client.ts",
    "lib/testing/clock.ts",
  ],
];

const dependencies = [
  "@prisma/client",
  "bowser",
  "cookie",
  "diff",
  "fflate",
  "iron-session",
  "jose",
  "next",
  "rate-limiter-flexible",
  "react",
  "shiki",
  "swr",
  "zod",
];
const devDependencies = ["@playwright/test", "fast-check", "vitest"];

describe("import rules", () => {
  const root = mkdtempSync(join(tmpdir(), "import-rules-"));
  let breaches: Breach[] = [];

  function write(file: string, text: string): void {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }

  beforeAll(async () => {
    const versions = (names: string[]) => Object.fromEntries(names.map((name) => [name, "1.0.0"]));
    write(
      "package.json",
      JSON.stringify({
        type: "module",
        dependencies: versions(dependencies),
        devDependencies: versions(devDependencies),
      }),
    );
    write("tsconfig.json", JSON.stringify({ compilerOptions: { paths: { "@/*": ["./*"] } } }));
    for (const name of [...dependencies, ...devDependencies, "undeclared"]) {
      write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: "1.0.0", main: "index.js" }));
      write(`node_modules/${name}/index.js`, "module.exports = {};");
    }
    write("node_modules/next/headers.js", "module.exports = {};");
    for (const file of targets) write(file, "export const here = true;");
    write("lib/stores/memory/returns.ts", 'import type { there } from "./loop.ts";\nexport type Here = typeof there;');
    for (const [file, imports, rule] of broken) {
      write(
        file,
        `import ${aboutWhatRuns.includes(rule) ? "" : "type "}{ here } from "${imports}";\nexport const there = here;`,
      );
    }
    for (const [file, imports] of allowed)
      write(file, `import { here } from "${imports}";\nexport const there = here;`);
    ({ breaches } = await checkImports(root));
  }, 30_000);

  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it.each(broken)("%s importing %s breaks %s", (file, _imports, ...rules) => {
    const fired = breaches.filter(({ from }) => from === file).map(({ rule }) => rule);
    expect(fired.sort()).toEqual(rules.sort());
  });

  it.each(allowed)("%s may import %s", (file) => {
    expect(breaches.filter(({ from }) => from === file)).toEqual([]);
  });

  it("are each broken at least once here", () => {
    const tried = new Set(broken.flatMap(([, , ...rules]) => rules));
    expect([...importRules.keys()].filter((rule) => !tried.has(rule))).toEqual([]);
  });

  it("each say what to do instead", () => {
    expect([...importRules].filter(([, comment]) => comment.length < 40)).toEqual([]);
  });

  it("a run in which the tool saw no module fails", async () => {
    const empty = mkdtempSync(join(tmpdir(), "import-rules-"));
    writeFileSync(join(empty, "tsconfig.json"), "{}");
    writeFileSync(join(empty, "alone.ts"), "export const alone = true;");
    await expect(checkImports(empty)).rejects.toThrow("its silence proves nothing");
    rmSync(empty, { recursive: true });
  });
});
