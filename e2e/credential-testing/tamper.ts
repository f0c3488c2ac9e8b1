import type { Captured } from "./capture.ts";

/** The credential to change: a cookie by its name, or the newest bearer token. */
export type Place = { readonly cookie: string } | "bearer";

/** Every function returns a new capture and leaves the given one unchanged. No changed token is signed again. */
export const tamper = {
  /** Changes a value. Throws if the result is the same value, because the test would prove nothing then. */
  value: changed,

  /**
   * Replaces one character in the middle of a segment by another of its kind. Segments are separated by dots; the
   * last one is changed by default.
   */
  flip(captured: Captured, place: Place, segment?: number): Captured {
    return changed(captured, place, (value) => {
      const segments = value.split(".");
      const index = segment ?? segments.length - 1;
      return segments.with(index, flipped(segments[index] ?? "")).join(".");
    });
  },

  /** Keeps the first characters, half of them by default. */
  cut(captured: Captured, place: Place, keep?: number): Captured {
    return changed(captured, place, (value) => value.slice(0, keep ?? Math.floor(value.length / 2)));
  },

  /** Changes claims in a JWT's payload and keeps the old signature. */
  claims(captured: Captured, place: Place, claims: Readonly<Record<string, unknown>>): Captured {
    return changed(captured, place, (value) => withJson(value, 1, claims));
  },

  /** `"alg": "none"` in a JWT's header, and no signature (RFC 8725 §2.1). */
  unsigned(captured: Captured, place: Place): Captured {
    return changed(captured, place, (value) => `${withJson(value, 0, { alg: "none" }).split(".", 2).join(".")}.`);
  },

  /** Swaps the values of two cookies. */
  swapNames(captured: Captured, one: string, other: string): Captured {
    const [first, second] = [valueAt(captured, { cookie: one }), valueAt(captured, { cookie: other })];
    const swapped = changed(captured, { cookie: one }, () => second);
    return changed(swapped, { cookie: other }, () => first);
  },
};

function changed(captured: Captured, place: Place, change: (value: string) => string): Captured {
  const before = valueAt(captured, place);
  const after = change(before);
  if (after === before) throw new Error(`The change leaves ${nameOf(place)} as it is.`);
  if (place === "bearer") return { ...captured, bearers: [...captured.bearers.slice(0, -1), after] };
  const cookies = captured.cookies.map((each) => (each.name === place.cookie ? { ...each, value: after } : each));
  return { ...captured, cookies };
}

function valueAt({ cookies, bearers }: Captured, place: Place): string {
  const value = place === "bearer" ? bearers.at(-1) : cookies.find(({ name }) => name === place.cookie)?.value;
  if (value === undefined) throw new Error(`Nothing was captured as ${nameOf(place)}.`);
  return value;
}

function nameOf(place: Place): string {
  return place === "bearer" ? "a bearer token" : `the cookie ${place.cookie}`;
}

/** Not at the end, because the last character of base64url can have bits that decoders ignore. */
function flipped(text: string): string {
  const at = Math.floor(text.length / 2);
  const before = text[at] ?? "";
  const after = /[0-9]/.test(before) ? (before === "7" ? "8" : "7") : before === "A" ? "B" : "A";
  return text.slice(0, at) + after + text.slice(at + 1);
}

function withJson(jwt: string, index: 0 | 1, members: Readonly<Record<string, unknown>>): string {
  const segments = jwt.split(".");
  if (segments.length !== 3) throw new Error("That is no JWT: a signed one has three segments.");
  const before: unknown = JSON.parse(Buffer.from(segments[index] ?? "", "base64url").toString());
  const after = JSON.stringify({ ...Object(before), ...members });
  return segments.with(index, Buffer.from(after).toString("base64url")).join(".");
}
