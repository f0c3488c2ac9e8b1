import { describe, expect, test } from "vitest";
import type { Variant } from "../../../core/variant.ts";
import { variants } from "../../../flows/registry.ts";
import type { ClaimOrReading } from "../../../lab/experiment.ts";
import { findExperiment } from "../../../lab/experiments.ts";
import { variantTable } from "../fill-table.ts";
import { copiesIn, inFull } from "./copies.ts";

const table = variantTable(null);
const all: readonly Variant[] = variants;

function copiesOf(variant: string, experiment: string) {
  return table.rows.find((row) => row.variant === variant)?.cells[experiment]?.copies;
}

describe("the word for a copy", () => {
  test("is how long it gets in, for each thief", () => {
    expect(copiesOf("cookie/sealed", "replay-after-logout")).toMatchObject({
      silent: { standing: "in", text: "30 min", depth: 2 },
      active: { standing: "in", text: "8 h", depth: 3 },
    });
  });

  test("is “refused” with its code, without a colour", () => {
    const refused = { standing: "out", text: "refused", code: "REVOKED", depth: 0, order: 0 };
    expect(copiesOf("server-session/sql", "replay-after-logout")).toMatchObject({ silent: refused, active: refused });
  });

  test("is that of the credential that gets in longer", () => {
    expect(copiesOf("memory-jwt/rotating", "replay-after-logout")?.silent).toMatchObject({
      text: "15 min",
      credential: "access",
    });
    expect(copiesOf("memory-jwt/rotating", "client-forgets")?.silent).toMatchObject({
      text: "7 d",
      credential: "refresh",
      depth: 4,
    });
  });

  test("says with which role it acts after the role was lowered", () => {
    const note = (variant: string) => copiesOf(variant, "role-lowered")?.silent.note;
    expect(note("cookie/sealed")).toBe("old role");
    expect(note("server-session/sql")).toBe("new role");
    expect(note("memory-jwt/rotating")).toBe("15 min old");
    expect(copiesOf("cookie/sealed", "replay-after-logout")?.silent.note).toBeUndefined();
  });

  test("raises no alarm where a login goes on that nobody meant to end", () => {
    expect(copiesOf("server-session/sql", "memory-lost")?.silent).toMatchObject({ standing: "goes-on", depth: 0 });
    expect(copiesOf("server-session/memory", "memory-lost")?.silent).toMatchObject({ standing: "ended", depth: 0 });
    for (const logout of ["logout-elsewhere", "logout-elsewhere-cached"])
      expect(copiesOf("cookie/sealed", logout)?.silent.standing).toBe("in");
  });

  test("exists for each experiment that concerns the variant, and for no other", () => {
    for (const variant of all) {
      for (const [experiment, claims] of Object.entries(variant.claims)) {
        expect(copiesOf(variant.id, experiment) !== undefined, `${variant.id} ${experiment}`).toBe(claims.length > 0);
      }
    }
  });

  test("has a colour exactly if a copy gets in that should not", () => {
    const words = table.rows.flatMap(({ cells }) =>
      Object.values(cells).flatMap(({ copies }) => (copies ? [copies.silent, copies.active] : [])),
    );
    expect(words.length).toBeGreaterThan(variants.length * 10);
    expect(words.filter(({ standing, depth }) => (standing === "in") !== depth > 0)).toEqual([]);
  });
});

describe("an observation", () => {
  const experiment = findExperiment("replay-after-logout");
  const variant = variants.find(({ id }) => id === "cookie/sealed");
  if (!experiment || !variant) throw new Error("There is no such cell");
  const claimed = variant.claims["replay-after-logout"] ?? [];
  const seen = (said: readonly ClaimOrReading[]) => copiesIn({ said, claimed, settings: variant.settings, experiment });
  const refused = { credential: "access", outcome: "REVOKED", until: "at-once" } as const;

  test("that differs from its claim says what was claimed, for that thief alone", () => {
    const silent = { ...refused, thief: "silent" } as const;
    const active = claimed.filter(({ thief }) => thief === "active");
    const copies = seen([silent, ...active]);
    expect(copies.silent).toMatchObject({ text: "refused", claimed: "30 min" });
    expect(copies.active.claimed).toBeUndefined();
  });

  test("that is as claimed says nothing more", () => {
    expect(seen(claimed).silent.claimed).toBeUndefined();
  });

  test("in full has its code or its role", () => {
    expect(inFull({ standing: "out", text: "refused", code: "REVOKED", order: 0, depth: 0 })).toBe("refused REVOKED");
    expect(inFull({ standing: "in", text: "30 min", note: "old role", order: 1, depth: 2 })).toBe("30 min, old role");
  });
});
