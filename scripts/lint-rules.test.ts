import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const project = join(import.meta.dirname, "..");

/** Each row is one file and the rule that must fire for it. `plugin` is a rule of our own, in scripts/lint. */
const broken: readonly [file: string, text: string, rule: string][] = [
  ["lib/http/expiry.ts", "export const now = () => Date.now();", "plugin"],
  ["lib/lab/today.ts", "export const today = () => new Date().toISOString();", "plugin"],
  ["lib/server/called.ts", "export const called = () => Date();", "plugin"],
  ["lib/stores/memory/id.ts", "export const id = () => crypto.randomUUID();", "plugin"],
  [
    "lib/http/either.ts",
    "export const either = (a: AbortSignal, b: AbortSignal) => AbortSignal.any([a, b]);",
    "plugin",
  ],
  ["lib/http/chance.ts", "export const chance = () => Math.random();", "plugin"],
  ["lib/flows/cookie/expiry.ts", "export const day = (at: number) => new Date(at);", "style/noRestrictedGlobals"],
  ["lib/flows/cookie/asks.ts", "export const asks = (request: Request) => request;", "style/noRestrictedGlobals"],
  ["lib/flows/cookie/flow.ts", "export const line = true;\n".repeat(151), "style/noExcessiveLinesPerFile"],
  ["lib/http/long.ts", "export const line = true;\n".repeat(251), "style/noExcessiveLinesPerFile"],
  ["lib/http/mode.ts", "export const mode = process.env['MODE'];", "style/noProcessEnv"],
  ["app/mode.ts", "export const mode = process.env['MODE'];", "style/noProcessEnv"],
  ["lib/http/any.ts", "export const loose = (value: any) => value;", "suspicious/noExplicitAny"],
  ["lib/http/sure.ts", "export const sure = (text?: string) => text!.length;", "style/noNonNullAssertion"],
  ["lib/http/kinds.ts", "export enum Kind { Cookie }", "style/noEnum"],
  ["lib/http/thing.ts", "export default 1;", "style/noDefaultExport"],
  ["lib/http/index.ts", 'export { loose } from "./any.ts";', "performance/noBarrelFile"],
  ["lib/http/cookieJar.ts", "export const jar = 1;", "style/useFilenamingConvention"],
  ["lib/http/log.ts", "console.log('token');", "suspicious/noConsole"],
  [
    "lib/http/digest.ts",
    'import { hash } from "crypto";\nexport const digest = hash;',
    "style/useNodejsImportProtocol",
  ],
  ["lib/http/type.ts", 'import { Jar } from "./jar.ts";\nexport type Held = Jar;', "style/useImportType"],
  [
    "lib/http/forgot.ts",
    "const revoke = async () => {};\nexport const out = () => { revoke(); };",
    "nursery/noFloatingPromises",
  ],
  ["lib/http/only.test.ts", 'import { it } from "vitest";\nit.only("a", () => {});', "suspicious/noFocusedTests"],
  ["lib/http/skip.test.ts", 'import { it } from "vitest";\nit.skip("a", () => {});', "suspicious/noSkippedTests"],
  ["app/_ui/picture.tsx", 'export const Picture = () => <input type="image" src="/a.png" />;', "a11y/useAltText"],
  ["app/_ui/press.tsx", "export const Press = () => <button>Log out</button>;", "a11y/useButtonType"],
];

const allowed: readonly [file: string, text: string][] = [
  ["lib/adapters/system-clock.ts", "export const systemClock = { now: () => Date.now() };"],
  ["lib/lab/stopwatch.ts", "export const stopwatch = () => performance.now();"],
  ["lib/http/header.ts", "export const iso = (at: number) => new Date(at).toISOString();"],
  ["lib/http/handle.ts", "export const asks = (request: Request) => request.url;"],
  ["lib/flows/cookie/wait.test.ts", "export const now = () => Date.now();"],
  ["lib/server/process/env.ts", "export const mode = process.env['LAB_MODE'];"],
  ["app/page.tsx", "export default function Page() {\n  return <p>Loginscope</p>;\n}"],
  [
    "app/globals.css",
    '@import "tailwindcss";\n@theme { --color-flow: red; }\n@utility lane { display: grid; }\n.chip { @apply px-2; }',
  ],
];

type Finding = { readonly category: string; readonly location: { readonly path: string } };

describe("lint rules", () => {
  const root = mkdtempSync(join(tmpdir(), "lint-rules-"));
  let findings: readonly Finding[] = [];

  beforeAll(() => {
    for (const file of ["biome.jsonc", ".gitignore", "scripts/lint"]) {
      cpSync(join(project, file), join(root, file), { recursive: true });
    }
    for (const [file, text] of [...broken, ...allowed]) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), `${text}\n`);
    }
    const biome = join(project, "node_modules/@biomejs/biome/bin/biome");
    const lint = spawnSync(process.execPath, [biome, "lint", "--reporter=json", "--max-diagnostics=none"], {
      cwd: root,
      encoding: "utf8",
    });
    findings = JSON.parse(lint.stdout).diagnostics;
  }, 30_000);

  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const firedFor = (file: string) =>
    findings.filter((finding) => finding.location.path === file).map((finding) => finding.category);

  it.each(broken.map(([file, , rule]) => ({ file, rule })))("$rule fires for $file", ({ file, rule }) => {
    expect(firedFor(file)).toContain(rule === "plugin" ? rule : `lint/${rule}`);
  });

  it.each(allowed.map(([file]) => ({ file })))("all leave $file alone", ({ file }) => {
    expect(firedFor(file)).toEqual([]);
  });
});
