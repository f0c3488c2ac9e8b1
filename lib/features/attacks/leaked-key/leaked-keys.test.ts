import { expect, test } from "vitest";
import type { FlowModule } from "../../../core/flow.ts";
import type { Variant } from "../../../core/variant.ts";
import { flows } from "../../../flows/registry.ts";
import { expectedOf } from "./expected.ts";
import { isUnder, keysThatLeak, keyUnder } from "./leaked-keys.ts";

const modules: readonly FlowModule[] = flows;
const variants: readonly Variant[] = modules.flatMap(({ manifest }) => manifest.variants);

function variantOf(id: string): Variant {
  const variant = variants.find((each) => each.id === id);
  if (!variant) throw new Error(`There is no variant ${id}`);
  return variant;
}

test("every key that can leak is under a variant, and every variant without one is an id or plain", () => {
  const keys = keysThatLeak(variants).map(({ id }) => id);
  expect(keys).toEqual([
    ...["cookie/signed", "cookie/sealed", "cookie/sealed-versioned", "server-session/signed-id"],
    ...["EdDSA", "ES256", "HS256", "public"],
  ]);
  for (const key of keys) expect(variants.some((variant) => isUnder(key, variant))).toBe(true);
  const without = variants.filter((variant) => keyUnder(variant) === null).map(({ id }) => id);
  expect(without).toEqual([
    "cookie/plain",
    ...["sql", "memory", "file", "redis", "cached"].map((store) => `server-session/${store}`),
    "hybrid/introspected",
  ]);
});

test("a claim about a record can fail: of a variant that looks none up it says that the forgery gets in", () => {
  expect(expectedOf("EdDSA", variantOf("memory-jwt/rotating"))).toEqual({ reads: null, acts: "REVOKED" });
  expect(expectedOf("EdDSA", variantOf("hybrid/allowlist")).reads).toBe("INVALID_CREDENTIAL");
});
