import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test, vi } from "vitest";
import { createTestApplication } from "../../../testing/test-application.ts";

const { loaded, watched, noting } = vi.hoisted(() => {
  const [names, all] = [new Set<string>(), new Set<string>()];
  const noteAs = (name: string) => {
    all.add(name);
    return async <Module>(original: () => Promise<Module>): Promise<Module> => {
      names.add(name);
      return original();
    };
  };
  return { loaded: names, watched: all, noting: noteAs };
});
vi.mock("../csrf/weak/naive-double-submit.ts", noting("csrf/weak/naive-double-submit.ts"));
vi.mock("../csrf/weak/reflects-origin.ts", noting("csrf/weak/reflects-origin.ts"));
vi.mock("../forgery/weak/signature.ts", noting("forgery/weak/signature.ts"));
vi.mock("../forgery/weak/weaknesses.ts", noting("forgery/weak/weaknesses.ts"));
vi.mock("../guessing/weak/mistakes.ts", noting("guessing/weak/mistakes.ts"));
vi.mock("../tossing/weak/first-cookie.ts", noting("tossing/weak/first-cookie.ts"));
vi.mock("./weak/cookie-names.ts", noting("weaknesses/weak/cookie-names.ts"));
vi.mock("./weak/wrappers.ts", noting("weaknesses/weak/wrappers.ts"));
vi.mock("../xss/weak/vulnerable-page.ts", noting("xss/weak/vulnerable-page.ts"));

/** The addresses of every attack. */
const addresses = ["attacks", "csrf", "fixation", "forgery", "guessing", "leaked-key", "theft", "tossing", "xss"];

test("without lab mode no weakness is loaded, and no address of an attack is there; with it the wrappers are", async () => {
  const real = await createTestApplication({ LAB_MODE: "off" });
  for (const name of addresses) {
    for (const method of ["GET", "POST"]) {
      const { status } = await real.dispatch(new Request(`${real.env.origin}/api/lab/${name}`, { method }));
      expect([name, method, status]).toEqual([name, method, 404]);
    }
  }
  expect([...loaded]).toEqual([]);
  await real.dispose();
  const lab = await createTestApplication();
  // The wrappers import it. Where another test has loaded both before, only the wrappers are loaded anew.
  loaded.delete("weaknesses/weak/cookie-names.ts");
  expect([...loaded]).toEqual(["weaknesses/weak/wrappers.ts"]);
  for (const name of addresses) {
    const { status } = await lab.dispatch(new Request(`${lab.env.origin}/api/lab/${name}`, { method: "OPTIONS" }));
    expect([name, status]).toEqual([name, 204]);
  }
  await lab.dispose();
});

test("every file with a mistake that others import is watched above", () => {
  const folder = "lib/features/attacks";
  const imported = globSync(`${folder}/**/*.ts`)
    .filter((path) => !path.includes("/weak/") && !path.endsWith(".test.ts"))
    .flatMap((path) => {
      const found = readFileSync(path, "utf8").matchAll(
        /^import \{.*from "(.+\/weak\/.+)";$|import\("(.+\/weak\/.+)"\)/gm,
      );
      return [...found].map(([, one, other]) => relative(folder, join(dirname(path), one ?? other ?? "")));
    });
  expect([...new Set(imported)].sort()).toEqual([...watched].sort());
});

test("no page and no part of the server imports a mistake when it is loaded itself", () => {
  const seen = new Set<string>();
  const reach = (path: string): void => {
    if (seen.has(path) || !existsSync(path)) return;
    seen.add(path);
    const text = readFileSync(path, "utf8");
    for (const [, from = ""] of text.matchAll(/^(?:import|export)\s(?!type\b)[^"';]*?from\s+"([^"]+)"/gm)) {
      if (from.startsWith(".")) reach(join(dirname(path), from));
      else if (from.startsWith("@/")) reach(from.slice(2));
    }
  };
  const begins = globSync(["app/**/*.{ts,tsx}", "lib/server/**/*.ts", "*.ts"]);
  for (const path of begins.filter((each) => !each.includes(".test."))) reach(path);
  expect(seen.size).toBeGreaterThan(500);
  expect([...seen].filter((path) => path.includes("/weak/"))).toEqual([]);
});
