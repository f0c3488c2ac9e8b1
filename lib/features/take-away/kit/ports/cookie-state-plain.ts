import { createCookieState } from "../../../../adapters/cookie-state.ts";
import { plainEncoding } from "../../../../adapters/plain-encoding.ts";
import type { CookieState } from "../../../../core/ports.ts";
import type { Base } from "../surroundings.ts";

/** State in a cookie as plain text. */
export function cookieStateOf({ address }: Base): CookieState {
  return createCookieState(address, plainEncoding);
}
