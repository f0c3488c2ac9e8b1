import { inflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { DecodedView } from "@/lib/core/decoding.ts";
import { encoded, joined, kindOf, partsOf, presetsOf } from "./credential-parts.ts";

const token: DecodedView = {
  ...{ encoding: "token", header: { alg: "EdDSA" }, steps: [], making: [] },
  payload: { role: "user", exp: 2000, iss: "https://one.test/api/labs/abc" },
};
const signed: DecodedView = {
  ...{ encoding: "signed", header: null, steps: [], making: [] },
  payload: { user: { role: "user" }, endsAt: 5 },
};
const now = 1_000_000_000_000;

function change(title: string, value: string, decoded: DecodedView | null) {
  const preset = presetsOf(kindOf(value, decoded)).find((each) => each.title === title);
  return Object.fromEntries(partsOf(value, decoded).map((part) => [part.name, preset?.change(part, now) ?? null]));
}

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

describe("a preset", () => {
  test("the flip preset changes one character of the part that proves the credential", () => {
    expect(change("Flip one character", "aaa.bbb.cccc", token)).toEqual({
      ...{ header: null, payload: null, signature: { raw: "ccAc" } },
    });
    expect(change("Flip one character", "lab.v.AAAA", null)["id"]).toEqual({ raw: "AABA" });
  });

  test("the admin preset changes the role in a token and in a cookie", () => {
    const role = (changes: ReturnType<typeof change>) => JSON.stringify(changes["payload"]);
    expect(role(change("Make me admin", "a.b.c", token))).toContain('\\"role\\": \\"admin\\"');
    expect(role(change("Make me admin", "lab.v.1.a.b", signed))).toContain('\\"role\\": \\"admin\\"');
    expect(change("Make me admin", "a.b.c", token)["signature"]).toBeNull();
  });

  test("the admin preset changes the name alone where a credential names its person", () => {
    const state = { user: "alice", endsAt: 5 };
    const plain: DecodedView = { encoding: "plain", header: null, payload: state, steps: [], making: [] };
    expect(change("Make me admin", `lab.plain.${JSON.stringify(state)}`, plain)).toEqual({
      ...{ lab: null, variant: null },
      state: { says: JSON.stringify({ ...state, user: "admin" }, null, 2) },
    });
  });

  test("the alg: none preset names no algorithm and drops the signature", () => {
    expect(change("alg: none", "a.b.c", token)).toMatchObject({ payload: null, signature: { raw: "" } });
  });

  test("the expiry preset sets the end to a minute ago, in the credential's own unit", () => {
    const payload = (changes: ReturnType<typeof change>) => JSON.stringify(changes["payload"]);
    expect(payload(change("Expire it", "a.b.c", token))).toContain(`\\"exp\\": ${now / 1000 - 60}`);
    expect(payload(change("Expire it", "lab.v.1.a.b", signed))).toContain(`\\"endsAt\\": ${now - 60_000}`);
  });

  test("the other lab's preset changes the issuer or the address", () => {
    expect(JSON.stringify(change("Another lab’s", "a.b.c", token)["payload"])).toContain("labs/00000000000000000000");
    expect(change("Another lab’s", "lab.v.abc", null)["lab"]).toEqual({ raw: "0".repeat(20) });
  });
});
