import { createHmac, timingSafeEqual } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { DecodingStep, MakingStep } from "../core/decoding.ts";
import { ok, refuse } from "../core/result.ts";
import { jsonIn } from "../core/text/read-json.ts";
import type { CookieEncoding, Explained } from "./cookie-state.ts";

/** A few bytes can inflate to gigabytes; a cookie of 4096 never needs more than this. */
const maxInflatedBytes = 64 * 1024;

export type HmacOptions = {
  /** `<lab>.<variant>`: signed along, so that a value counts at its own address only. */
  readonly address: string;
  /** By generation, which is the key's id. The newest signs; all of them verify. */
  readonly keys: Readonly<Record<string, Buffer>>;
};

/**
 * Signed: anyone can read it, only the server can change it. Serialise, compress, base64url, HMAC, join with dots:
 * `<key id>.<payload>.<signature>` behind the address.
 */
export function createHmacEncoding(options: HmacOptions): CookieEncoding {
  return {
    encode: (state) => putTogether(state, options),
    decode: (text) => takeApart(text, options).result,
    explain: (text) => takeApart(text, options),
  };
}

function putTogether(state: object, { address, keys }: HmacOptions): string {
  const [keyId, key] = newest(keys);
  const json = JSON.stringify(state);
  const compressed = deflateRawSync(json);
  const payload = compressed.toString("base64url");
  const signature = sign(key, `${address}.${keyId}.${payload}`);
  return `${keyId}.${payload}.${signature.toString("base64url")}`;
}

/**
 * Decodes step by step, each with its value, and stops at the first step that refuses. The signature is checked before
 * anything is decompressed or parsed (ASVS 9.1.1, RFC 8725bis decompression), so a forged value is refused first
 * (WSTG-SESS-01).
 */
export function takeApart(text: string, { address, keys }: HmacOptions): Explained {
  const steps: DecodingStep[] = [];
  const note = (step: string, value: string) => void steps.push({ step, value, ok: true });
  const refused = (step: string, value: string) => {
    steps.push({ step, value, ok: false });
    return { steps, making: [], result: refuse("INVALID_CREDENTIAL", step) };
  };

  const [keyId = "", payload = "", signature = "", ...rest] = text.split(".");
  if (!keyId || !payload || !signature || rest.length > 0) return refused("split", `${text.split(".").length} parts`);
  note("split", `${keyId} | ${payload} | ${masked(signature)}`);

  const packed = oneSpelling(payload);
  const given = oneSpelling(signature);
  if (!packed || !given) return refused("base64url", packed ? masked(signature) : payload);
  note("base64url", `${packed.length} + ${given.length} bytes`);

  const key = Object.hasOwn(keys, keyId) ? keys[keyId] : undefined;
  if (!key) return refused("key", keyId);
  note("key", keyId);

  const due = sign(key, `${address}.${keyId}.${payload}`);
  if (given.length !== due.length || !timingSafeEqual(given, due)) return refused("signature", masked(signature));
  note("signature", masked(signature));

  const json = inflated(packed);
  if (json === null) return refused("decompress", payload);
  note("decompress", json);

  const state = parsed(json);
  if (state === undefined) return refused("parse", json);
  note("parse", Object.keys(state).join(", "));
  const making = makingOf({ address, keyId, json, packed, payload, signature });
  return { steps, making, result: ok(state) };
}

type Pieces = Readonly<Record<"address" | "keyId" | "json" | "payload" | "signature", string>> & {
  readonly packed: Buffer;
};

/** The steps of `putTogether`, each with what came of it: told from the pieces of a value that was found good. */
function makingOf({ address, keyId, json, packed, payload, signature }: Pieces): readonly MakingStep[] {
  return [
    { step: "serialise", value: json },
    { step: "compress", value: `${Buffer.byteLength(json)} to ${packed.length} bytes: ${packed.toString("hex")}` },
    { step: "base64url", value: payload },
    { step: "HMAC", value: `${masked(signature)} with key ${keyId} over ${address}.${keyId}.${payload}` },
    { step: "join", value: `${address}.${keyId}.${payload}.${masked(signature)}` },
  ];
}

function newest(keys: HmacOptions["keys"]): readonly [string, Buffer] {
  const [last] = Object.entries(keys).sort(([a], [b]) => Number(b) - Number(a));
  if (!last) throw new Error("There is no key to sign with");
  return last;
}

function sign(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

/** A page may show the decoded content, but not the whole signature. */
function masked(signature: string): string {
  return `${signature.slice(0, 4)}…${signature.slice(-4)}`;
}

/** base64url has spare bits at its end, and decoders skip unknown characters. Only our own spelling is accepted. */
function oneSpelling(part: string): Buffer | null {
  const bytes = Buffer.from(part, "base64url");
  return bytes.toString("base64url") === part ? bytes : null;
}

function inflated(packed: Buffer): string | null {
  try {
    return inflateRawSync(packed, { maxOutputLength: maxInflatedBytes }).toString("utf8");
  } catch {
    return null;
  }
}

function parsed(json: string): object | undefined {
  const value = jsonIn(json);
  return typeof value === "object" && value !== null ? value : undefined;
}
