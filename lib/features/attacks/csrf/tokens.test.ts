import { expect, test } from "vitest";
import { isTokenOf, tokenFor } from "./tokens.ts";

const key = "the server's key";
const token = tokenFor("session", "value", key);

test("a token is good for the session and the key that it was made for, and for no other", () => {
  expect(isTokenOf("session", token, key)).toBe(true);
  expect(isTokenOf("another session", token, key)).toBe(false);
  expect(isTokenOf("session", token, "another key")).toBe(false);
});

test("a changed token, one without a signature and one with more behind it are refused", () => {
  for (const each of [token.replace("value", "other"), "value", "", `${token}.more`, "value."]) {
    expect([each, isTokenOf("session", each, key)]).toEqual([each, false]);
  }
});

test("no other split of session and value has the same signature", () => {
  const [, signature] = tokenFor("ab", "c", key).split(".");
  expect(isTokenOf("a", `bc.${signature}`, key)).toBe(false);
});

test("a token that was planted before the login is not one of the session that the login begins", () => {
  const planted = tokenFor("pre-session", "value", key);
  expect(isTokenOf("pre-session", planted, key)).toBe(true);
  expect(isTokenOf("session of the login", planted, key)).toBe(false);
});
