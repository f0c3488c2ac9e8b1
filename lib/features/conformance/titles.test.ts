import { describe, expect, test } from "vitest";
import { isWrittenAs, namedIn, plainTitle, writtenTitles } from "./titles.ts";

// Put together here, so that this file itself names no requirement.
const named = (id: string, mark = "") => `[${id}${mark}]`;
const both = `${named("ASVS 7.4.1")} ${named("WSTG-SESS-06", ": cannot")} a copy gets in`;

test("a title names requirements in brackets, and may say of each that it cannot be met", () => {
  expect(namedIn(both)).toEqual([
    { id: "ASVS 7.4.1", says: "met" },
    { id: "WSTG-SESS-06", says: "cannot" },
  ]);
  expect(plainTitle(both)).toBe("a copy gets in");
});

test("a bracketed text that is no requirement stays part of the title", () => {
  expect(namedIn("the host [::1] and the list [a, b]")).toEqual([]);
  expect(plainTitle("the host [::1]")).toBe("the host [::1]");
});

test("any word but cannot behind the colon is an error", () => {
  expect(() => namedIn(named("ASVS 7.4.1", ": never"))).toThrow("says neither met nor cannot");
});

test("titles are found where they are written, with their line, whatever quotes are around them", () => {
  const source = [`test("${named("ASVS 3.3.5")} one", f);`, "", `  async "${named("RFC 9700 4.14.2")} two"(context) {`];
  const hole = ["$", "{cannot}"].join("");
  source.push(`test(\`${named("NIST 5.1 logout", hole)} three of ${hole}\`, f);`, "no title: [ASVS 3.3.5]");
  expect(writtenTitles(source.join("\n"))).toEqual([
    { line: 1, text: `${named("ASVS 3.3.5")} one`, ids: ["ASVS 3.3.5"], within: [] },
    { line: 3, text: `${named("RFC 9700 4.14.2")} two`, ids: ["RFC 9700 4.14.2"], within: [] },
    { line: 4, text: `${named("NIST 5.1 logout", hole)} three of ${hole}`, ids: ["NIST 5.1 logout"], within: [] },
  ]);
});

test("written titles have the titles of their groups, on any line", () => {
  const source = [
    'describe("outer", () => {',
    "  describe.for([",
    '    ["a", 1],',
    '  ])("inner of %s", ([name]) => {',
    `    test("${named("ASVS 3.3.5")} one", f);`,
    "  });",
    "",
    `  test("${named("ASVS 3.3.5")} two", f);`,
    "});",
    `test("${named("ASVS 3.3.5")} three", f);`,
  ];
  expect(writtenTitles(source.join("\n")).map(({ within }) => within)).toEqual([
    ["outer", "inner of %s"],
    ["outer"],
    [],
  ]);
});

describe("a title of a run was written", () => {
  const hole = ["$", "{kind}"].join("");
  test.for([
    [`an unused ${hole} credential is EXPIRED`, "an unused access credential is EXPIRED"],
    ["$method $pattern (twice?)", "POST lab/reset (twice?)"],
    ["%s is left", "memory-jwt/es256 is left"],
    ['somebody\'s \\"best\\" title', 'somebody\'s "best" title'],
  ])("as %s", ([text = "", title = ""]) => {
    expect(isWrittenAs(title, text)).toBe(true);
    expect(isWrittenAs(`${title} or not`, text)).toBe(/(?:\}|%s|\$\w+)$/.test(text));
    expect(isWrittenAs(`not ${title}`, text)).toBe(/^[$%]/.test(text));
  });
});
