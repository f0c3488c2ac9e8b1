import { describe, expect, test } from "vitest";
import { flows, variants } from "../../flows/registry.ts";
import type { MatrixCell } from "../../lab/played-cells.ts";
import { compare, pairTitles } from "./compare.ts";

const flowIds = flows.map(({ manifest }) => manifest.id);
const nothing = { measured: null, played: [], thief: "silent" } as const;

describe("a comparison", () => {
  test.for(flowIds.flatMap((a) => flowIds.map((b) => [a, b] as const)))(
    "of the flows %s and %s is one of their default variants",
    async ([a, b]) => {
      const comparison = await compare([a, b]);
      const usual = (id: string) => flows.find(({ manifest }) => manifest.id === id)?.manifest.defaults.lab;
      expect([comparison?.left.variant, comparison?.right.variant]).toEqual([usual(a), usual(b)]);
      expect([comparison?.left.id, comparison?.right.id]).toEqual([a, b]);
      const flow = comparison?.files.find(({ left }) => left === `lib/flows/${a}/flow.ts`);
      expect(flow?.right).toBe(`lib/flows/${b}/flow.ts`);
      expect((flow?.changed.left ?? 0) > 0).toBe(a !== b);
    },
  );

  test("begins with what differs: events, settings and facts", async () => {
    const comparison = await compare(["cookie", "server-session"]);
    const standings = comparison?.events.map(({ standing }) => standing) ?? [];
    expect(standings).toEqual(standings.toSorted((one, other) => order.indexOf(one) - order.indexOf(other)));
    expect(new Set(standings)).toEqual(new Set(order));
    expect(comparison?.settings[0]).toEqual({ name: "safety", left: "limited", right: "safe" });
    const differs = comparison?.facts.map(({ left, right }) => left.text !== right.text) ?? [];
    expect(differs).toEqual(differs.toSorted((one, other) => Number(other) - Number(one)));
    expect(differs).toContain(true);
  });

  test("says of each event what becomes of a copy, and why", async () => {
    const comparison = await compare(["cookie", "server-session"]);
    const logout = comparison?.events.find(({ experiment }) => experiment === "replay-after-logout");
    expect(logout).toMatchObject({
      standing: "differs",
      left: { word: { text: "30 min" }, why: "The server kept nothing, so it has nothing to end." },
      right: { word: { code: "REVOKED" }, why: "The logout ended its row, and every request looks there." },
    });
    expect(comparison?.headline).toEqual({
      left: { words: "a copied sealed cookie gets in for 30 min", getsIn: true },
      right: { words: "a copied session id is refused", getsIn: false },
    });
  });

  test("is about the copies of the chosen thief", async () => {
    const active = await compare(["cookie", "server-session"], { ...nothing, thief: "active" });
    expect(active?.headline.left.words).toBe("a copied sealed cookie gets in for 8 h");
  });

  test("counts two refusals as the same, whatever their codes", async () => {
    const comparison = await compare(["server-session", "hybrid"]);
    const alike = comparison?.events.filter(({ standing }) => standing === "same") ?? [];
    const codes = alike.filter(({ left, right }) => left?.word.code !== right?.word.code);
    expect(codes.length).toBeGreaterThan(0);
    expect(codes.every(({ left, right }) => left?.word.text === "refused" && right?.word.text === "refused")).toBe(
      true,
    );
  });

  test("says what a lab saw instead of what is claimed", async () => {
    const reading = { credential: "access", thief: "silent", outcome: "EXPIRED", until: "at-once" } as const;
    const seen = { expected: [], observed: [reading], holds: false, steps: [], milliseconds: 1 };
    const playedAt = "2026-11-21T12:00:00.000Z";
    const cell: MatrixCell = { variant: "cookie/sealed", experiment: "replay-after-logout", ...seen, playedAt };
    const comparison = await compare(["cookie", "server-session"], { ...nothing, played: [cell] });
    expect(comparison?.headline.left).toEqual({ words: "a copied sealed cookie is refused", getsIn: false });
    const logout = comparison?.events.find(({ experiment }) => experiment === "replay-after-logout");
    expect(logout).toMatchObject({ standing: "same", left: { word: { claimed: "30 min" } } });
    expect(logout?.left?.why).toContain("Claimed: still in for 30 min");
  });

  test("of two variants of a flow tells the settings and the files that differ", async () => {
    const comparison = await compare(["server-session", "sql", "server-session", "redis"]);
    expect(comparison?.settings[0]).toEqual({ name: "store", left: "sql", right: "redis" });
    const differing = comparison?.files.filter(({ left, right }) => left !== right) ?? [];
    expect(differing.map(({ left, right }) => [left, right])).toContainEqual([
      "lib/stores/prisma/prisma-records.ts",
      "lib/stores/redis/redis-records.ts",
    ]);
    expect(differing.every(({ parts }) => parts === null)).toBe(true);
  });

  test("has the lines of the file that was asked for, and of no other", async () => {
    const file = "lib/flows/cookie/flow.ts";
    const comparison = await compare(["cookie", "hybrid"], { ...nothing, file });
    const shown = comparison?.files.filter(({ parts }) => parts !== null) ?? [];
    expect(shown.map(({ id }) => id)).toEqual([file]);
    const [pair] = shown;
    const count = (side: "left" | "right") =>
      pair?.parts?.reduce((sum, part) => sum + (part.kind === "changed" ? part[side].length : 0), 0);
    expect({ left: count("left"), right: count("right") }).toEqual(pair?.changed);
    const other = await compare(["cookie", "hybrid"], { ...nothing, file: "package.json" });
    expect(other?.files.every(({ parts }) => parts === null)).toBe(true);
  });

  test("can be made of any two variants, and a variant is the same as itself", async () => {
    for (const { id } of variants) {
      const same = await compare([...id.split("/"), ...id.split("/")]);
      expect(same?.files.every(({ left, right }) => left === right)).toBe(true);
      expect(same?.settings.every(({ left, right }) => left === right)).toBe(true);
      expect(same?.events.every(({ standing }) => standing === "same")).toBe(true);
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
      expect(pairTitles(path.split("/"))).toBeNull();
    }
    expect(await compare(["..", "cookie"])).toBeNull();
    expect(await compare(["__proto__", "constructor"])).toBeNull();
  });
});

const order: readonly string[] = ["differs", "same", "alone"];
