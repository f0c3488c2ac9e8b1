import { expect, test } from "vitest";
import { type SubjectFlow, subjectOf } from "./subject.ts";

const flows: readonly SubjectFlow[] = [
  {
    ...{ id: "cookie", title: "Cookie", variants: [{ id: "cookie/plain" }, { id: "cookie/sealed" }] },
    parts: { "cookie/plain": ["lib/adapters/plain-encoding.ts"], "cookie/sealed": ["lib/adapters/iron-encoding.ts"] },
  },
  {
    ...{
      id: "memory-jwt",
      title: "JWT in memory",
      variants: [{ id: "memory-jwt/denylist" }, { id: "memory-jwt/es256" }],
    },
    parts: { "memory-jwt/denylist": ["lib/revocation/denylist.ts"], "memory-jwt/es256": [] },
  },
];
const cookie = ["cookie/plain", "cookie/sealed"];
const everybody = [...cookie, "memory-jwt/denylist", "memory-jwt/es256"];

test.for([
  [
    "the variant that a title names",
    "lib/http/a.test.ts",
    ["cookie/sealed, bound to its client", "x"],
    ["cookie/sealed"],
  ],
  ["the variant, also in its flow's folder", "lib/flows/cookie/flow.test.ts", ["cookie/plain", "x"], ["cookie/plain"]],
  ["the flow in whose folder it stands", "lib/flows/cookie/flow.test.ts", ["x"], cookie],
  ["the flow that a title is", "lib/http/a.test.ts", ["cookie", "x"], cookie],
  ["the flow whose title it begins with", "e2e/a.spec.ts", ["Cookie: a reload keeps the login"], cookie],
  ["the flow whose address it names", "lib/http/a.test.ts", ["POST cookie/logout"], cookie],
  ["those made of the module beside it", "lib/adapters/iron-encoding.test.ts", ["x"], ["cookie/sealed"]],
  ["those made of the module that it names", "lib/revocation/a.test.ts", ["denylist", "x"], ["memory-jwt/denylist"]],
  ["everybody, where it says so", "lib/http/a.test.ts", ["no credential of every flow is in it"], everybody],
  ["nobody, where nothing of this is said", "lib/http/a.test.ts", ["a cookie is small"], []],
] as const)("a test is about %s", ([, file, titles, about]) => {
  expect([...subjectOf({ file, titles, id: "ASVS 7.4.1" }, flows)]).toEqual(about);
});

test("a test is about the flow whose title its own begins with, also behind requirements", () => {
  const titles = [`[${"ASVS"} 7.4.1] Cookie: a reload keeps the login`];
  expect([...subjectOf({ file: "e2e/a.spec.ts", titles, id: "ASVS 7.4.1" }, flows)]).toEqual(cookie);
});

test("a requirement that is fulfilled in one place is about all variants, unless a title names one", () => {
  const said = { file: "lib/http/a.test.ts", id: "ASVS 3.4.1" };
  expect([...subjectOf({ ...said, titles: ["x"] }, flows)]).toEqual(everybody);
  expect([...subjectOf({ ...said, titles: ["cookie/plain: x"] }, flows)]).toEqual(["cookie/plain"]);
});
