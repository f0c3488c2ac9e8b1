import { expect, test } from "vitest";
import { growth, linear } from "../../lib/testing/growth.ts";
import { costlyExpressions, costlyExpressionsHere } from "./check-expressions.ts";
import { objectionToExpression } from "./expression-cost.ts";

test("every regular expression of the product costs no more than its text is long, or says why that does not matter", {
  timeout: 60_000,
}, () => {
  // It reads every file: four seconds on a quiet machine.
  expect(costlyExpressionsHere()).toEqual([]);
});

const linearOnes = [
  /^[a-z][a-z0-9-]{0,31}$/,
  /^Bearer +([^\s]+) *$/i,
  /[\s,]+/,
  /secret|password|change.?me/i,
  /(?<![\w/-])\d(?:[ -]?\d){13,18}(?![\w-])/g,
  /^Fe26\.2(?:\*[\w-]*){2,}~2$/,
  /#[^#!]*!/g,
  /^a*?b$/,
  /\u{1f600}+/u,
];
/** What each takes long for. */
const costly: readonly (readonly [RegExp, string, string?])[] = [
  [/^[ \t]+|[ \t]+$/g, " ", "a"],
  [/[^\s@]+@[^\s@]+\.[^\s@]+/, "a"],
  [/((?:^|&)[^=&]*(?:secret|password)[^=&]*=)[^&]*/gi, "secret"],
  [/"(?:[^"\\]|\\.)*"/g, '\\"'],
  [/test\(`.*, shows/, "test(`"],
  [/=+$/, "=", "a"],
];

test.for(linearOnes)("%s is judged to be linear", ({ source, flags }) => {
  expect(objectionToExpression(source, flags)).toBeNull();
});

test.for(costly)("%s is not, and its time shows it", ([expression, pumped, end = ""]) => {
  expect(objectionToExpression(expression.source, expression.flags)).toEqual(expect.any(String));
  const search = (size: number) => `x${pumped.repeat(size)}${end}`.search(expression);
  // A fast machine needs a longer text, before the search costs more than what is compared at least.
  expect([800, 3200, 12_800].some((size) => growth(search, size) > linear)).toBe(true);
});

test.for([
  /^(a+)+$/,
  /^(a*)*$/,
  /^(?:a?b?)*$/,
  /^(?:(?:ab)*)*c/,
  /^[😀-😅]*😀$/u,
  /^(?:a|a)*$/,
  /^(.*)\1$/,
  /^(?=a*b)a/,
  /^\d+\d+$/,
  /(?:a?){30}a{30}/,
])("%s cannot be judged, and fails", ({ source, flags }) => {
  expect(objectionToExpression(source, flags)).toEqual(expect.any(String));
});

test("what is judged is found wherever it stands in the syntax tree, and only there", () => {
  const text = [
    "const a = [/x+$/];",
    'const b = new RegExp("x+$");',
    "const c = RegExp(given);",
    "// /x+$/",
    '"/x+$/";',
  ];
  expect(costlyExpressions("a.ts", text.join("\n")).map((each) => each.split(" ")[0])).toEqual([
    "a.ts:1:",
    "a.ts:2:",
    "a.ts:3:",
  ]);
});

test("a reason stands above the line that needs it; one that nothing needs is a failure, too", () => {
  const why = "// Cost: the text has ten characters.";
  expect(costlyExpressions("a.ts", `${why}\n/x+$/.test(a);`)).toEqual([]);
  expect(costlyExpressions("a.ts", `${why}\n// More on it.\n/x+$/.test(a);`)).toEqual([]);
  expect(costlyExpressions("a.ts", `${why}\n\n/x+$/.test(a);`)).toHaveLength(2);
  expect(costlyExpressions("a.ts", `${why}\n/x/.test(a);`)).toEqual([
    "a.ts:1: the expression below is linear, and needs no reason.",
  ]);
});
