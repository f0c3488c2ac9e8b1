import { argon2Sync } from "node:crypto";
import { expect, test } from "vitest";
import { createArgon2Passwords } from "./argon2-passwords.ts";

const passwords = createArgon2Passwords();

test("[ASVS 11.4.2] a hash is a PHC string of argon2id, with OWASP's parameters, 128 bits of salt and 256 of tag", async () => {
  const hash = await passwords.hash("correct horse");
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
});

test("a stored hash of an earlier version still verifies", async () => {
  const before = "$argon2id$v=19$m=19456,t=2,p=1$poubOzhknSH/qWmYqgdiVw$WukMo89uTi+yBZUAnE1FFLrO5CfM8kz/9r/zf83EX/k";
  expect(await passwords.verify(before, "correct horse")).toBe(true);
  expect(await passwords.verify(before, "correct house")).toBe(false);
});

test("the same password twice gives two hashes, and both verify", async () => {
  const [one, other] = await Promise.all([passwords.hash("correct horse"), passwords.hash("correct horse")]);
  expect(one).not.toBe(other);
  expect(await passwords.verify(one, "correct horse")).toBe(true);
  expect(await passwords.verify(other, "correct horse")).toBe(true);
});

test("[ASVS 6.2.8] a password is verified exactly as typed", async () => {
  const hash = await passwords.hash("Café au lait");
  const typed = ["café au lait", "Café au lait ", " Café au lait", "Cafe au lait", "Cafe\u0300 au lait", ""];
  expect(await Promise.all(typed.map((each) => passwords.verify(hash, each)))).toEqual(typed.map(() => false));
  expect(await passwords.verify(hash, "Café au lait".normalize("NFC"))).toBe(true);
});

test("a password verifies in composed and in decomposed characters (NFC and NFD)", async () => {
  const [nfc, nfd] = [`Café ${"ệ"} 각`.normalize("NFC"), `Café ${"ệ"} 각`.normalize("NFD")];
  for (const [made, typed] of [
    [nfc, nfd],
    [nfd, nfc],
    [nfd, nfd],
  ] as const) {
    const hash = await passwords.hash(made);
    expect(await passwords.verify(hash, typed)).toBe(true);
    expect(await passwords.renew(hash, typed)).toBeNull();
  }
});

test("compatibility characters are characters of their own", async () => {
  const hash = await passwords.hash("ﬁne² Å tea");
  expect(await passwords.verify(hash, "fine2 Å tea")).toBe(false);
  expect(await passwords.verify(null, "Café".normalize("NFD"))).toBe(false);
});

test("a hash of a password that is not in NFC still verifies that text, and is then renewed in NFC", async () => {
  const typed = "Café au lait".normalize("NFD");
  const before = hashWith(typed);
  expect(await passwords.verify(before, typed)).toBe(true);
  const renewed = (await passwords.renew(before, typed)) ?? "";
  for (const spelling of [typed, typed.normalize("NFC")]) {
    expect(await passwords.verify(renewed, spelling)).toBe(true);
    expect(await passwords.renew(renewed, spelling)).toBeNull();
  }
});

test("[ASVS 6.2.9] a long password counts to its last character", async () => {
  const long = "a".repeat(255);
  const hash = await passwords.hash(`${long}b`);
  expect(await passwords.verify(hash, `${long}b`)).toBe(true);
  expect(await passwords.verify(hash, `${long}c`)).toBe(false);
  expect(await passwords.verify(hash, long)).toBe(false);
});

test("[ASVS 6.3.8] no password is right for an unknown person", async () => {
  expect(await passwords.verify(null, "correct horse")).toBe(false);
  expect(await passwords.verify(null, "")).toBe(false);
});

test("a stored hash of another algorithm is an error, never a match", async () => {
  for (const stored of ["", "plain", "$2b$12$abcdefghijklmnopqrstuv", "$argon2id$v=19$m=19456,t=2,p=1$"]) {
    await expect(passwords.verify(stored, "plain")).rejects.toThrow("not a PHC string of argon2id");
  }
});

/** As another version of this application would have made it. */
function hashWith(
  password: string,
  { memory = 19_456, passes = 2, parallelism = 1, tagLength = 32, salt = 16 } = {},
): string {
  const nonce = Buffer.alloc(salt, 7);
  const tag = argon2Sync("argon2id", { message: password, nonce, memory, passes, parallelism, tagLength });
  const [saltText, tagText] = [nonce, tag].map((bytes) => bytes.toString("base64").replace(/=+$/, ""));
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${saltText}$${tagText}`;
}

test.for([
  { memory: 64, passes: 1 },
  { memory: 8, passes: 1, tagLength: 16, salt: 8 },
  { memory: 32_768, passes: 3, parallelism: 4, tagLength: 64, salt: 32 },
])("a hash is verified with its own parameters: %o", async (given) => {
  const stored = hashWith("correct horse", given);
  expect(await passwords.verify(stored, "correct horse")).toBe(true);
  expect(await passwords.verify(stored, "correct house")).toBe(false);
  // The parameters count: with others it is another hash.
  expect(await passwords.verify(stored.replace(/t=\d/, "t=5"), "correct horse")).toBe(false);
});

test.for([
  [{ memory: 19_455 }, true],
  [{ passes: 1 }, true],
  [{ tagLength: 31 }, true],
  [{}, false],
  [{ memory: 20_000, passes: 3, parallelism: 2, tagLength: 64 }, false],
] as const)("whether a hash made with %o is renewed at login: %s", async ([given, renewed]) => {
  const next = await passwords.renew(hashWith("correct horse", given), "correct horse");
  expect(next !== null).toBe(renewed);
  if (next === null) return;
  expect(next).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passwords.verify(next, "correct horse")).toBe(true);
});

test("a stored hash of excessive cost is an error and is not computed", async () => {
  const good = hashWith("correct horse", { memory: 64, passes: 1 });
  const long = "A".repeat(88);
  const greedy = [
    good.replace("m=64", "m=131073"),
    good.replace("m=64", "m=4294967295"),
    good.replace("m=64", "m=99999999999"),
    good.replace("t=1", "t=11"),
    good.replace("t=1", "t=0"),
    good.replace("p=1", "p=9"),
    good.replace("p=1", "p=0"),
    good.replace("m=64", "m=7"),
    good.replace("m=64", "m=-64"),
    good.replace("m=64", "m=0x40"),
    good.replace("v=19", "v=16"),
    good.replace("argon2id", "argon2d"),
    good.replace(/[^$]+$/, long),
    good.replace(/[^$]+$/, "AAAA"),
    `${good}$`,
    `${good}\n`,
  ];
  const began = performance.now();
  for (const stored of greedy) {
    await expect(passwords.verify(stored, "correct horse"), stored).rejects.toThrow("not a PHC string of argon2id");
    await expect(passwords.renew(stored, "correct horse"), stored).rejects.toThrow("not a PHC string of argon2id");
  }
  expect(performance.now() - began).toBeLessThan(2000);
});
