import { expect, test } from "vitest";
import { isSameName, nameAsKept, namesOfNewPerson, objectionToName } from "./person-name.ts";

test("a name is kept in NFC, without blanks around it", () => {
  expect(nameAsKept("  Cafe\u0301 noir\u00A0\n")).toBe("Caf\u00E9 noir");
});

test("a name has 1 to 64 code points", () => {
  for (const name of ["a", "\u{1F600}".repeat(64), "Ann O'Neill", "Ζωή", "x".repeat(64)]) {
    expect([name, objectionToName(name)]).toEqual([name, null]);
  }
  for (const name of ["", "\u{1F600}".repeat(65), "x".repeat(900)]) {
    expect(objectionToName(name)).toBe("must have 1 to 64 characters");
  }
});

test("a name has no control characters, no broken ones, and none that turn the direction of writing", () => {
  for (const name of ["a\tb", "a\0", "a\u0085b", "a\u2028b", "a\uD800", "\u202Enimda", "a\u200Fb", "a\uFFFF"]) {
    expect([name, objectionToName(name)]).toEqual([name, "must not contain control characters or broken ones"]);
  }
});

test.for([
  ["carol", "CAROL"],
  ["Caf\u00E9", "cafe\u0301"],
  ["\uFB01na", "fina"],
  ["ＣＡＲＯＬ", "carol"],
  ["Straße", "STRASSE"],
  ["Νίκος", "ΝΊΚΟΣ"],
  ["\u212Aelvin", "kelvin"],
  [" carol", "carol"],
] as const)("%j and %j differ by case or normal form only", ([one, other]) => {
  expect(isSameName(one, other)).toBe(true);
  expect(isSameName(other, one)).toBe(true);
});

test("names that differ in a letter or an accent are two", () => {
  expect(isSameName("carol", "karol")).toBe(false);
  expect(isSameName("cafe", "caf\u00E9")).toBe(false);
});

test("a person is not made with a name that the rules for names refuse", () => {
  expect(namesOfNewPerson({ username: " carol ", displayName: "Cafe\u0301" })).toEqual({
    username: "carol",
    displayName: "Caf\u00E9",
  });
  expect(() => namesOfNewPerson({ username: "carol", displayName: "x".repeat(65) })).toThrow(RangeError);
  expect(() => namesOfNewPerson({ username: " ", displayName: "Carol" })).toThrow("username");
});
