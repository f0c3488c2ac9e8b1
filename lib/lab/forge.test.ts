import { deflateRawSync, inflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { writtenWithoutKey } from "./forge.ts";

const alice = { id: "a1", username: "alice", displayName: "Alice", role: "user" };
const admin = { id: "b2", username: "admin", displayName: "Admin", role: "admin" };
const state = { user: alice, endsAt: Date.UTC(2030, 0, 1), idleFor: 1_800_000, exp: Date.UTC(2030, 0, 1) / 1000 };
const forged = { user: admin, endsAt: Date.UTC(2031, 0, 1), idleFor: 1_800_000, exp: Date.UTC(2031, 0, 1) / 1000 };
const forge = (value: string) => writtenWithoutKey(value, { from: alice, to: admin });
const encoded = (text: string | Buffer) => Buffer.from(text).toString("base64url");

test("plain text is rewritten to another person's, with every time a year later", () => {
  const [name, rewritten, ...more] = forge(`lab.plain.${encodeURIComponent(JSON.stringify(state))}`);
  expect(name).toBe("lab.plain.admin");
  expect(rewritten).toBe(`lab.plain.${encodeURIComponent(JSON.stringify(forged))}`);
  expect(more).toEqual([]);
});

test("a signed payload is rewritten under its old signature, compressed or not", () => {
  const [, compressed = ""] = forge(`lab.signed.1.${encoded(deflateRawSync(JSON.stringify(state)))}.c2lnbmF0dXJl`);
  const [lab, variant, key, payload = "", signature] = compressed.split(".");
  expect([lab, variant, key, signature]).toEqual(["lab", "signed", "1", "c2lnbmF0dXJl"]);
  expect(JSON.parse(inflateRawSync(Buffer.from(payload, "base64url")).toString())).toEqual(forged);
  const [, token] = forge(`${encoded('{"alg":"EdDSA"}')}.${encoded(JSON.stringify(state))}.c2ln`);
  expect(token).toBe(`${encoded('{"alg":"EdDSA"}')}.${encoded(JSON.stringify(forged))}.c2ln`);
});

test("an opaque credential is forged by the name alone", () => {
  expect(forge("lab.sealed.Fe26.2*1*abcdef*ghijkl~2")).toEqual(["lab.sealed.admin"]);
  expect(forge(`lab.sql.${"x".repeat(43)}`)).toEqual(["lab.sql.admin"]);
});
