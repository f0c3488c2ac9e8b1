import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Measured, MeasuredAction } from "../core/variant-table.ts";
import { variants } from "../flows/registry.ts";
import { createTestApplication } from "../testing/test-application.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

let measured: Measured;
beforeAll(async () => {
  measured = await app.measurements.take();
}, 60_000);

function call(id: string, action: MeasuredAction) {
  const found = measured.byVariant[id as `${string}/${string}`];
  return found && "calls" in found ? found.calls.find((each) => each.action === action) : undefined;
}

describe("a measurement", () => {
  test.only("x", () => {
    for (const { id } of variants) {
      const m = measured.byVariant[id];
      if (!m || "missing" in m) {
        console.log(id, m);
        continue;
      }
      console.log(
        id,
        m.rotated,
        m.calls
          .map(
            (c) =>
              `\n   ${c.action} ${c.status} ${c.code} sent ${c.sent.map((s) => s.name + " " + s.bytes)} got ${c.received.map((s) => s.name + " " + s.bytes + " " + s.attributes)} steps ${c.steps.map((s) => s.actor + " " + s.did)}`,
          )
          .join(""),
      );
    }
    console.log(measured.at, measured.version);
    expect(call("cookie/plain", "me")).toBeDefined();
  });
});
