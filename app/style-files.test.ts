import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const files = globSync("app/**/*.css").map((path) => ({ path, text: readFileSync(path, "utf8") }));
/** What can move or resize other elements, so that each frame of a transition costs a layout. */
const layoutProperties = "width|height|inset|top|right|bottom|left|margin|padding|font-size|gap|all";

/** What app/globals.css imports reaches a browser with it, in its order. */
const common = ["app/palette.css", "app/_ui/controls/controls.css"];
const isLayered = ({ text }: (typeof files)[number]) => text.includes("@layer components {");

/** The names of the classes that the selectors of a file begin to style. */
function classesIn(text: string): ReadonlySet<string> {
  const selectors = text.replaceAll(/\/\*[\s\S]*?\*\//g, "").matchAll(/(?:^|[{};])\s*([^{};@]+)\{/g);
  return new Set([...selectors].flatMap(([, selector = ""]) => selector.match(/\.[a-z][\w-]*/g) ?? []));
}

function sheetsOf(styled: readonly string[], some: typeof files): ReadonlySet<string> {
  const paths = some.map(({ path }) => path).filter((path) => styled.includes(path));
  return new Set(paths.map((path) => (common.includes(path) ? "app/globals.css" : path)));
}

/** Each class with the files that style it. */
const places = new Map<string, string[]>();
for (const { path, text } of files)
  for (const name of classesIn(text)) places.set(name, [...(places.get(name) ?? []), path]);

test("a class is styled in one file", () => {
  expect(places.size).toBeGreaterThan(30);
  expect([...places].filter(([, paths]) => paths.length > 1)).toEqual([]);
});

test("an element takes classes of one style file, so the order in which a browser gets the files changes nothing", () => {
  const mixed = globSync("app/**/*.tsx").flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(/className=\{?["`]([^"`]*)["`]/g)].flatMap(([, names = ""]) => {
      const styled = names.split(/[\s${}]+/).flatMap((name) => places.get(`.${name}`) ?? []);
      // What stands outside of the layers overrides them in any order.
      const rivals = [true, false].map((layered) => files.filter((file) => isLayered(file) === layered));
      return rivals.some((some) => sheetsOf(styled, some).size > 1) ? [`${path}: ${names}`] : [];
    }),
  );
  expect(mixed).toEqual([]);
});

test("a style file of a page that uses layers names their order first, in case it comes before the common styles", () => {
  const own = files.filter((file) => isLayered(file) && ![...common, "app/globals.css"].includes(file.path));
  expect(own.length).toBeGreaterThan(0);
  for (const { path, text } of own)
    expect(text.startsWith("@layer theme, base, components, utilities;\n"), path).toBe(true);
});

test("words under 0.75rem have the one size that grows in a room", () => {
  const sizes = files.flatMap(({ path, text }) =>
    [...text.matchAll(/font-size: ([\d.]+)rem/g)].map(([, size]) => ({ path, size: Number(size) })),
  );
  expect(sizes.length).toBeGreaterThan(0);
  expect(sizes.filter(({ size }) => size < 0.75)).toEqual([]);
});

test("no transition animates what costs a layout for each frame", () => {
  const inStyles = files.flatMap(({ path, text }) =>
    [...text.matchAll(/transition(?:-property)?:([^;]*);/g)].map(([, what = ""]) => ({ path, what })),
  );
  const inPages = globSync("app/**/*.tsx").flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(/transition-(\[[^\]]*\]|all)/g)].map(([, what = ""]) => ({ path, what })),
  );
  expect(inStyles.length).toBeGreaterThan(0);
  const animated = [...inStyles, ...inPages].filter(({ what }) =>
    new RegExp(`\\b(?:${layoutProperties})\\b`).test(what),
  );
  expect(animated).toEqual([]);
});

test("no keyframes animate what costs a layout for each frame", () => {
  const keyframes = files.flatMap(({ path, text }) =>
    [...text.matchAll(/@keyframes\s+([\w-]+)\s*\{((?:[^{}]*\{[^{}]*\})*)\s*\}/g)].map(([, name = "", steps = ""]) => ({
      path,
      name,
      properties: [...steps.matchAll(/([a-z-]+)\s*:/g)].map(([, property = ""]) => property),
    })),
  );
  const written = files.flatMap(({ text }) => text.match(/@keyframes/g) ?? []).length;
  expect(written).toBeGreaterThan(1);
  expect(keyframes.length).toBe(written);
  const moving = new RegExp(`^(?:(?:min-|max-)?(?:${layoutProperties}))(?:-|$)`);
  for (const { path, name, properties } of keyframes) {
    expect(properties.length, name).toBeGreaterThan(0);
    expect(
      properties.filter((property) => moving.test(property)),
      `${path}: ${name}`,
    ).toEqual([]);
  }
});

test("no script animates a property of an element", () => {
  const animating = globSync("app/**/*.{ts,tsx}").filter(
    (path) => !path.endsWith("files.test.ts") && /\.animate\(|startViewTransition/.test(readFileSync(path, "utf8")),
  );
  expect(animating).toEqual([]);
});

test("a bar that shows how much time is left has no transition, which would draw frames of every second", () => {
  const [, rule = ""] = /\.bar > i \{([^}]*)\}/.exec(readFileSync("app/globals.css", "utf8")) ?? [];
  expect(rule).toContain("--part");
  expect(rule).not.toContain("transition");
});

test("a theme changes colours, and which words its switch shows", () => {
  const themed = files.flatMap(({ text }) => [
    ...text.matchAll(/@media \(prefers-color-scheme[^{]*\{((?:[^{}]*\{[^{}]*\})*)\s*\}/g),
    ...text.matchAll(/((?:^|\n)[^{}\n]*\[data-theme[^{}]*\{[^{}]*\})/g),
  ]);
  const rules = themed.flatMap(([, inner = ""]) => [...inner.matchAll(/([^{}]+)\{([^{}]*)\}/g)]);
  expect(rules.length).toBeGreaterThan(3);
  for (const [rule, selector = "", declarations = ""] of rules) {
    const properties = [...declarations.matchAll(/([\w-]+)\s*:/g)].map(([, property]) => property);
    const allowed = /\.when-/.test(selector) ? ["display"] : ["color-scheme"];
    expect(properties, rule).toEqual(allowed);
  }
});
