import { ok, type Result, refuse } from "../core/result.ts";
import type { CookieEncoding } from "./cookie-state.ts";

/** Plain text: anyone reads it, anyone writes it, and nothing in it proves who did (NIST 5.1.1 opaque, WSTG-SESS-01). Wrong on purpose. */
export const plainEncoding: CookieEncoding = {
  encode: (state) => JSON.stringify(state),
  decode,
  explain(text) {
    const result = decode(text);
    return { steps: [{ step: "parse", value: text, ok: result.ok }], result };
  },
};

function decode(text: string): Result<unknown> {
  try {
    return ok(JSON.parse(text));
  } catch {
    return refuse("INVALID_CREDENTIAL", "parse");
  }
}
