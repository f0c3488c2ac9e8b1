import { createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import { scalarOfP256 } from "./algorithms.ts";
import { deriveLabKeys, type LabKeys } from "./derived-keys.ts";

const base = {
  ...{ labId: "0123456789abcdef0123", salt: "5a17" },
  secrets: ["an application's secret"] as const satisfies [string],
  generations: [1] as const satisfies [number],
};
const variant = "cookie/sealed";
const algorithms = ["EdDSA", "ES256", "HS256"] as const;

/** Every key of the newest generation, as text. */
function keysOf(keys: LabKeys, of: string = variant): readonly string[] {
  const signing = algorithms.flatMap((algorithm) => {
    const [{ publicKey, privateKey }] = keys.signing(algorithm);
    const { d, k } = privateKey.export({ format: "jwk" });
    return [String(d ?? k), ...(publicKey ? [String(publicKey.export({ format: "jwk" }).x)] : [])];
  });
  return [
    ...signing,
    ...Object.values(keys.sealing(of)[0]).slice(-1),
    ...Object.values(keys.cookieSigning(of)[0])
      .map((key) => key.toString("base64url"))
      .slice(-1),
    keys.successor(of)[0].toString("base64url"),
    keys.client()[0].secret,
  ];
}

test("the same input gives the same keys, in every process and every version", () => {
  expect(keysOf(deriveLabKeys(base))).toEqual(keysOf(deriveLabKeys({ ...base })));
  // Computed once and by another program: a change of the derivation would log everybody out.
  const keys = deriveLabKeys(base);
  expect(jwkOf(keys.signing("EdDSA")[0].publicKey).x).toBe("LmOhxrC24Kjf9XQEa1Rc6vfU3WmcstwtGU_rfThIcsQ");
  expect(jwkOf(keys.signing("ES256")[0].publicKey)).toMatchObject({
    x: "i8dpMVdtV0SUqveLknosFEeHhujSSqVH-0AiBFPAsSY",
    y: "wzEhJ0DUOY6FSuk3oFTvQabe7eSYtBhD_QFY2ts3ckQ",
  });
  expect(jwkOf(keys.signing("HS256")[0].privateKey).k).toBe("qgbzIty9tLxtj20cK0Kos-T4rUYRmQbm1h2EqyafUUk");
  expect(keys.sealing(variant)).toEqual([{ 1: "SR_yrEu_6kLojeoyGt5DSdHtdTsbl1il7TmkIp3ocgI" }]);
  expect(keys.successor("memory-jwt/rotating")[0].toString("base64url")).toBe(
    "9ykA8spj7egZ7awrJnofa5-EZfs__a3AxSC2FQ7sKPQ",
  );
});

test.for([
  ["secret", { secrets: ["an application's secret."] }],
  ["lab", { labId: "0123456789abcdef0124" }],
  ["salt", { salt: "5a18" }],
] as const)("another %s changes every key", ([, change]) => {
  const [one, other] = [keysOf(deriveLabKeys(base)), keysOf(deriveLabKeys({ ...base, ...change }))];
  expect(one.filter((key) => other.includes(key))).toEqual([]);
});

test("each variant has sealing, cookie-signing and successor keys of its own", () => {
  const keys = deriveLabKeys(base);
  const variants = ["cookie/sealed", "cookie/sealed-versioned", "server-session/sql"];
  const own = variants.flatMap((each) => [
    keys.sealing(each)[0]["1"],
    ...[keys.cookieSigning(each)[0]["1"], keys.successor(each)[0]].map((key) => key?.toString("base64url")),
  ]);
  expect(new Set(own).size).toBe(3 * variants.length);
});

test("each key has one use and 256 bits", () => {
  const keys = keysOf(deriveLabKeys(base));
  expect(new Set(keys).size).toBe(keys.length);
  for (const key of keys) expect(Buffer.from(key, "base64url")).toHaveLength(32);
});

test.for([
  ["EdDSA", "ed25519"],
  ["ES256", "es256"],
  ["HS256", "hs256"],
] as const)(
  "[RFC 8725 3.1] a key of %s is for that algorithm alone, and its kid names algorithm and generation",
  ([algorithm, name]) => {
    const rotated = deriveLabKeys({ ...base, generations: [3, 1] }).signing(algorithm);
    expect(rotated.map(({ kid }) => kid)).toEqual([
      expect.stringMatching(new RegExp(`^${name}-3-[0-9a-f]{8}$`)),
      expect.stringMatching(new RegExp(`^${name}-1-[0-9a-f]{8}$`)),
    ]);
    expect(rotated.map((key) => key.algorithm)).toEqual([algorithm, algorithm]);
    const [first] = deriveLabKeys(base).signing(algorithm);
    const [third, kept] = rotated;
    expect(kept?.privateKey.equals(first.privateKey)).toBe(true);
    expect(third.privateKey.equals(first.privateKey)).toBe(false);
  },
);

test("each key generation has sealing keys of its own", () => {
  const rotated = deriveLabKeys({ ...base, generations: [3, 1] });

  const [sealing] = rotated.sealing(variant);
  expect(Object.keys(sealing)).toEqual(["1", "3"]);
  expect(sealing["1"]).toBe(deriveLabKeys(base).sealing(variant)[0]["1"]);
  expect(sealing["3"]).not.toBe(sealing["1"]);
});

test("a rotation of keys keeps the successor key, so a retry across it gets the same successor", () => {
  const rotated = deriveLabKeys({ ...base, generations: [2] });
  expect(rotated.successor(variant)).toEqual(deriveLabKeys(base).successor(variant));
});

describe("[ASVS 13.3.4] a new secret with the one from before", () => {
  const before = deriveLabKeys(base);
  const after = deriveLabKeys({ ...base, secrets: ["the next secret of it", base.secrets[0]], generations: [3, 1] });
  const alone = deriveLabKeys({ ...base, secrets: ["the next secret of it"], generations: [3, 1] });

  test.for(algorithms)("%s: a new key signs, and each key has a name of its own", (algorithm) => {
    const keys = after.signing(algorithm);
    const [old] = before.signing(algorithm);
    expect(keys.map(({ kid }) => kid.split("-")[1])).toEqual(["3", "1", "3", "1"]);
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(4);
    // Under the name that it always had, so a token of before finds it.
    expect(keys.find(({ kid }) => kid === old.kid)?.privateKey.equals(old.privateKey)).toBe(true);
    expect(alone.signing(algorithm).map(({ kid }) => kid)).toEqual(keys.slice(0, 2).map(({ kid }) => kid));
  });

  test("other lists of keys have the new secret's key first, then the old one unchanged", () => {
    expect(after.sealing(variant)[0]).toEqual(alone.sealing(variant)[0]);
    expect(after.sealing(variant)[1]?.["1"]).toEqual(before.sealing(variant)[0]["1"]);
    expect(after.cookieSigning(variant)[1]?.["1"]).toEqual(before.cookieSigning(variant)[0]["1"]);
    expect(after.successor(variant)).toEqual([...alone.successor(variant), ...before.successor(variant)]);
    expect(after.client()).toEqual([...alone.client(), ...before.client()]);
    expect(keysOf(after).filter((key) => keysOf(before).includes(key))).toEqual([]);
  });
});

test.for(["EdDSA", "ES256"] as const)("the two halves of a key of %s belong together", (algorithm) => {
  const [{ privateKey, publicKey }] = deriveLabKeys(base).signing(algorithm);
  if (!publicKey) throw new Error("It has one half only");
  const hash = algorithm === "ES256" ? "sha256" : null;
  const signature = sign(hash, Buffer.from("text"), privateKey);
  expect(verify(hash, Buffer.from("text"), publicKey, signature)).toBe(true);
  expect(verify(hash, Buffer.from("test"), publicKey, signature)).toBe(false);
  expect(publicKey.equals(createPublicKey(privateKey))).toBe(true);
});

test("a shared secret has no public half", () => {
  expect(deriveLabKeys(base).signing("HS256")[0].publicKey).toBeNull();
});

describe("[FIPS 186-5 A.4.1] for any derived bytes the P-256 scalar is one of 1 … n-1", () => {
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const bytesOf = (value: bigint) => Buffer.from(value.toString(16).padStart(96, "0"), "hex");
  test.for([
    ["nothing", 0n, 1n],
    ["one less than the last", order - 2n, order - 1n],
    ["as much as the last", order - 1n, 1n],
    ["n itself", order, 2n],
    ["all that 48 bytes hold", 2n ** 384n - 1n, ((2n ** 384n - 1n) % (order - 1n)) + 1n],
  ] as const)("%s", ([, value, scalar]) => {
    const bytes = scalarOfP256(bytesOf(value));
    expect(bytes).toHaveLength(32);
    expect(BigInt(`0x${bytes.toString("hex")}`)).toBe(scalar);
  });
});

function jwkOf(key: KeyObject | null) {
  return key?.export({ format: "jwk" }) ?? {};
}
