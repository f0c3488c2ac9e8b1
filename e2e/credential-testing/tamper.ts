import type { Captured } from "./capture.ts";

/** Which of the captured credentials: a cookie by its name, or the newest bearer token. */
export type Place = { readonly cookie: string } | "bearer";

/** Everything here answers another capture; the one that it was given stays as it is. Nothing is ever signed again. */
export const tamper = {
  /** Any change of a value. Throws where it changes nothing, for then the test would test nothing. */
  value: changed,

  /**
   * One character in the middle of a segment (they are parted
   * by dots; of several, the last) becomes another of its kind.
   */
  flip(captured: Captured, place: Place, segment?: number): Captured {
    return changed(captured, place, (value) => {
      const segments = value.split(".");
      const index = segment ?? segments.length - 1;
      return segments.with(index, flipped(segments[index] ?? "")).join(".");
    });
  },

  /** Its first characters; half of them where no number is given. */
  cut(captured: Captured, place: Place, keep?: number): Captured {
    return changed(captured, place, (value) => value.slice(0, keep ?? Math.floor(value.length / 2)));
  },

  /** Other claims in a JWT's payload, under the old signature. */
  claims(captured: Captured, place: Place, claims: Readonly<Record<string, unknown>>): Captured {
    return changed(captured, place, (value) => withJson(value, 1, claims));
  },

  /** `"alg": "none"` in a JWT's header, and no signature (RFC 8725 §2.1). */
  unsigned(captured: Captured, place: Place): Captured {
    return changed(captured, place, (value) => `${withJson(value, 0, { alg: "none" }).split(".", 2).join(".")}.`);
  },

  /** Each of two cookies gets the value of the other. */
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

/** Not at the end: the last character of base64url may have bits that no decoder looks at. */
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
