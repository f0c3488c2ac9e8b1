import type { VariantId } from "../core/ids.ts";
import type { Encoding } from "../core/settings.ts";
import type { CookieEncoding } from "./cookie-state.ts";
import type { LabKeys } from "./derived-keys.ts";
import { createHmacEncoding } from "./hmac-encoding.ts";
import { createIronEncoding } from "./iron-encoding.ts";
import { plainEncoding } from "./plain-encoding.ts";

type EncodingOptions = { readonly address: string; readonly variant: VariantId; readonly keys: LabKeys };

/** Each encoding, with the keys of one lab and one variant that it needs. */
export const cookieEncodings: Readonly<Record<Encoding, (place: EncodingOptions) => CookieEncoding>> = {
  plain: () => plainEncoding,
  signed({ address, variant, keys }) {
    const [current, ...previous] = keys.cookieSigning(variant);
    return inTurn(
      createHmacEncoding({ address, keys: current }),
      previous.map((each) => createHmacEncoding({ address, keys: each })),
    );
  },
  sealed({ variant, keys }) {
    const [current, ...previous] = keys.sealing(variant);
    return inTurn(createIronEncoding(current), previous.map(createIronEncoding));
  },
};

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
