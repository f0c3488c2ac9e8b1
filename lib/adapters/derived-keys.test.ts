import { sign, verify } from "node:crypto";
import { expect, test } from "vitest";
import { deriveLabKeys, type LabKeys } from "./derived-keys.ts";

const base = {
  ...{ secret: "an application's secret", labId: "0123456789abcdef0123", salt: "5a17" },
  generations: [1] as const satisfies [number],
};
const variant = "cookie/sealed";

/** Every key of the newest generation, as text. */
function keysOf(keys: LabKeys, of: string = variant): readonly string[] {
  const [{ publicKey, privateKey }] = keys.signing();
  return [
    String(privateKey.export({ format: "jwk" }).d),
    String(publicKey.export({ format: "jwk" }).x),
    ...Object.values(keys.sealing(of)).slice(-1),
    ...Object.values(keys.cookieSigning(of))
      .map((key) => key.toString("base64url"))
      .slice(-1),
    keys.successor(of).toString("base64url"),
  ];
}

test("the same input gives the same keys, in every process and every version", () => {
  expect(keysOf(deriveLabKeys(base))).toEqual(keysOf(deriveLabKeys({ ...base })));
  // Computed once and by another program: a change of the derivation would log everybody out.
  const keys = deriveLabKeys(base);
  expect(keys.signing()[0].publicKey.export({ format: "jwk" }).x).toBe("LmOhxrC24Kjf9XQEa1Rc6vfU3WmcstwtGU_rfThIcsQ");
  expect(keys.sealing(variant)).toEqual({ 1: "SR_yrEu_6kLojeoyGt5DSdHtdTsbl1il7TmkIp3ocgI" });
  expect(keys.successor("memory-jwt/rotating").toString("base64url")).toBe(
    "9ykA8spj7egZ7awrJnofa5-EZfs__a3AxSC2FQ7sKPQ",
  );
});

test.for([
  ["secret", { secret: "an application's secret." }],
  ["lab", { labId: "0123456789abcdef0124" }],
  ["salt", { salt: "5a18" }],
] as const)("another %s makes every key another one", ([, change]) => {
  const [one, other] = [keysOf(deriveLabKeys(base)), keysOf(deriveLabKeys({ ...base, ...change }))];
  expect(one.filter((key) => other.includes(key))).toEqual([]);
});

test("each variant has sealing, cookie-signing and successor keys of its own", () => {
  const keys = deriveLabKeys(base);
  const variants = ["cookie/sealed", "cookie/sealed-versioned", "server-session/sql"];
  const own = variants.flatMap((each) => [
    keys.sealing(each)["1"],
    ...[keys.cookieSigning(each)["1"], keys.successor(each)].map((key) => key?.toString("base64url")),
  ]);
  expect(new Set(own).size).toBe(3 * variants.length);
});

test("no key serves two uses, and each has 256 bits", () => {
  const keys = keysOf(deriveLabKeys(base));
  expect(new Set(keys).size).toBe(keys.length);
  for (const key of keys) expect(Buffer.from(key, "base64url")).toHaveLength(32);
});

test("each generation has keys of its own; the newest comes first and keeps its name", () => {
  const rotated = deriveLabKeys({ ...base, generations: [3, 1] });
  expect(rotated.signing().map(({ kid }) => kid)).toEqual(["ed25519-3", "ed25519-1"]);
  const [first] = deriveLabKeys(base).signing();
  const [third, kept] = rotated.signing();
  expect(kept?.publicKey.equals(first.publicKey)).toBe(true);
  expect(third.publicKey.equals(first.publicKey)).toBe(false);

  const sealing = rotated.sealing(variant);
  expect(Object.keys(sealing)).toEqual(["1", "3"]);
  expect(sealing["1"]).toBe(deriveLabKeys(base).sealing(variant)["1"]);
  expect(sealing["3"]).not.toBe(sealing["1"]);
});

test("a rotation leaves the successor key, so an honest retry across it gets the same successor", () => {
  const rotated = deriveLabKeys({ ...base, generations: [2] });
  expect(rotated.successor(variant)).toEqual(deriveLabKeys(base).successor(variant));
});

test("the two halves of a signing key belong together", () => {
  const [{ privateKey, publicKey }] = deriveLabKeys(base).signing();
  const signature = sign(null, Buffer.from("text"), privateKey);
  expect(verify(null, Buffer.from("text"), publicKey, signature)).toBe(true);
  expect(verify(null, Buffer.from("test"), publicKey, signature)).toBe(false);
});
