import { createCookieState } from "../../../../adapters/cookie-state.ts";
import { createIronEncoding } from "../../../../adapters/iron-encoding.ts";
import type { CookieState } from "../../../../core/ports.ts";
import type { Base } from "../surroundings.ts";
import { keysOf } from "./keys.ts";

/** State in a cookie, sealed. */
export function cookieStateOf(base: Base): CookieState {
  const [passwords] = keysOf(base).sealing(base.variant.id);
  return createCookieState(base.address, createIronEncoding(passwords));
}
