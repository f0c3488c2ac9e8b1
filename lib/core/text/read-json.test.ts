import { expect, test } from "vitest";
import { growth, linear } from "../../testing/growth.ts";
import { deepestJson, jsonIn, readJson } from "./read-json.ts";

const why = (text: string) => {
  const read = readJson(text);
  return read.ok ? null : read.why;
};

test.for<readonly [string, unknown]>([
  ["null", null],
  [
    ' {"a" : [1, -2.50, 1e3, true, {"a":{}}], "b":"a", "":""} ',
    { a: [1, -2.5, 1000, true, { a: {} }], b: "a", "": "" },
  ],
  ['["a","a",{"a":["a"],"b":"a"},"a"]', ["a", "a", { a: ["a"], b: "a" }, "a"]],
  ['"\\ud83d\\ude00 \\"\\\\ {[ 1e400"', '😀 "\\ {[ 1e400'],
  ['{"a":"b,c","d":{"a":1}}', { a: "b,c", d: { a: 1 } }],
])("%s is read", ([text, value]) => {
  expect(readJson(text)).toEqual({ ok: true, value });
});

test.for(["", "{", "nonsense", "{}{}", "'a'", "01", "1e", "[1,]", '{"a":1,}', "\u00a01"])("%j is no JSON", (text) => {
  expect([why(text), jsonIn(text)]).toEqual(["syntax", undefined]);
});

test("arrays and objects are nested at most 32 deep, and a deeper text is refused without a stack overflow", () => {
  const arrays = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  const objects = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
  for (const nested of [arrays, objects]) {
    expect(why(nested(deepestJson))).toBeNull();
    for (const depth of [deepestJson + 1, 3000, 100_000]) expect(why(nested(depth))).toBe("depth");
  }
  expect(why(`[${"[],".repeat(100)}"${"[".repeat(100)}"]`)).toBeNull();
});

test.for(['{"a":1,"a":1}', '{"a":1,"\\u0061":2}', '[{"b":{"a":1,"c":[],"a":2}}]', '{"__proto__":1,"__proto__":2}'])(
  "%s has two members of one name (RFC 7493 §2.3)",
  (text) => {
    expect(why(text)).toBe("names");
  },
);

test.for([
  "1e400",
  "-1e400",
  "9007199254740993",
  "3.141592653589793238462643383279",
  "1e-400",
  "[0.10000000000000000001]",
])("%s is a number that would not be kept as it is (RFC 7493 §2.2)", (text) => {
  expect(why(text)).toBe("numbers");
});

test.for([
  "0",
  "-0",
  "0.0",
  "1.50",
  "1E+2",
  "1e23",
  "5e-324",
  "0.1",
  "9007199254740992",
  "123456789012345680000",
  "1e-7",
])("%s is a number that is kept (RFC 7493 §2.2)", (text) => {
  expect(readJson(text)).toEqual({ ok: true, value: Number(text) });
});

test.for([
  '"\\u0000"',
  '"\\ud800"',
  '"a\\udc00b"',
  '{"\\ud800":1}',
  '"\ud800"',
  '"\\uffff"',
  '"\\ufdd0"',
  '"\\ud83f\\udfff"',
])("%s has something in it that is no character (RFC 7493 §2.1)", (text) => {
  expect(why(text)).toBe("characters");
});

test.for<readonly [string, (size: number) => string]>([
  ["brackets", (size) => "[".repeat(size / 2) + "]".repeat(size / 2)],
  ["members", (size) => `{${Array.from({ length: size / 10 }, (_, at) => `"${at + 10_000}":1`).join()}}`],
  ["quotes", (size) => `"${'\\"'.repeat(size / 2)}"`],
  ["digits", (size) => "1".repeat(size)],
  ["zeros", (size) => `0.${"0".repeat(size)}`],
  ["blanks", (size) => `{${" ".repeat(size)}}`],
])("a text costs no more than its length: %s", ([, text]) => {
  expect(growth((size) => readJson(text(size)), 2048)).toBeLessThan(linear);
});

test.for([
  ['{"a":{"b":[1,2.5,"x"]},"c":null}', null],
  ['{"a":1,"a":1}', "names"],
  ['{"a":9007199254740993}', "numbers"],
  ['["\uffff"]', "characters"],
  [`${"[".repeat(deepestJson + 1)}${"]".repeat(deepestJson + 1)}`, "depth"],
] as const)("%j is judged alike, whether it is as its value would be written or has white space", ([text, verdict]) => {
  for (const each of [text, ` ${text}`, text.replaceAll(",", ", ").replaceAll("[", "[ ")])
    expect(why(each)).toBe(verdict);
});
