import { test } from "vitest";
import { variantTable } from "./variant-table.ts";

test("dump", async () => {
  const t0 = performance.now();
  const t = await variantTable(null);
  console.log("ms", performance.now() - t0, t.columns.length, JSON.stringify(t).length);
  const t1 = performance.now();
  await variantTable(null);
  console.log("again ms", performance.now() - t1);
  for (const r of t.rows)
    console.log(
      r.variant,
      r.endsAtOnce.length,
      t.columns
        .map(
          (c) =>
            `${c.id}=${r.cells[c.id]?.text}[${r.cells[c.id]?.sources
              .map((s) => (s.kind === "line" ? s.file.split("/").at(-1) + ":" + s.line : s.kind))
              .slice(0, 4)
              .join(" ")}]`,
        )
        .join("\n   "),
    );
});
