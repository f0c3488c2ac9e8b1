import { expect, test } from "vitest";
import { growth, linear } from "../../testing/growth.ts";
import { judgeSetCookie } from "./cookie-verdict.ts";
import { parseSetCookie } from "./set-cookie-line.ts";

test("blanks and tabs at the ends of a name and a value are not part of them, and other white space is", () => {
  const { name, value } = parseSetCookie(" \t a b\t = \u00a0c \t; Path=/");
  expect([name, value]).toEqual(["a b", "\u00a0c"]);
  expect(parseSetCookie(" \t = \t ")).toMatchObject({ name: "", value: "", nameless: true });
});

const context = { scheme: "https", host: "lab.example", path: "/", now: 0 } as const;

test.for<readonly [string, (size: number) => string]>([
  ["blanks inside a value", (size) => `x=a${" ".repeat(size)}b`],
  ["blanks without an =", (size) => `x${" ".repeat(size)}b`],
  ["blanks inside an attribute", (size) => `x=1; Path=/${" \t".repeat(size / 2)}b`],
  ["attributes that are nothing", (size) => `x=1${"; ".repeat(size / 2)}`],
  ["attributes that nobody knows", (size) => `x=1${";a=b".repeat(size / 4)}`],
  ["a date of many pieces", (size) => `x=1; Expires=${"1-".repeat(size / 2)}`],
  ["a Max-Age of many digits", (size) => `x=1; Max-Age=${"9".repeat(size)}x`],
])("a line costs no more than its length: %s", ([, line]) => {
  expect(growth((size) => judgeSetCookie(line(size), context), 2048)).toBeLessThan(linear);
});
