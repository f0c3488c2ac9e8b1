import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { createNodeRandom } from "./node-random.ts";
import { createNodeSecrets } from "./node-secrets.ts";

const key = Buffer.alloc(32, 1);
const secrets = createNodeSecrets({ address: "lab.variant", successorKeys: [key] });

function bytesOf(secret: string): Buffer {
  return Buffer.from(secret.split(".").at(-1) ?? "", "base64url");
}

test("[ASVS 7.2.3] [ASVS 11.5.1] [NIST 5.1 entropy] [WSTG-SESS-01] a secret is its address and 256 random bits, and no two are alike", () => {
  const minted = Array.from({ length: 1000 }, () => secrets.mint());
  expect(new Set(minted).size).toBe(1000);
  for (const secret of minted) expect(secret).toMatch(/^lab\.variant\.[\w-]{43}$/);
  expect(bytesOf(secrets.mint())).toHaveLength(32);
  // Every bit is set in some and not in others: none stands still.
  const all = minted.map(bytesOf);
  const bits = Array.from(
    { length: 256 },
    (_, bit) => all.filter((bytes) => ((bytes[bit >> 3] ?? 0) >> (bit % 8)) & 1).length,
  );
  for (const set of bits) expect(set).toSatisfy((count: number) => count > 0 && count < all.length);
});

test("a successor is the same each time it is asked for", () => {
  const secret = secrets.mint();
  const again = createNodeSecrets({ address: "lab.variant", successorKeys: [Buffer.alloc(32, 1)] });
  expect(secrets.successor(secret)).toBe(secrets.successor(secret));
  expect(again.successor(secret)).toBe(secrets.successor(secret));
});

test("a successor has the address and 256 bits, and differs from all its ancestors", () => {
  const chain = [secrets.mint()];
  for (let length = 1; length < 20; length += 1) chain.push(secrets.successor(chain.at(-1) ?? ""));
  expect(new Set(chain).size).toBe(20);
  for (const secret of chain) expect(secret).toMatch(/^lab\.variant\.[\w-]{43}$/);
});

test("a successor cannot be computed without the server's key", () => {
  const secret = secrets.mint();
  const others = [Buffer.alloc(32, 2), Buffer.alloc(32), Buffer.alloc(0)];
  const guesses = others.map((guess) => createNodeSecrets({ address: "lab.variant", successorKeys: [guess] }));
  for (const { successor } of guesses) expect(successor(secret)).not.toBe(secrets.successor(secret));
  expect(secrets.successor(secret)).not.toContain(secrets.hash(secret));
});

test("under a new key a secret has a new successor, and the earlier one is still known", () => {
  const next = createNodeSecrets({ address: "lab.variant", successorKeys: [Buffer.alloc(32, 2), key] });
  const secret = secrets.mint();
  expect(next.successor(secret)).not.toBe(secrets.successor(secret));
  expect(next.successors(secret)).toEqual([next.successor(secret), secrets.successor(secret)]);
});

test("another secret has another successor", () => {
  const secret = secrets.mint();
  expect(secrets.successor(`${secret} `)).not.toBe(secrets.successor(secret));
  expect(secrets.successor(secrets.mint())).not.toBe(secrets.successor(secret));
});

test("the SHA-256 of the whole text is stored, so another address is another secret", () => {
  const secret = secrets.mint();
  expect(secrets.hash(secret)).toBe(createHash("sha256").update(secret).digest("base64url"));
  expect(secrets.hash(secret.replace("lab.", "other."))).not.toBe(secrets.hash(secret));
  expect(secrets.hash(`${secret}=`)).not.toBe(secrets.hash(secret));
});

test("[ASVS 11.5.1] a public id has 128 random bits", () => {
  const random = createNodeRandom();
  const ids = Array.from({ length: 1000 }, () => random.id());
  expect(new Set(ids).size).toBe(1000);
  for (const id of ids) expect(id).toMatch(/^[\w-]{22}$/);
});
