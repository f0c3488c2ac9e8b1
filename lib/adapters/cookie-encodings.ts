import type { Encoding, VariantId } from "../core/flow.ts";
import type { CookieEncoding } from "./cookie-state.ts";
import type { LabKeys } from "./derived-keys.ts";
import { createHmacEncoding } from "./hmac-encoding.ts";
import { createIronEncoding } from "./iron-encoding.ts";
import { plainEncoding } from "./plain-encoding.ts";

type Place = { readonly address: string; readonly variant: VariantId; readonly keys: LabKeys };

/** Each encoding with the keys of one lab and one variant, as far as it wants any. */
export const cookieEncodings: Readonly<Record<Encoding, (place: Place) => CookieEncoding>> = {
  plain: () => plainEncoding,
  signed: ({ address, variant, keys }) => createHmacEncoding({ address, keys: keys.cookieSigning(variant) }),
  sealed: ({ variant, keys }) => createIronEncoding(keys.sealing(variant)),
};
