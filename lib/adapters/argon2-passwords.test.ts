import { expect, test } from "vitest";
import { createArgon2Passwords } from "./argon2-passwords.ts";

const passwords = createArgon2Passwords();

test("[ASVS 11.4.2] a hash is a PHC string of argon2id, with OWASP's parameters, 128 bits of salt and 256 of tag", async () => {
  const hash = await passwords.hash("correct horse");
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
});

test("a hash from before still verifies: the cost and the format are what stored passwords depend on", async () => {
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
  const typed = ["café au lait", "Café au lait ", " Café au lait", "Cafe au lait", "Café au lait".normalize("NFD"), ""];
  expect(await Promise.all(typed.map((each) => passwords.verify(hash, each)))).toEqual(typed.map(() => false));
  expect(await passwords.verify(hash, "Café au lait".normalize("NFC"))).toBe(true);
});

test("[ASVS 6.2.9] a long password counts to its last character", async () => {
  const long = "a".repeat(255);
  const hash = await passwords.hash(`${long}b`);
  expect(await passwords.verify(hash, `${long}b`)).toBe(true);
  expect(await passwords.verify(hash, `${long}c`)).toBe(false);
  expect(await passwords.verify(hash, long)).toBe(false);
});

test("[ASVS 6.3.8] for somebody who does not exist nothing is right", async () => {
  expect(await passwords.verify(null, "correct horse")).toBe(false);
  expect(await passwords.verify(null, "")).toBe(false);
});

test("a stored hash of another kind is an error, and never a match", async () => {
  for (const stored of ["", "plain", "$2b$12$abcdefghijklmnopqrstuv", "$argon2id$v=19$m=19456,t=2,p=1$"]) {
    await expect(passwords.verify(stored, "plain")).rejects.toThrow("not a PHC string of argon2id");
  }
});
