import { createHmac } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { describe, expect, test, vi } from "vitest";
import type { Encoding } from "../core/settings.ts";
import { day } from "../core/time.ts";
import { cookieEncodings } from "./cookie-encodings.ts";
import {
  type EncodingUnderTest,
  here,
  holdToCookieStateContract,
  read,
  state,
  written,
} from "./cookie-state.contract.ts";
import { createCookieState } from "./cookie-state.ts";
import { deriveLabKeys } from "./derived-keys.ts";
import { createHmacEncoding, type HmacOptions, takeApart } from "./hmac-encoding.ts";

const everyEncoding = Object.keys(cookieEncodings) as readonly Encoding[];

function under(encoding: Encoding): EncodingUnderTest {
  return {
    protects: encoding !== "plain",
    at({ lab, variant }, generations) {
      const keys = deriveLabKeys({ secrets: ["known to this test alone"], labId: lab, salt: "salt", generations });
      const address = `${lab}.${variant}`;
      return createCookieState(address, cookieEncodings[encoding]({ address, variant: `cookie/${variant}`, keys }));
    },
  };
}

for (const encoding of everyEncoding) describe(encoding, () => holdToCookieStateContract(under(encoding)));

test("a cookie of another encoding is INVALID_CREDENTIAL, also at the same address", async () => {
  for (const one of everyEncoding) {
    for (const other of everyEncoding.filter((each) => each !== one)) {
      const value = await written(under(other).at(here, [1]));
      expect([one, other, await read(under(one).at(here, [1]), value)]).toMatchObject([
        one,
        other,
        { ok: false, code: "INVALID_CREDENTIAL" },
      ]);
    }
  }
});

describe("sealed", () => {
  const sealed = under("sealed");

  test("the seal names its generation", async () => {
    expect(await written(sealed.at(here, [2, 1]))).toMatch(/^lab\.variant\.Fe26\.2\*2\*/);
  });

  test("a seal has no lifetime of its own: the flow ends the login, on the lab's clock", async () => {
    const value = await written(sealed.at(here, [1]));
    vi.useFakeTimers({ now: Date.now() + 400 * day, toFake: ["Date"] });
    try {
      expect(await read(sealed.at(here, [1]), value)).toMatchObject({ ok: true });
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("signed, taken apart", () => {
  const options: HmacOptions = { address: "lab.variant", keys: { 1: Buffer.alloc(32, 1), 2: Buffer.alloc(32, 2) } };
  const text = async () => (await written(signedWith(options))).slice("lab.variant.".length);

  test("a good signed cookie passes every step, each with its value", async () => {
    const value = await text();
    const { steps, result } = takeApart(value, options);
    expect(result).toEqual({ ok: true, value: state });
    expect(steps.map(({ step }) => step)).toEqual(["split", "base64url", "key", "signature", "decompress", "parse"]);
    expect(steps.every(({ ok }) => ok)).toBe(true);
    expect(steps.find(({ step }) => step === "key")?.value).toBe("2");
    expect(steps.find(({ step }) => step === "decompress")?.value).toBe(JSON.stringify(state));
  });

  test.for([
    ["a part too many", "split", (value: string) => `${value}.x`],
    ["another spelling", "base64url", (value: string) => `${value}=`],
    ["a key that nobody has", "key", (value: string) => value.replace(/^2/, "3")],
    ["an older key's name", "signature", (value: string) => value.replace(/^2/, "1")],
    ["a payload of one's own", "signature", (value: string) => value.replace(/\.[^.]+\./, ".AAAA.")],
  ] as const)("%s is refused by the step %s", async ([, step, change]) => {
    const { steps, result } = takeApart(change(await text()), options);
    expect(steps.at(-1)).toMatchObject({ step, ok: false });
    expect(result).toEqual({ ok: false, code: "INVALID_CREDENTIAL", at: step });
  });

  test("how a signed cookie was made is told step by step, each from the one before, to the cookie itself", async () => {
    const value = await text();
    const [keyId, payload, signature = ""] = value.split(".");
    const { making } = takeApart(value, options);
    const [serialise, compress, base64url, hmac, join] = making.map((step) => step.value);
    expect(making.map(({ step }) => step)).toEqual(["serialise", "compress", "base64url", "HMAC", "join"]);
    expect(serialise).toBe(JSON.stringify(state));
    const packed = deflateRawSync(serialise ?? "");
    expect(compress).toBe(`${Buffer.byteLength(serialise ?? "")} to ${packed.length} bytes: ${packed.toString("hex")}`);
    expect(base64url).toBe(packed.toString("base64url"));
    const shortened = `${signature.slice(0, 4)}…${signature.slice(-4)}`;
    expect(value).toBe(signedByHand(packed));
    expect(hmac).toBe(`${shortened} with key 2 over lab.variant.2.${base64url}`);
    expect(join).toBe(`lab.variant.${keyId}.${payload}.${shortened}`);
  });

  test("of a signed cookie that a step refuses no making is told", async () => {
    const value = await text();
    for (const changed of [`${value}.x`, `${value}=`, value.replace(/^2/, "3"), value.replace(/^2/, "1")])
      expect(takeApart(changed, options).making).toEqual([]);
  });

  test("no step shows the whole signature", async () => {
    const value = await text();
    const signature = value.split(".").at(-1) ?? "";
    expect(signature).toHaveLength(43);
    for (const shown of [value, `${value}=`, `${value}.x`, value.replace(/^2/, "3"), value.replace(/^2/, "1")]) {
      const { steps, making } = takeApart(shown, options);
      expect(JSON.stringify([steps, making])).not.toContain(signature);
    }
  });

  test("[ASVS 9.1.1] [RFC 8725bis decompression] an unsigned value is neither decompressed nor parsed", () => {
    const { steps } = takeApart(`2.${deflateRawSync("not even JSON").toString("base64url")}.AAAA`, options);
    expect(steps.at(-1)?.step).toBe("signature");
  });

  test("[RFC 8725bis decompression] a payload that inflates to more than 64 KB is refused, even with a good signature", () => {
    const bomb = deflateRawSync(JSON.stringify({ much: "0".repeat(64 * 1024) }));
    expect(bomb.length).toBeLessThan(200);
    expect(takeApart(signedByHand(bomb), options).result).toMatchObject({ ok: false, at: "decompress" });
    expect(takeApart(signedByHand(deflateRawSync("nonsense")), options).result).toMatchObject({ at: "parse" });
  });

  test("a signed cookie can be read without a key", async () => {
    const [, payload = ""] = (await text()).split(".");
    expect(JSON.parse(inflateRawSync(Buffer.from(payload, "base64url")).toString())).toEqual(state);
  });

  function signedByHand(packed: Buffer): string {
    const signed = `2.${packed.toString("base64url")}`;
    const signature = createHmac("sha256", Buffer.alloc(32, 2)).update(`lab.variant.${signed}`).digest("base64url");
    return `${signed}.${signature}`;
  }
});

function signedWith(options: HmacOptions) {
  return createCookieState(options.address, createHmacEncoding(options));
}
