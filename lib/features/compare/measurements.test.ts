import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { holdingOf } from "../../core/credential.ts";
import type { VariantId } from "../../core/ids.ts";
import type { FlowManifest } from "../../core/variant.ts";
import { flows, variants } from "../../flows/registry.ts";
import { createTestApplication, type TestApplication } from "../../testing/test-application.ts";
import { enterLab } from "../../testing/visitor.ts";
import { createMeasurements } from "./measurements.ts";
import type { Measured, MeasuredAction, MeasuredCall, VariantMeasurement } from "./model.ts";

let app: TestApplication;
let measured: Measured;
beforeAll(async () => {
  app = await createTestApplication();
  measured = await app.measurements.take();
}, 120_000);
afterAll(() => app.dispose());

function of(id: VariantId): VariantMeasurement {
  const found = measured.byVariant[id];
  if (!found || "missing" in found) throw new Error(`${id} was not measured: ${found?.missing}`);
  return found;
}

function call(id: VariantId, action: MeasuredAction): MeasuredCall {
  const found = of(id).calls.find((each) => each.action === action);
  if (!found) throw new Error(`${id} has no ${action}`);
  return found;
}

const manifests: readonly FlowManifest[] = flows.map(({ manifest }) => manifest);
const subjects = manifests.flatMap((manifest) =>
  manifest.variants.map((variant) => ({ id: variant.id, manifest, variant })),
);

const did = (id: VariantId, action: MeasuredAction) =>
  call(id, action).steps.map((step) => `${step.actor} ${step.did}`);

describe.for(subjects)("a measurement of $id", ({ id, manifest, variant }) => {
  test("gets in, is refused to another site, and logs out", () => {
    expect(call(id, "login").status).toBe(200);
    expect(call(id, "me").status).toBe(200);
    expect(call(id, "cross-site").code).toBe("CROSS_SITE_REQUEST");
    expect(call(id, "logout").status).toBe(204);
  });

  test("refreshes exactly if the browser holds a refresh credential", () => {
    const refreshes = of(id).calls.some(({ action }) => action === "refresh");
    expect(refreshes).toBe(holdingOf(variant, "refresh") !== undefined);
    expect(of(id).rotated !== null).toBe(refreshes);
    if (refreshes) expect(call(id, "refresh").status).toBe(200);
  });

  test("sees exactly the credentials that the manifest says the browser holds", () => {
    const cookies = (parts: MeasuredCall["sent"]) =>
      parts.flatMap((part) => (/cookie/.test(part.in) ? part.name : [])).sort();
    const held = variant.holds.flatMap((holding) => (holding.travels === "cookie" ? holding.cookie : [])).sort();
    expect(cookies(call(id, "login").received)).toEqual(held);
    expect(cookies(call(id, "me").sent)).toEqual(held);
    expect(manifest.cookies.map(({ name }) => name)).toEqual(expect.arrayContaining(held));
    const inHeader = call(id, "me").sent.some((part) => part.in === "authorization");
    expect(inHeader).toBe(holdingOf(variant, "access")?.travels === "bearer");
  });

  test("counts a look-up on each request exactly if the variant has one", () => {
    const asks = did(id, "me").some((step) => /^(?:store|users|service) /.test(step));
    const { store, proof, person } = variant.settings;
    const onlySignature = manifest.id === "memory-jwt" || proof === "token-renewed-by-record";
    expect(asks).toBe(person === "named" || (store !== undefined && !onlySignature));
  });
});

test("sizes are those of the bytes that were sent", async () => {
  const visitor = await enterLab(app);
  const { headers } = await visitor.logIn("cookie/sealed");
  const [line = ""] = headers.getSetCookie();
  // The sealed state has the same members, with values of the same lengths, in every lab.
  expect(call("cookie/sealed", "login").received).toEqual([
    {
      in: "set-cookie",
      name: "__Host-login",
      bytes: line.length,
      attributes: "Path=/; HttpOnly; Secure; SameSite=Lax",
    },
  ]);
  expect(call("cookie/sealed", "me").sent).toEqual([
    { in: "cookie", name: "__Host-login", bytes: line.split("; ")[0]?.length },
  ]);
});

test("a measurement contains no credential and leaves no lab", async () => {
  const labs = await app.database.client.lab.count();
  expect(labs).toBeLessThanOrEqual(1);
  const text = JSON.stringify(measured);
  expect(text).not.toMatch(/Fe26|eyJ|[\w-]{43}/);
});

test("a measurement is made once for many callers, and again only a minute after a failure", async () => {
  let now = 0;
  let opened = 0;
  const failing = createMeasurements({
    labMode: true,
    missing: new Map(variants.slice(1).map(({ id }) => [id, `${id} needs something.`])),
    stage: () => {
      opened += 1;
      throw new Error("no stage");
    },
    systemClock: { now: () => now },
    report: () => {},
  });
  expect(failing.current()).toBeNull();
  const [one, other] = await Promise.all([failing.take(), failing.take()]);
  expect(opened).toBe(1);
  expect(other).toBe(one);
  expect(one.byVariant["cookie/signed"]).toEqual({ missing: "cookie/signed needs something." });
  expect(one.byVariant["cookie/plain"]).toMatchObject({ missing: expect.stringContaining("something broke") });
  now = 59_999;
  expect(await failing.take()).toBe(one);
  now = 60_000;
  expect(failing.current()).toBeNull();
  await failing.take();
  expect(opened).toBe(2);
});

test("outside lab mode there is no measurement, and each variant says so", async () => {
  const stage = () => {
    throw new Error("nobody asks for it");
  };
  const closed = createMeasurements({
    labMode: false,
    missing: new Map(),
    stage,
    systemClock: { now: () => 0 },
    report: () => {},
  });
  const { byVariant } = await closed.take();
  expect(Object.keys(byVariant)).toEqual(variants.map(({ id }) => id));
  for (const each of Object.values(byVariant)) expect(each).toEqual({ missing: expect.stringContaining("lab mode") });
});
