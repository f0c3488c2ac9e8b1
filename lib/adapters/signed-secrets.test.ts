import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { changedSpellings } from "../testing/changed-spellings.ts";
import { deriveLabKeys } from "./derived-keys.ts";
import { idSecrets } from "./id-secrets.ts";

function secretsOf({ lab = "lab", variant = "signed", generations = [1] as [number, ...number[]] } = {}) {
  const keys = deriveLabKeys({ secrets: ["known to this test alone"], labId: lab, salt: "salt", generations });
  return idSecrets.signed({ address: `${lab}.${variant}`, variant: `server-session/${variant}`, keys });
}

const secrets = secretsOf();

test("[ASVS 7.2.3] [NIST 5.1 entropy] a signed secret is its address, 256 random bits, a key's generation and a signature; no two are alike", () => {
  const minted = Array.from({ length: 100 }, () => secrets.mint());
  expect(new Set(minted).size).toBe(100);
  for (const secret of minted) {
    expect(secret).toMatch(/^lab\.signed\.[\w-]{43}\.1\.[\w-]{43}$/);
    expect(secrets.isGenuine(secret)).toBe(true);
  }
});

test("[ASVS 9.1.1] a signed secret changed at any position is not genuine, and has one spelling", () => {
  const secret = secrets.mint();
  for (const spelling of changedSpellings(secret))
    expect([spelling, secrets.isGenuine(spelling)]).toEqual([spelling, false]);
  for (const spelling of [`${secret}=`, `${secret}.x`, `${secret}\n`, ` ${secret}`, `${secret.slice(0, -1)}`]) {
    expect([spelling, secrets.isGenuine(spelling)]).toEqual([spelling, false]);
  }
});

test("a secret without a signature by the server's key is not genuine", () => {
  const [, , random] = secrets.mint().split(".");
  const signed = `lab.signed.${random}.1`;
  const sign = (key: string | Buffer) => `${signed}.${createHmac("sha256", key).update(signed).digest("base64url")}`;
  const strangers = ["", "x", "lab.signed.x", signed, sign(""), sign(Buffer.alloc(32)), sign("guess")];
  for (const name of ["__proto__", "constructor", "toString", "-1", "1e0", "01"]) {
    strangers.push(secrets.mint().replace(".1.", `.${name}.`));
  }
  for (const stranger of strangers) expect([stranger, secrets.isGenuine(stranger)]).toEqual([stranger, false]);
});

test("a secret of another lab or variant is not genuine, also rewritten to this address", () => {
  for (const [lab, variant] of [
    ["other", "signed"],
    ["lab", "other"],
  ] as const) {
    const secret = secretsOf({ lab, variant }).mint();
    for (const text of [secret, secret.replace(`${lab}.${variant}`, "lab.signed")]) {
      expect(secrets.isGenuine(text)).toBe(false);
    }
  }
});

test("the newest key generation signs; an older one counts only while it is accepted", () => {
  const [both, second] = [secretsOf({ generations: [2, 1] }), secretsOf({ generations: [2] })];
  const [old, next] = [secrets.mint(), both.mint()];
  expect(next).toContain(".2.");
  expect([both.isGenuine(old), both.isGenuine(next)]).toEqual([true, true]);
  expect([second.isGenuine(old), second.isGenuine(next)]).toEqual([false, true]);
  expect(secrets.isGenuine(next)).toBe(false);
});

test("the hash of the whole text is stored, so the signature alone finds no record", () => {
  const secret = secrets.mint();
  expect(secrets.hash(secret)).not.toBe(secrets.hash(secret.slice(0, -46)));
});

test("an opaque secret carries no proof of origin, so only the look-up decides", () => {
  const keys = deriveLabKeys({ secrets: ["known to this test alone"], labId: "lab", salt: "salt", generations: [1] });
  const opaque = idSecrets.opaque({ address: "lab.sql", variant: "server-session/sql", keys });
  expect(opaque.isGenuine).toBeUndefined();
});
