import { describe, expect, test } from "vitest";
import { flows, variants } from "../../flows/registry.ts";
import { compare } from "./compare.ts";

const flowIds = flows.map(({ manifest }) => manifest.id);

describe("a comparison", () => {
  test.for(flowIds.flatMap((a) => flowIds.map((b) => [a, b] as const)))("of the flows %s and %s", async ([a, b]) => {
    const comparison = await compare([a, b]);
    const flow = comparison?.files.find(({ left }) => left === `lib/flows/${a}/flow.ts`);
    expect(flow?.right).toBe(`lib/flows/${b}/flow.ts`);
    expect((flow?.changed.left ?? 0) > 0).toBe(a !== b);
    expect(comparison?.settings).toEqual([]);
  });

  test("of two variants of a flow tells the settings, the claims and the files that differ", async () => {
    const comparison = await compare(["server-session", "sql", "server-session", "redis"]);
    expect(comparison?.settings[0]).toEqual({ name: "store", left: "sql", right: "redis" });
    const differing = comparison?.files.filter(({ left, right }) => left !== right) ?? [];
    expect(differing.map(({ left, right }) => [left, right])).toContainEqual([
      "lib/stores/prisma/prisma-records.ts",
      "lib/stores/redis/redis-records.ts",
    ]);
    expect(comparison?.files.find(({ left }) => left?.endsWith("flow.ts"))?.parts).toEqual([]);
    const versioned = await compare(["cookie", "sealed", "cookie", "sealed-versioned"]);
    expect(versioned?.claims[0]).toEqual({
      name: "replay-after-logout, access",
      left: "left alone: still in, to its idle end (30 min); kept in use: still in, to its absolute end (8 h)",
      right: "REVOKED",
    });
  });

  test("can be made of any two variants, and a variant is the same as itself", async () => {
    for (const { id } of variants) {
      const same = await compare([...id.split("/"), ...id.split("/")]);
      expect(same?.files.every(({ left, right }) => left === right)).toBe(true);
      expect(same?.settings.every(({ left, right }) => left === right)).toBe(true);
      expect(await compare([...id.split("/"), "cookie", "sealed"])).not.toBeNull();
    }
  });

  test("of an unknown flow or variant does not exist", async () => {
    for (const path of [
      "",
      "cookie",
      "cookie/none",
      "cookie/sealed/cookie",
      "cookie/sealed/hybrid/none",
      "a/b/c/d/e",
    ]) {
      expect(await compare(path.split("/"))).toBeNull();
    }
    expect(await compare(["..", "cookie"])).toBeNull();
    expect(await compare(["__proto__", "constructor"])).toBeNull();
  });
});
