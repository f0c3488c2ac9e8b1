import { inflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { DecodedView } from "@/lib/core/decoding.ts";
import { changesTo, encoded, joined, partsOf } from "./credential-parts.ts";

const token: DecodedView = {
  ...{ encoding: "token", header: { alg: "EdDSA" }, steps: [], making: [] },
  payload: { role: "user", exp: 2000, iss: "https://one.test/api/labs/abc" },
};
const signed: DecodedView = {
  ...{ encoding: "signed", header: null, steps: [], making: [] },
  payload: { user: { role: "user" }, endsAt: 5 },
};
describe("the parts of a credential", () => {
  test.for<[string, DecodedView | null, readonly string[]]>([
    ["aaa.bbb.ccc", token, ["header", "payload", "signature"]],
    ["lab.v.1.aaa.bbb", signed, ["lab", "variant", "key id", "payload", "signature"]],
    ['lab.v.{"a":"b.c"}', { ...signed, encoding: "plain" }, ["lab", "variant", "state"]],
    ["lab.v.Fe26.2*1*abc*~2", null, ["lab", "variant", "seal"]],
    ["lab.v.abc", null, ["lab", "variant", "id"]],
    ["nonsense", null, ["lab", "variant", "id"]],
  ])("the parts of %s are named and together are the whole credential", ([value, decoded, names]) => {
    const parts = partsOf(value, decoded);
    expect(parts.map(({ name }) => name)).toEqual(names);
    expect(joined(parts)).toMatch(new RegExp(`^${RegExp.escape(value)}\\.{0,2}$`));
  });
});

describe("encoding", () => {
  test("a token's part is encoded as base64url of its JSON, without line breaks or padding", async () => {
    const raw = await encoded("token", '{\n  "a": "ü?~"\n}');
    expect(raw).toMatch(/^[\w-]+$/);
    expect(Buffer.from(raw, "base64url").toString()).toBe('{"a":"ü?~"}');
  });

  test("a signed cookie's payload is compressed before it is encoded, as on the server", async () => {
    const raw = await encoded("signed", '{"a":1}');
    expect(inflateRawSync(Buffer.from(raw, "base64url")).toString()).toBe('{"a":1}');
  });

  test("text that is not JSON is encoded unchanged", async () => {
    expect(await encoded("plain", '{"a":')).toBe('{"a":');
  });
});

describe("a forgery, taken into the editor", () => {
  const forgery = { id: "any", title: "any", source: "any", needs: "nothing", short: null } as const;

  test.each(["no dot at all", "one.dot", "aaa.bbb.", "aaa.bbb.c.d.e", '{"protected":"x"}'])(
    "sends %s as it is, also if it has fewer parts or more",
    (forged) => {
      const issued = partsOf("aaa.bbb.ccc", token);
      const parts = changesTo({ ...forgery, forged, changed: [] }, issued).map((change, index) => ({
        ...{ name: "any", raw: "", says: null },
        ...issued[index],
        ...change,
      }));
      expect(joined(parts)).toBe(forged);
    },
  );

  test("changes the parts that differ, and shows what a readable one says", () => {
    const changed = [{ name: "payload", before: "{}", after: '{"role":"admin"}' }];
    expect(changesTo({ ...forgery, forged: "aaa.other.ccc", changed }, partsOf("aaa.bbb.ccc", token))).toEqual([
      null,
      { raw: "other", says: '{\n  "role": "admin"\n}' },
      null,
    ]);
  });

  test("keeps a text that says something twice as it is, and leaves what is no JSON as it travels", () => {
    const twice = '{"alg":"EdDSA","alg":"none"}';
    const changed = [
      { name: "header", before: "{}", after: twice },
      { name: "signature", before: "c", after: "d.e" },
    ];
    expect(changesTo({ ...forgery, forged: "other.bbb.d.e", changed }, partsOf("aaa.bbb.ccc", token))).toEqual([
      { raw: "other", says: twice },
      null,
      { raw: "d.e", says: null },
    ]);
  });
});
