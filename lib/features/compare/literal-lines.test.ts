import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import type { FlowManifest } from "../../core/variant.ts";
import { flows } from "../../flows/registry.ts";
import { literalLines } from "./literal-lines.ts";

async function readLines(file: string) {
  const text = await readFile(file, "utf8");
  return { lines: literalLines(text), text: text.split("\n") };
}

describe.for(flows.map(({ manifest }): FlowManifest => manifest))(
  "in the manifest of $id",
  ({ id: flow, variants }) => {
    const file = `lib/flows/${flow}/manifest.ts`;

    test("each setting with a word as value is found on the line that has it", async () => {
      const { lines, text } = await readLines(file);
      for (const { id, settings } of variants) {
        for (const [name, value] of Object.entries(settings)) {
          const line = lines.lineIn("manifest", "variants", id, ["settings", name]);
          const found = text[(line ?? 0) - 1];
          expect(found, `${id} ${name}`).toContain(typeof value === "string" ? `${name}: "${value}"` : name);
        }
      }
    });

    test("each claim is found on a line that names its experiment, and safety and title on lines that say them", async () => {
      const { lines, text } = await readLines(file);
      const at = (id: string, ...path: string[]) => text[(lines.lineIn("manifest", "variants", id, path) ?? 0) - 1];
      for (const { id, claims, safety, title } of variants) {
        for (const experiment of Object.keys(claims)) {
          expect(at(id, "claims", experiment), `${id} ${experiment}`).toMatch(
            new RegExp(`^\\s*"?${experiment}"?: |\\{.*${experiment}`),
          );
        }
        expect(at(id, "safety")).toContain(`"${safety}"`);
        expect(at(id, "title")).toContain(`"${title}"`);
        expect(at(id, "holds")).toMatch(/holds/);
      }
    });
  },
);

test("a value that a variant overrides is found where it is overridden", async () => {
  const { lines, text } = await readLines("lib/flows/memory-jwt/manifest.ts");
  const logout = (id: string) => lines.lineIn("manifest", "variants", id, ["claims", "replay-after-logout"]);
  expect(text[(logout("memory-jwt/rotating") ?? 0) - 1]).toContain("[...toExp, ...familyEnded]");
  expect(text[(logout("memory-jwt/forgetful-logout") ?? 0) - 1]).toContain("[...toExp, ...familyLives]");
  expect(text[(logout("memory-jwt/denylist") ?? 0) - 1]).toContain("bothEnded");
});

test("a value without a line leads to the nearest line above, an unknown variant to none", async () => {
  const { lines } = await readLines("lib/flows/server-session/manifest.ts");
  const at = (...path: string[]) => lines.lineIn("manifest", "variants", "server-session/sql", path);
  expect(at("settings", "staleFor")).toBe(at("settings"));
  expect(at("native")).toBe(at("id"));
  expect(lines.lineIn("manifest", "variants", "server-session/none", ["settings"])).toBeNull();
  const time = await readLines("lib/core/time.ts");
  expect(time.text[(time.lines.lineOf("standardLifetimes", ["idle"]) ?? 0) - 1]).toContain("idle: 30 * minute");
});
