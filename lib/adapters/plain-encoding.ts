import { ok, type Result, refuse } from "../core/result.ts";
import { readJson } from "../core/text/read-json.ts";
import type { CookieEncoding } from "./cookie-state.ts";

/**
 * Plain text: anyone can read and write it, and it carries no proof of its author (NIST 5.1.1 opaque, WSTG-SESS-01).
 * Wrong on purpose.
 */
export const plainEncoding: CookieEncoding = {
  encode: (state) => JSON.stringify(state),
  decode,
  explain(text) {
    const result = decode(text);
    // The whole text is the credential, so the step shows a description instead of the text.
    const length = `${text.length} characters`;
    const value = result.ok ? Object.keys(Object(result.value)).join(", ") : length;
    const made = [
      { step: "serialise", value },
      { step: "join", value: `${length} behind lab and variant` },
    ];
    return { steps: [{ step: "parse", value, ok: result.ok }], making: result.ok ? made : [], result };
  },
};

function decode(text: string): Result<unknown> {
  const read = readJson(text);
  return read.ok ? ok(read.value) : refuse("INVALID_CREDENTIAL", "parse");
}
