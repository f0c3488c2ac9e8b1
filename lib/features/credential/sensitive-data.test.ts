import { expect, test } from "vitest";
import { growth, linear } from "../../testing/growth.ts";
import { sensitiveDataIn } from "./sensitive-data.ts";

test.for([
  [{ password: "alice-likes-tea" }, "password looks like a password."],
  [{ user: { new_password: "x" } }, "user.new_password looks like a password."],
  [{ user: { apiSecret: "x" } }, "user.apiSecret looks like a password."],
  [{ cvc: 123 }, "cvc looks like a password."],
  [{ contact: "write to alice@example.com" }, "contact has an e-mail address in it."],
  [{ contact: "a@b@c.d.e" }, "contact has an e-mail address in it."],
  [{ list: [{ mail: "a@b.example" }] }, "list.0.mail has an e-mail address in it."],
  [{ card: "4111 1111 1111 1111" }, "card has a card number in it."],
  [{ card: "5555-5555-5555-4444" }, "card has a card number in it."],
  [{ card: 378282246310005 }, "card has a card number in it."],
  [{ note: "paid with 2223003122003222, thanks" }, "note has a card number in it."],
  ["alice@example.com", "It has an e-mail address in it."],
] as const)("%j has a warning", ([payload, warning]) => {
  expect(sensitiveDataIn(payload)).toEqual([warning]);
});

test.for([
  [{ user: { id: "cmf0a1b2c30001", username: "alice", displayName: "Alice", role: "user" }, version: 0 }],
  [{ card: "4111 1111 1111 1112" }],
  [{ jti: "12345678-1234-4234-8234-411111111111", iss: "http://localhost:3000/api/labs/4111111111111111" }],
  [{ password: "", spin: 1, email: null, tel: "+49 30 123456", at: "alice@localhost", ends: "a@.b a@b. @b.c a@ b.c" }],
  [null],
  [[]],
  [undefined],
] as const)("%j has no warning", ([payload]) => {
  expect(sensitiveDataIn(payload)).toEqual([]);
});

test("no time of a credential is taken for a card number, in seconds or in milliseconds", () => {
  const beginning = Date.UTC(2026, 0, 1);
  const times = Array.from({ length: 5000 }, (_, at) => beginning + at * 1_234_567_891);
  expect(times.flatMap((time) => sensitiveDataIn({ seenAt: time, exp: Math.floor(time / 1000) }))).toEqual([]);
});

test("a warning names the place and never the value", () => {
  const told = sensitiveDataIn({
    password: "alice-likes-tea",
    mail: "alice@example.com",
    card: "4111111111111111",
  }).join();
  for (const secret of ["likes", "alice@", "4111"]) expect(told).not.toContain(secret);
});

test.for<readonly [string, (size: number) => string]>([
  ["letters", (size) => "a".repeat(size)],
  ["an @ at the end", (size) => `${"a".repeat(size)}@`],
  ["many @", (size) => "a@".repeat(size / 2)],
  ["dots behind an @", (size) => `a@${".".repeat(size)}`],
  ["digits", (size) => "1".repeat(size)],
  ["groups of digits", (size) => "1 ".repeat(size / 2)],
])("a text costs no more than its length: %s", ([, text]) => {
  expect(growth((size) => sensitiveDataIn({ text: text(size) }), 2048)).toBeLessThan(linear);
});
