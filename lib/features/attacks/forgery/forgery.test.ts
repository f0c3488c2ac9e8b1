import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { holdingOf } from "../../../core/credential.ts";
import { refusals } from "../../../core/refusal.ts";
import type { Variant } from "../../../core/variant.ts";
import { flows } from "../../../flows/registry.ts";
import { forgeryKeysOf } from "../../../server/forgery-keys.ts";
import { isForgeable } from "../../../testing/forgeable.ts";
import { createTestApplication, type TestApplication } from "../../../testing/test-application.ts";
import { decidingLines } from "./deciding-lines.ts";
import { declaredForm } from "./form-of.ts";
import type { PlayedForgery } from "./model.ts";
import { playForgeries } from "./play-forgery.ts";
import { forgeries, forgeriesOf } from "./table.ts";

let app: TestApplication;
beforeAll(async () => {
  app = await createTestApplication();
});
afterAll(() => app.dispose());

const variants = flows.flatMap(({ manifest }) =>
  manifest.variants.map((variant) => ({ manifest, variant, id: variant.id })),
);

const isSentInHeader = (variant: Variant) => holdingOf(variant, "access")?.travels !== "cookie";

describe.for(variants)("$id", (part) => {
  let cases: readonly PlayedForgery[] = [];
  beforeAll(async () => {
    const place = { stage: app.stage, keysOf: forgeryKeysOf(app), lineAt: decidingLines() };
    const played = await playForgeries(place, part);
    if (!played.tried) throw new Error(played.why);
    cases = played.cases;
    expect(declaredForm(part.variant)).toBe(played.form);
    expect(cases.map(({ id }) => id)).toEqual(forgeriesOf(played.form).map(({ id }) => id));
  });

  test("[RFC 8725 3.1] [WSTG-SESS-10] every forged credential is refused with its code, between two requests with the real one", () => {
    expect(cases.length).toBeGreaterThan(2);
    expect(cases.filter(({ asExpected }) => !asExpected)).toEqual([]);
    // What cannot travel in a header is not sent.
    expect(cases.filter(({ defence }) => defence === null).map(({ id }) => id)).toEqual(
      isSentInHeader(part.variant) && cases.some(({ id }) => id === "blanks") ? ["blanks"] : [],
    );
  });

  test("only a variant that is unsafe on purpose lets a forged credential in", () => {
    const got = cases.filter(({ defence }) => defence !== null && defence.code === null);
    expect(got.map(({ id }) => id)).toEqual(isForgeable(part.variant) ? ["plain-another-person"] : []);
  });

  test("each refusal has the line of the source that refused", () => {
    const refused = cases.filter(({ defence }) => defence?.code);
    expect(refused.filter(({ defence }) => !defence?.line).map(({ id, defence }) => `${id} at ${defence?.at}`)).toEqual(
      [],
    );
    for (const { defence, id } of refused)
      expect(defence?.status, id).toBe(refusals[defence?.code ?? "NOT_FOUND"].status);
  });

  test("a time that the library refuses, and one that our own look refuses, have lines of their own", () => {
    const lineOf = (id: string) => cases.find((each) => each.id === id)?.defence?.line?.text;
    if (lineOf("no-time") === undefined) return;
    expect(lineOf("from-the-future")).toContain("await jwtVerify(token");
    expect(lineOf("claim-text")).toContain("await jwtVerify(token");
    expect(lineOf("ended")).toBe("if (now >= end) return expired;");
  });

  test("a verifier with the mistake that a case names takes the forged credential", () => {
    const failed = cases.filter(({ weakness }) => "gotIn" in weakness && !weakness.gotIn);
    expect(failed.map(({ id }) => id)).toEqual([]);
  });
});

test("every case has a name of its own, and a title that says what becomes of it", () => {
  expect(new Set(forgeries.map(({ id }) => id)).size).toBe(forgeries.length);
  expect(new Set(forgeries.map(({ title }) => title)).size).toBe(forgeries.length);
});
