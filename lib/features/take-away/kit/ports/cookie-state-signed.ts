import { createCookieState } from "../../../../adapters/cookie-state.ts";
import { createHmacEncoding } from "../../../../adapters/hmac-encoding.ts";
import type { CookieState } from "../../../../core/ports.ts";
import type { Base } from "../surroundings.ts";
import { keysOf } from "./keys.ts";

/** State in a cookie, signed. */
export function cookieStateOf(base: Base): CookieState {
  const { address, variant } = base;
  const [keys] = keysOf(base).cookieSigning(variant.id);
  return createCookieState(address, createHmacEncoding({ address, keys }));
}
