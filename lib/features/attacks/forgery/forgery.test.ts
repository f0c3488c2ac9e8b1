import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { refusals } from "../../../core/refusal.ts";
import type { Variant } from "../../../core/variant.ts";
import { flows } from "../../../flows/registry.ts";
import { forgeryKeysOf } from "../../../server/forgery-keys.ts";
import { isForgeable } from "../../../testing/forgeable.ts";
import { createTestApplication, type TestApplication } from "../../../testing/test-application.ts";
import { decidingLine } from "./deciding-lines.ts";
import type { ForgeryPlay } from "./model.ts";
import { playForgeries } from "./play-forgery.ts";
import { forgeries, forgeriesOf } from "./table.ts";

let app: TestApplication;
beforeAll(async () => {
  app = await createTestApplication();
});
afterAll(() => app.dispose());

const variants = flows.flatMap(({ manifest }) => manifest.variants.map((variant) => ({ manifest, variant, id: variant.id })));

function play(part: (typeof variants)[number]): Promise<ForgeryPlay> {
  return playForgeries({ stage: app.stage, keysOf: forgeryKeysOf(app), lineAt: decidingLine }, part);
}

function isUnsafe(variant: Variant): boolean {
  return isForgeable(variant);
}

describe.for(variants)("$id", (part) => {
  test("[RFC 8725 3.1] [WSTG-SESS-10] every forged credential is refused with its code, and the real one gets in before and after", async () => {
    const played = await play(part);
    if (!played.tried) throw new Error(played.why);
    expect(played.cases.map(({ id }) => id)).toEqual(forgeriesOf(played.form).map(({ id }) => id));
    expect(played.cases.length).toBeGreaterThan(2);
    expect(played.cases.filter(({ asExpected }) => !asExpected)).toEqual([]);
    for (const { defence, id } of played.cases) {
      if (!defence) continue;
      if (defence.code === null) {
        expect([isUnsafe(part.variant), id]).toEqual([true, "plain-another-person"]);
        continue;
      }
      expect(defence.status, id).toBe(refusals[defence.code].status);
      expect(defence.line, `${id} at ${defence.at}`).not.toBeNull();
    }
  });

  test("a verifier with the mistake that a case names takes the forged credential", async () => {
    const played = await play(part);
    if (!played.tried) throw new Error(played.why);
    const failed = played.cases.filter(({ weakness }) => "gotIn" in weakness && !weakness.gotIn);
    expect(failed.map(({ id }) => id)).toEqual([]);
  });
});

test("every case has a name of its own, and a title that says what becomes of it", () => {
  expect(new Set(forgeries.map(({ id }) => id)).size).toBe(forgeries.length);
  expect(new Set(forgeries.map(({ title }) => title)).size).toBe(forgeries.length);
});
