import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { flows } from "../../flows/registry.ts";
import { readFlowSource } from "./source-reader.ts";

describe.for(flows.map(({ manifest }) => manifest))("the source of $id", ({ id, variants }) => {
  test("is the text of its files, word by word, flow.ts first", async () => {
    const source = await readFlowSource(id, null);
    expect(source?.own[0]?.path).toBe(`lib/flows/${id}/flow.ts`);
    for (const { path, lines } of source?.own ?? []) {
      expect(path).toMatch(new RegExp(`^lib/flows/${id}/[a-z-]+\\.ts$`));
      const text = lines.map((line) => line.map(([, piece]) => piece).join("")).join("\n");
      expect(`${text}\n`).toBe(await readFile(path, "utf8"));
      expect(new Set(lines.flat().map(([kind]) => kind)).size).toBeGreaterThan(3);
    }
  });

  test("names files for each variant, and gives each of them when it is asked for", async () => {
    const source = await readFlowSource(id, null);
    expect(Object.keys(source?.named ?? {})).toEqual(variants.map((variant) => variant.id));
    for (const path of new Set(Object.values(source?.named ?? {}).flat())) {
      expect((await readFlowSource(id, path))?.other?.path).toBe(path);
    }
  });

  test("contains no other file, whatever path is asked for", async () => {
    for (const asked of [".env", "../../etc/passwd", "/etc/passwd", "lib/server/process/env.ts", "package.json", ""]) {
      expect((await readFlowSource(id, asked))?.other).toBeNull();
    }
  });
});

test("the files of a variant follow its settings: each store and policy brings its own, and no other's", async () => {
  const { named } = (await readFlowSource("server-session", null)) ?? {};
  const stores = (id: `${string}/${string}`) => named?.[id]?.filter((path) => path.includes("-records")) ?? [];
  expect(stores("server-session/sql")).toEqual(["lib/stores/prisma/prisma-records.ts"]);
  expect(stores("server-session/memory")).toEqual(["lib/stores/memory/memory-records.ts"]);
  expect(stores("server-session/redis")).toEqual(["lib/stores/redis/redis-records.ts"]);
});

test("an unknown flow has no source", async () => {
  for (const id of ["", "..", "registry.ts", "constructor"]) expect(await readFlowSource(id, null)).toBeNull();
});
