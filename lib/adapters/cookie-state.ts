import type { DecodingStep, MakingStep } from "../core/decoding.ts";
import type { CookieState } from "../core/ports.ts";
import { ok, type Result, refuse } from "../core/result.ts";

/** Encodes state into the text behind a cookie's address, and decodes it again. */
export type CookieEncoding = {
  encode(state: object): string | Promise<string>;
  /** INVALID_CREDENTIAL, with the step that refused in `at`. */
  decode(text: string): Result<unknown> | Promise<Result<unknown>>;
  /**
   * The same with every step and its value, for pages that show how a value is decoded, and how it was made. Absent where
   * a value cannot be read.
   */
  explain?(text: string): Explained;
};

export type Explained = {
  readonly steps: readonly DecodingStep[];
  readonly making: readonly MakingStep[];
  readonly result: Result<unknown>;
};

/**
 * State in a cookie, with `<lab>.<variant>` in front of it. That address only tells the server which keys to try; it is
 * never proof. `carried` is added to a cookie that has room for it; no flow reads it back. A login from before is not
 * put out by it.
 */
export function createCookieState(
  address: string,
  { encode, decode }: CookieEncoding,
  carried?: () => object,
): CookieState {
  return {
    async read(jar, { name }, is) {
      const value = jar.get(name)?.value;
      if (!value) return refuse("NO_CREDENTIAL");
      if (!value.startsWith(`${address}.`)) return refuse("INVALID_CREDENTIAL", "address");
      const decoded = await decode(value.slice(address.length + 1));
      if (!decoded.ok) return decoded;
      return is(decoded.value) ? ok(decoded.value) : refuse("INVALID_CREDENTIAL", "shape");
    },

    async write(jar, { name, ...attributes }, state, spare = 0) {
      for (const whole of carried ? [{ ...state, ...carried() }, state] : [state]) {
        const value = `${address}.${await encode(whole)}`;
        if (!jar.fits(name, value, spare)) continue;
        jar.set(name, value, attributes);
        return ok(null);
      }
      return refuse("PAYLOAD_TOO_LARGE");
    },
  };
}
