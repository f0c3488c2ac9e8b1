import { expect, test } from "vitest";
import { flows } from "../../flows/registry.ts";
import { credentialWords } from "./credential-words.ts";

const named = flows.flatMap(({ manifest }) =>
  manifest.variants.flatMap((variant) =>
    variant.holds.map(({ credential }) => ({ id: variant.id, credential, ...credentialWords(variant, credential) })),
  ),
);

function wordsOf(variant: string): readonly string[] {
  return named.flatMap(({ id, name, check }) => (id === variant ? `${name}: ${check}` : []));
}

test("each default variant of a lab says what it holds and how the server accepts it", () => {
  const defaults = flows.map(({ manifest }) => wordsOf(manifest.defaults.lab));
  expect(defaults).toEqual([
    ["sealed cookie: believes the cookie"],
    ["session id: looks up a row"],
    ["access token: believes a signature", "refresh token: looks up a row"],
    ["signed cookie: does both"],
  ]);
});

test("a variant that asks for more than its credential does both", () => {
  expect(wordsOf("cookie/sealed-versioned")).toEqual(["sealed cookie: does both"]);
  expect(wordsOf("memory-jwt/denylist")[0]).toBe("access token: does both");
});

test("the credentials of one variant have different names", () => {
  expect(named.length).toBeGreaterThan(flows.length);
  for (const { id, credential, name } of named)
    expect(named.filter((each) => each.id === id && each.name === name && each.credential !== credential)).toEqual([]);
});
