import type { VariantId } from "../core/ids.ts";
import { ok } from "../core/result.ts";
import type { Encoding } from "../core/settings.ts";
import type { CookieEncoding } from "./cookie-state.ts";
import type { LabKeys } from "./derived-keys.ts";
import { createHmacEncoding } from "./hmac-encoding.ts";
import { createIronEncoding } from "./iron-encoding.ts";
import { plainEncoding } from "./plain-encoding.ts";
import type { ProofsHere } from "./proofs.ts";

type EncodingOptions = {
  readonly address: string;
  readonly variant: VariantId;
  readonly keys: LabKeys;
  /** What was opened before. Absent: each value is opened anew. */
  readonly proofs?: ProofsHere<object> | undefined;
};

/** Each encoding, with the keys of one lab and one variant that it needs. */
export const cookieEncodings: Readonly<Record<Encoding, (place: EncodingOptions) => CookieEncoding>> = {
  plain: () => plainEncoding,
  signed({ address, variant, keys, proofs }) {
    const [current, ...previous] = keys.cookieSigning(variant);
    const encoding = inTurn(
      createHmacEncoding({ address, keys: current }),
      previous.map((each) => createHmacEncoding({ address, keys: each })),
    );
    return remembering("signed", encoding, proofs);
  },
  sealed({ variant, keys, proofs }) {
    const [current, ...previous] = keys.sealing(variant);
    return remembering("sealed", inTurn(createIronEncoding(current), previous.map(createIronEncoding)), proofs);
  },
};

/** Opens a value once, and remembers what it says. Whether it still lets in is judged elsewhere, on every request. */
function remembering(use: Encoding, encoding: CookieEncoding, proofs: ProofsHere<object> | undefined): CookieEncoding {
  if (!proofs) return encoding;
  return {
    ...encoding,
    async decode(text) {
      const known = proofs.find(use, text);
      if (known) return ok(known);
      const decoded = await encoding.decode(text);
      if (decoded.ok && typeof decoded.value === "object" && decoded.value) proofs.keep(use, text, decoded.value);
      return decoded;
    },
  };
}

/**
 * The first encoding writes. A value that it refuses is tried with the others, which have the keys of the application's
 * earlier secrets. If all refuse, the first one's refusal counts.
 */
function inTurn(current: CookieEncoding, previous: readonly CookieEncoding[]): CookieEncoding {
  const { encode, explain } = current;
  return {
    encode,
    async decode(text) {
      const decoded = await current.decode(text);
      if (decoded.ok) return decoded;
      for (const each of previous) {
        const opened = await each.decode(text);
        if (opened.ok) return opened;
      }
      return decoded;
    },
    ...(explain && {
      explain(text: string) {
        const explained = explain(text);
        if (explained.result.ok) return explained;
        return previous.flatMap((each) => each.explain?.(text) ?? []).find(({ result }) => result.ok) ?? explained;
      },
    }),
  };
}
