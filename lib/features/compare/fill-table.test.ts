import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { FlowModule } from "../../core/flow.ts";
import type { VariantId } from "../../core/ids.ts";
import { flows, variants } from "../../flows/registry.ts";
import type { Experiment } from "../../lab/experiment.ts";
import { experiments } from "../../lab/experiments.ts";
import type { MatrixCell } from "../../lab/played-cells.ts";
import { takeAway } from "../take-away/take-away.ts";
import { evidenceOf, variantTable } from "./fill-table.ts";
import { chooseRows, type Measured, type MeasuredCall, type Row, type VariantTable } from "./model.ts";

const calls: readonly MeasuredCall[] = [
  {
    action: "me",
    request: "GET /api/cookie/me",
    status: 200,
    code: null,
    sent: [
      { in: "cookie", name: "__Host-a", bytes: 100 },
      { in: "authorization", name: "Bearer", bytes: 23 },
      { in: "body", name: "refresh_token", bytes: 5 },
    ],
    received: [],
    steps: [
      { actor: "cookie", did: "read", found: "ok", startedAfter: 0, took: 1 },
      { actor: "policy", did: "check", found: "ok", startedAfter: 1, took: 1 },
      { actor: "store", did: "find", found: "found", startedAfter: 2, took: 1 },
    ],
  },
];

const everyone = (of: Measured["byVariant"][VariantId]): Measured => ({
  at: "2026-11-21T12:00:00.000Z",
  version: "1",
  byVariant: Object.fromEntries(variants.map(({ id }) => [id, of])),
});

let table: VariantTable;
beforeAll(() => {
  table = variantTable(everyone({ calls, rotated: null }));
});

function rowOf(id: VariantId, of = table): Row {
  const row = of.rows.find(({ variant }) => variant === id);
  if (!row) throw new Error(`There is no row ${id}`);
  return row;
}

/** As the matrix keeps what a lab had played. */
function observed(variant: VariantId, experiment: string, outcome: "REVOKED" | "exposed"): MatrixCell {
  const until = outcome === "exposed" ? "idle" : "at-once";
  const reading = { credential: "access", thief: "silent", outcome, until } as const;
  const judged = { expected: [], observed: [reading], holds: false, steps: [], milliseconds: 1 };
  return { variant, experiment, ...judged, playedAt: "2026-11-21T12:00:00.000Z" };
}

const text = (id: VariantId, column: string, of = table) => rowOf(id, of).cells[column]?.text;

describe.for(variants.map(({ id }) => id))("every cell of %s", (id) => {
  test("has a text and a source: an existing line, an experiment, or evidence", () => {
    for (const { id: column } of table.columns) {
      const cell = rowOf(id).cells[column];
      expect(cell?.text, column).not.toBe("");
      for (const source of cell?.sources ?? []) {
        if (source.kind !== "line") {
          expect(source.variant).toBe(id);
          continue;
        }
        const lines = readFileSync(source.file, "utf8").split("\n");
        expect(lines[source.line - 1], `${column} at ${source.file}:${source.line}`).toMatch(/\S/);
      }
      expect(cell?.sources.length, column).toBeGreaterThan(0);
    }
    expect(Object.keys(rowOf(id).cells)).toEqual(table.columns.map((column) => column.id));
  });

  test("that counts lines or files counts each file once, and non-blank lines as grep does", () => {
    const found = evidenceOf(id);
    for (const what of ["flow", "parts", "all"] as const) {
      const files = found?.effort[what].map(({ file }) => file) ?? [];
      expect(new Set(files).size).toBe(files.length);
      expect(text(id, `${what}-files`)).toBe(String(files.length));
      const counts = files.length > 0 ? `${execFileSync("grep", ["-cH", "[^[:space:]]", ...files])}` : "";
      const lines = counts.split("\n").map((line) => Number(line.split(":")[1] ?? 0));
      expect(text(id, `${what}-lines`)).toBe(String(lines.reduce((sum, count) => sum + count, 0)));
    }
    expect(text(id, "packages")).toBe(String(found?.effort.packages.length));
  });

  test("that counts running files counts exactly those that are imported", () => {
    const [found, taken] = [evidenceOf(id), takeAway(id)];
    const all = found?.effort.all.map(({ file }) => file) ?? [];
    const importedBy = (file: string, source: string) =>
      [...source.matchAll(/(?:from|import)\s*\(?"(\.[^"]+)"/g)].map(([, path = ""]) => join(dirname(file), path));
    const written = [...(taken ?? [])].filter(([path]) => /^(?:wiring|people|surroundings|ports\/.+)\.ts$/.test(path));
    expect(written.length).toBeGreaterThan(4);
    const sources = [...all.map((file) => [file, readFileSync(file, "utf8")] as const), ...written];
    const imported = new Set(sources.flatMap(([file, source]) => importedBy(file, `${source}`)));
    const own = [...imported].filter((file) => existsSync(file) && !file.includes("/generated/"));
    expect(own.toSorted()).toEqual(all.toSorted());
  });

  test("that counts the flow counts the files of its folder, without tests", () => {
    const folder = `lib/flows/${id.split("/")[0]}`;
    const files = readdirSync(folder).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
    expect(text(id, "flow-files")).toBe(String(files.length));
  });

  test("that counts running files counts files that are taken away with the variant", () => {
    const [found, taken] = [evidenceOf(id), takeAway(id)];
    for (const { file } of found?.effort.all ?? []) expect(taken?.has(file), file).toBe(true);
    const { dependencies } = JSON.parse(taken?.get("package.json") ?? "{}");
    for (const name of found?.effort.packages ?? []) expect(Object.keys(dependencies)).toContain(name);
  });
});

test("the columns of a group stand together, and those of a band", () => {
  const places = table.columns.map(({ group, band }) => `${group} ${band}`);
  const runs = places.filter((place, index) => place !== places[index - 1]);
  expect(new Set(runs).size).toBe(runs.length);
});

describe("a column of an experiment", () => {
  test("exists once for each experiment", () => {
    const made = table.columns.flatMap(({ experiment }) => experiment ?? []);
    expect(made.toSorted()).toEqual(experiments.map(({ id }) => id).toSorted());
  });

  test("has the text of the claims, for both thieves and with the length of the lifetime", () => {
    expect(text("cookie/sealed", "replay-after-logout")).toBe("in 30 min, in use 8 h");
    expect(text("server-session/sql", "replay-after-logout")).toBe("REVOKED");
    expect(text("memory-jwt/rotating", "replay-after-logout")).toBe("access in 15 min; refresh REVOKED");
    expect(text("memory-jwt/rotating", "role-lowered")).toBe("access in 15 min with the old role; refresh in 7 d");
    expect(text("server-session/cached", "logout-elsewhere")).toBe("REVOKED, in use 5 s");
    expect(text("cookie/plain", "forge")).toBe("in without end as anybody");
    expect(text("cookie/sealed", "refresh-replay")).toBe("has none");
  });

  test("follows the claim: without it the cell is empty, and one copy fewer gets in", () => {
    const modules = flows.map((module): FlowModule => {
      const [first, ...others] = module.manifest.variants.map((variant) => {
        const { "replay-after-logout": _, ...claims } = variant.claims as Record<
          string,
          (typeof variant.claims)["replay-after-logout"]
        >;
        return variant.id === "cookie/sealed" ? { ...variant, claims } : variant;
      });
      return first ? { ...module, manifest: { ...module.manifest, variants: [first, ...others] } } : module;
    });
    const other = variantTable(null, [], modules);
    expect(text("cookie/sealed", "replay-after-logout", other)).toBe("has none");
    expect(Number(text("cookie/sealed", "still-in", other))).toBe(Number(text("cookie/sealed", "still-in")) - 1);
    expect(text("cookie/signed", "replay-after-logout", other)).toBe("in 30 min, in use 8 h");
  });

  test("has the matrix's result as its first source, then the line of the claim", () => {
    const cell = rowOf("memory-jwt/denylist").cells["replay-after-logout"];
    expect(cell?.sources[0]).toEqual({
      kind: "experiment",
      variant: "memory-jwt/denylist",
      experiment: "replay-after-logout",
    });
    const line = cell?.sources[1];
    if (line?.kind !== "line") throw new Error("no line");
    expect(readFileSync(line.file, "utf8").split("\n")[line.line - 1]).toContain('"replay-after-logout": bothEnded');
  });

  test("has the observation if the matrix has played it, and otherwise the claim", () => {
    const played = variantTable(null, [observed("cookie/sealed", "replay-after-logout", "REVOKED")]);
    const cellOf = (experiment: string) => rowOf("cookie/sealed", played).cells[experiment];
    expect(text("cookie/sealed", "replay-after-logout")).toContain("in 30 min");
    expect(cellOf("replay-after-logout")).toMatchObject({ text: "REVOKED", said: "observed", tone: "out" });
    expect(cellOf("replay-after-logout")?.played).toEqual({ at: "2026-11-21T12:00:00.000Z", holds: false });
    expect(cellOf("replay-after-revoke-all")).toMatchObject({ said: "claimed" });
    expect(cellOf("refresh-replay")?.said).toBeUndefined();
    expect(rowOf("cookie/signed", played).cells["replay-after-logout"]).toMatchObject({ said: "claimed" });
  });

  test("is counted and filtered by observations as well", () => {
    const stillIn = (of: VariantTable) => Number(text("cookie/sealed", "still-in", of));
    const chosen = (of: VariantTable) => chooseRows(of, { ends: "replay-after-logout" }).map(({ variant }) => variant);
    const played = variantTable(null, [observed("cookie/sealed", "replay-after-logout", "REVOKED")]);
    expect(stillIn(played)).toBe(stillIn(table) - 1);
    expect(rowOf("cookie/sealed", played).cells["still-in"]).toMatchObject({
      said: "partly observed",
      detail: expect.stringMatching(/^1 of \d+ observed$/),
    });
    expect([chosen(table), chosen(played)].map((ids) => ids.includes("cookie/sealed"))).toEqual([false, true]);
    const worse = variantTable(null, [observed("server-session/sql", "replay-after-logout", "exposed")]);
    expect([chosen(table), chosen(worse)].map((ids) => ids.includes("server-session/sql"))).toEqual([true, false]);
  });

  test("sums up as observed if all cells were, and as claimed only if each is as claimed", () => {
    const all: readonly Experiment[] = experiments;
    const endings = all.filter(
      ({ group, replay }) => (group === "owner" || group === "admin") && replay.by === undefined,
    );
    const cells = endings.map(({ id }) => observed("cookie/sealed", id, "REVOKED"));
    const told = rowOf("cookie/sealed", variantTable(null, cells)).cells["still-in"];
    expect(told).toMatchObject({ text: "0", said: "observed", played: { holds: false } });
    expect(rowOf("cookie/sealed").cells["still-in"]).toMatchObject({ said: "claimed" });
  });
});

describe("a measured column", () => {
  test("adds up a measurement: bytes of a request's headers, look-ups of a policy", () => {
    expect(text("cookie/sealed", "request-bytes")).toBe("123");
    expect(rowOf("cookie/sealed").cells["request-bytes"]?.detail).toBe("__Host-a 100, Bearer 23");
    expect(text("cookie/sealed", "me-asks")).toBe("1");
    expect(text("cookie/sealed-versioned", "me-asks")).toBe("2");
    expect(text("cookie/sealed", "me-computes")).toBe("1");
    expect(text("cookie/sealed", "login-asks")).toBe("has none");
  });

  test("says that the measurement is running, or why there is none", () => {
    expect(text("cookie/sealed", "me-asks", variantTable(null))).toBe("measuring…");
    const missing = variantTable(everyone({ missing: "It needs a server." }));
    expect(rowOf("server-session/redis", missing).cells["me-asks"]).toMatchObject({
      text: "not here",
      detail: "It needs a server.",
      order: null,
    });
  });
});

describe("what a script finds by looking", () => {
  test("depends on the token's place and the cookie's attributes", () => {
    const found = (id: VariantId) => text(id, "readable");
    expect(found("cookie/sealed")).toBe("nothing");
    expect(found("memory-jwt/rotating")).toBe("nothing");
    expect(found("memory-jwt/session-storage")).toBe("access");
    expect(found("memory-jwt/local-storage")).toBe("access, refresh");
    expect(found("memory-jwt/script-cookie")).toBe("access");
    expect(found("memory-jwt/http-only-cookie")).toBe("nothing");
  });
});

describe("rows", () => {
  const ids = (choice: Parameters<typeof chooseRows>[1]) => chooseRows(table, choice).map(({ variant }) => variant);

  test("are in the registry's order until a column is chosen", () => {
    expect(ids({})).toEqual(variants.map(({ id }) => id));
    expect(ids({ sort: "constructor" })).toEqual(variants.map(({ id }) => id));
  });

  test("are sorted by their cells, numbers as numbers, and empty cells come last in both directions", () => {
    const lines = chooseRows(table, { sort: "all-lines" }).map(({ cells }) => Number(cells["all-lines"]?.text));
    expect(lines).toEqual(lines.toSorted((a, b) => a - b));
    const downward = chooseRows(table, { sort: "-all-lines" }).map(({ cells }) => Number(cells["all-lines"]?.text));
    expect(downward).toEqual(lines.toReversed());
    for (const sort of ["refresh-replay", "-refresh-replay"]) {
      const last = chooseRows(table, { sort }).at(-1);
      expect(last?.cells["refresh-replay"]?.text).toBe("has none");
    }
    expect(ids({ sort: "-forge" })[0]).toBe("cookie/plain");
  });

  test("that are equal stand with the default first, then what is safer", () => {
    const cookies = chooseRows(table, { sort: "revoke-this", flow: "cookie" }).map(({ variant }) => variant);
    expect(cookies).toEqual(["cookie/sealed", "cookie/sealed-versioned", "cookie/signed", "cookie/plain"]);
  });

  test("are sorted by the copies of the chosen thief", () => {
    const cached = (thief: "silent" | "active") =>
      chooseRows(table, { sort: "-logout-elsewhere", thief, flow: "server-session" })[0]?.variant;
    expect([cached("silent"), cached("active")]).toEqual(["server-session/sql", "server-session/cached"]);
  });

  test("are filtered by flow, safety, client and immediate end, all combined", () => {
    expect(ids({ flow: "hybrid" })).toHaveLength(5);
    expect(chooseRows(table, { safety: "unsafe" }).every(({ safety }) => safety === "unsafe")).toBe(true);
    expect(ids({ client: "services" })).toEqual(["hybrid/gateway"]);
    expect(ids({ client: "native", flow: "hybrid" })).toEqual(["hybrid/bearer-or-session"]);
    const ended = ids({ ends: "replay-after-logout" });
    expect(ended).toContain("server-session/sql");
    expect(ended).not.toContain("memory-jwt/rotating");
    expect(ids({ ends: "logout-elsewhere" })).not.toContain("server-session/cached");
    expect(ids({ flow: "cookie", ends: "revoke-another" })).toEqual([]);
  });
});

test("evidence exists for known variants only", () => {
  for (const id of ["cookie/none", "..", "", "constructor", "cookie"]) expect(evidenceOf(id)).toBeNull();
  expect(evidenceOf("cookie/sealed")?.effort.all.every(({ file }) => existsSync(file))).toBe(true);
});
