import { createRequire } from "node:module";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { deriveLabKeys } from "../../../adapters/derived-keys.ts";
import { findVariant, flows } from "../../../flows/registry.ts";
import { cookieParts } from "../forgery/cookie-parts.ts";
import { unsealed } from "../forgery/sealed-text.ts";
import { partsOfToken } from "../forgery/token-parts.ts";
import type { LabLeak } from "./lab-leak.ts";
import { keyUnder } from "./leaked-keys.ts";
import { type Recipe, recipeOf } from "./recipe.ts";
import { commandOf, scriptOf, sendCommand } from "./script.ts";
import { saidTwice, textOf, underOwnKey, written } from "./write-credential.ts";

const now = Date.UTC(2030, 0, 1);
const labKeys = deriveLabKeys({ secrets: ["a secret"], labId: "one", salt: "salt", generations: [3] });
const leak: LabLeak = {
  ...{ labId: "one", issuer: "https://login.test/api/labs/one", now, overlapEnds: null },
  tokens: {
    EdDSA: labKeys.signing("EdDSA")[0],
    ES256: labKeys.signing("ES256")[0],
    HS256: labKeys.signing("HS256")[0],
  },
  hmacOf: (variant, use) => {
    const under = use === "id" ? labKeys.idSigning(variant)[0] : labKeys.cookieSigning(variant)[0];
    return { keyId: "3", key: under["3"] ?? Buffer.alloc(0) };
  },
  sealOf: (variant) => ({ keyId: "3", key: labKeys.sealing(variant)[0]["3"] ?? "" }),
  lifetimesOf: ({ settings }) => settings.lifetimes,
  versionOf: async () => 0,
};
const person = { id: "a1", username: "o'neil", displayName: "O'Neil", role: "user", version: 2 } as const;

function recipe(id: `${string}/${string}`): Recipe {
  const variant = findVariant(id);
  if (!variant) throw new Error(`There is no variant ${id}`);
  return recipeOf({ leak, variant, key: keyUnder(variant) ?? "", person });
}

/** What the program prints. It runs here, with the modules of Node.js alone. */
function printedBy(script: string): string {
  const printed: string[] = [];
  const console = { log: (text: string) => void printed.push(text) };
  runInNewContext(script, { require: createRequire(import.meta.url), Buffer, console });
  return printed.join("\n");
}

test.for(["memory-jwt/rotating", "memory-jwt/hs256", "hybrid/gateway", "cookie/signed"] as const)(
  "the shown program makes the very credential of %s",
  (id) => {
    const made = recipe(id);
    expect(printedBy(scriptOf(made))).toBe(written(made));
  },
);

test("the shown program signs with ES256 what the lab would, under another random number", () => {
  const made = recipe("memory-jwt/es256");
  const [printed, own] = [printedBy(scriptOf(made)), written(made)].map(partsOfToken);
  expect(printed).toMatchObject({ header: own?.header, payload: own?.payload });
  expect(printed?.signature).toHaveLength(86);
});

test("the shown program seals what the lab's key opens", () => {
  const made = recipe("cookie/sealed");
  if (made.kind !== "sealed-cookie") throw new Error("It is no seal");
  const { rest } = cookieParts(printedBy(scriptOf(made)));
  expect(unsealed(rest, { [made.keyId]: made.key })).toEqual(made.state);
});

test("the shown program signs a random id as the lab does", () => {
  const made = recipe("server-session/signed-id");
  const printed = printedBy(scriptOf(made));
  expect(printed.split(".").length).toBe(written(made).split(".").length);
  expect(printed.startsWith("one.signed-id.")).toBe(true);
});

test("a quote in a name ends neither the program nor the word of the shell", () => {
  expect(commandOf(recipe("cookie/signed"))).toMatch(/^node -e '.*'$/s);
  expect(commandOf(recipe("cookie/signed"))).toContain("o'\\''neil");
});

test("a command sends a cookie where browsers hold one, and a header elsewhere", () => {
  const sent = (id: `${string}/${string}`) => {
    const manifest = flows.find((each) => each.manifest.id === id.split("/")[0])?.manifest;
    const variant = findVariant(id);
    return manifest && variant ? sendCommand("https://login.test", manifest, variant, "a b") : "";
  };
  expect(sent("cookie/sealed")).toBe("curl 'https://login.test/api/cookie/me' -H 'Cookie: __Host-login=a%20b'");
  expect(sent("memory-jwt/rotating")).toContain("'Authorization: Bearer a b'");
  expect(sent("hybrid/gateway")).toContain("/api/services/orders");
});

test("a role is said twice in the text alone, and where there is a role", () => {
  expect(saidTwice(recipe("memory-jwt/rotating"))).toContain('"role":"user","role":"admin"');
  expect(saidTwice(recipe("server-session/signed-id"))).toBeNull();
  expect(saidTwice(recipe("hybrid/gateway"))).toBeNull();
});

test("under a key of the attacker's own the content is the same", () => {
  for (const id of ["memory-jwt/rotating", "cookie/sealed", "cookie/signed"] as const) {
    const made = recipe(id);
    expect(textOf(underOwnKey(made))).toBe(textOf(made));
    expect(written(underOwnKey(made))).not.toBe(written(made));
  }
});
