import fc, { type Arbitrary } from "fast-check";

/** Credentials that an attacker starts from: real ones, by the name of their cookie, and real bearer tokens. */
export type CapturedCredentials = {
  readonly cookies: readonly (readonly [string, string])[];
  readonly tokens: readonly string[];
  readonly ids: readonly string[];
};

export type ArbitraryRequest = {
  readonly method: string;
  readonly param: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer> | null;
};

/** Any text that a header may have: Latin-1 without control characters except the tab. */
const headerValue = (maxLength = 60) =>
  fc
    .array(
      fc.oneof(
        { weight: 4, arbitrary: fc.integer({ min: 0x20, max: 0x7e }) },
        fc.integer({ min: 0x80, max: 0xff }),
        fc.constant(9),
      ),
      {
        maxLength,
      },
    )
    .map((codes) => String.fromCharCode(...codes));

const token = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,20}$/);

/** Other spellings of a credential, parts of it, and mixtures with others. Some are still the same credential. */
export function mutated(credential: string, others: readonly string[]): Arbitrary<string> {
  const at = fc.nat({ max: credential.length });
  const parts = credential.split(".");
  const other = fc.constantFrom(credential, ...others);
  return fc.oneof(
    fc.tuple(at, fc.integer({ min: 0x21, max: 0x7e })).map(([index, code]) => {
      return credential.slice(0, index) + String.fromCharCode(code) + credential.slice(index + 1);
    }),
    at.map((index) => credential.slice(0, index)),
    at.map((index) => credential.slice(index)),
    fc
      .tuple(at, fc.stringMatching(/^[!-~]{1,5}$/))
      .map(([index, more]) => credential.slice(0, index) + more + credential.slice(index)),
    fc.tuple(other, fc.nat({ max: 4 }), fc.nat({ max: 4 })).map(([from, index, source]) => {
      return parts.with(index % parts.length, from.split(".")[source] ?? "").join(".");
    }),
    fc
      .tuple(fc.nat({ max: 4 }), fc.constantFrom("", "__proto__", "constructor", "*", "nonesuch", "x".repeat(500)))
      .map(([index, part]) => {
        return parts.with(index % parts.length, part).join(".");
      }),
    fc.tuple(fc.nat({ max: 4 }), fc.json({ maxDepth: 2 })).map(([index, json]) => {
      return parts.with(index % parts.length, Buffer.from(json).toString("base64url")).join(".");
    }),
    // The bits at the end that base64url leaves unused.
    fc.tuple(fc.nat({ max: 4 }), fc.base64String({ minLength: 4, maxLength: 4 })).map(([index, [last = ""]]) => {
      const part = parts[index % parts.length] ?? "";
      return parts.with(index % parts.length, part.slice(0, -1) + last).join(".");
    }),
    fc.shuffledSubarray(parts, { minLength: 1 }).map((shuffled) => shuffled.join(".")),
    fc.constantFrom(
      `${credential}.`,
      `.${credential}`,
      credential.repeat(2),
      `"${credential}"`,
      credential.toUpperCase(),
    ),
    fc.constantFrom(
      credential.replace(/[A-Za-z]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
      `${credential}%`,
      `${credential}%ff`,
    ),
    fc.constantFrom(`${credential}=`, `${credential}~`, credential.replaceAll("-", "+").replaceAll("_", "/")),
  );
}

const deep = fc.nat({ max: 8000 }).map((depth) => `${'{"a":['.repeat(depth / 4)}${"]}".repeat(depth / 4)}`);

/** The expected body, the same with a field or two changed, any JSON, and much that is no JSON. */
function bodyOf(
  example: Readonly<Record<string, unknown>>,
  loot: CapturedCredentials,
): Arbitrary<ArbitraryRequest["body"]> {
  const odd = fc.oneof(
    { weight: 2, arbitrary: fc.string({ unit: "grapheme", maxLength: 300 }) },
    fc.string({ unit: "binary" }),
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom("__proto__", "\u0000", "\ud800", "x".repeat(300), 1e308, -1, 0, true, [], {}, null),
    fc.constantFrom(...loot.tokens, ...loot.cookies.map(([, value]) => value), ...loot.ids),
  );
  const name = fc.constantFrom(
    ...Object.keys(example),
    ...Object.keys(example),
    "refresh_token",
    "session",
    "__proto__",
    "",
  );
  const changes = fc.array(fc.tuple(name, odd), { minLength: 1, maxLength: 2 });
  const spelt = (fields: readonly (readonly [string, unknown])[]) =>
    `{${fields.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(",")}}`;
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(JSON.stringify(example)) },
    // A name that comes twice is one for the parser: the last one counts.
    { weight: 9, arbitrary: changes.map((fields) => spelt([...Object.entries(example), ...fields])) },
    { weight: 1, arbitrary: changes.map(spelt) },
    { weight: 1, arbitrary: fc.json({ maxDepth: 4 }) },
    { weight: 1, arbitrary: deep },
    {
      weight: 1,
      arbitrary: fc.constantFrom("", " ", "{", "null", '"', "\ufeff{}", "{}{}", "NaN", '{"username":"\\ud800"}'),
    },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }).map((bytes) => new Uint8Array(bytes)) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(new Uint8Array([0x22, 0xff, 0xfe, 0x22]), new Uint8Array([0xff, 0xfe, 0x7b, 0])),
    },
    { weight: 1, arbitrary: fc.constant(null) },
  );
}

/** Cookies that no browser would send, including real and nearly real ones. */
function cookieHeader({ cookies }: CapturedCredentials): Arbitrary<string> {
  const values = cookies.map(([, value]) => value);
  const names = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...cookies.map(([name]) => name)) }, token);
  const value = fc.oneof(
    fc.constantFrom(...values).chain((credential) => mutated(credential, values)),
    fc.constantFrom(...values, "", "%", "%zz", "%00", "%0d%0aSet-Cookie:%20a=b", "=", '"', "\u00e9"),
    headerValue(),
  );
  const real = fc.shuffledSubarray([...cookies]).map((pairs) => pairs.map((pair) => pair.join("=")).join("; "));
  const mixed = fc.tuple(
    real,
    fc.array(
      fc.tuple(names, value).map((pair) => pair.join("=")),
      { maxLength: 5 },
    ),
  );
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(cookies.map((pair) => pair.join("=")).join("; ")) },
    { weight: 3, arbitrary: mixed.map(([good, odd]) => [...odd, good].join("; ")) },
    { weight: 3, arbitrary: mixed.map(([good, odd]) => [good, ...odd].join("; ")) },
    { weight: 2, arbitrary: headerValue(200) },
    { weight: 1, arbitrary: fc.constantFrom("", ";", "=", ";;=;", `a=${"x".repeat(100_000)}`, "a=b; ".repeat(5000)) },
  );
}

/** Requests to one address, from nearly right to absurd. `method` is one that it takes. */
export function arbitraryRequest(
  method: string,
  example: Readonly<Record<string, unknown>>,
  loot: CapturedCredentials,
): Arbitrary<ArbitraryRequest> {
  const everyToken = [...loot.tokens, ...loot.cookies.map(([, value]) => value)];
  const bearer = fc.constantFrom(...everyToken).chain((each) => mutated(each, everyToken));
  const authorization = fc.oneof(
    fc.constantFrom(...everyToken).map((value) => `Bearer ${value}`),
    bearer.map((value) => `Bearer ${value}`),
    fc.constantFrom(
      "",
      "Bearer",
      "Bearer ",
      "bearer x",
      "Basic YTpi",
      "Basic",
      "Negotiate",
      `Bearer ${"x".repeat(50_000)}`,
    ),
    headerValue(),
  );
  const sometimes = <T>(value: Arbitrary<T>, without = 2) =>
    fc.oneof({ weight: without, arbitrary: fc.constant(undefined) }, { weight: 2, arbitrary: value });
  const headers = fc.record({
    authorization: sometimes(authorization, 3),
    cookie: sometimes(cookieHeader(loot), 1),
    "content-type": fc.oneof(
      { weight: 8, arbitrary: fc.constant("application/json") },
      fc.constantFrom(
        undefined,
        "",
        "text/plain",
        "APPLICATION/JSON; charset=latin1",
        "application/json;;",
        "a/b, application/json",
      ),
      headerValue(),
    ),
    "sec-fetch-site": fc.oneof({ weight: 12, arbitrary: fc.constantFrom(undefined, "same-origin") }, headerValue()),
    origin: sometimes(
      fc.oneof(fc.constantFrom("null", "http://", "http://localhost:3000", "//", "data:"), headerValue()),
      12,
    ),
    host: sometimes(headerValue(), 4),
    "user-agent": sometimes(
      fc.oneof(headerValue(300), fc.constantFrom("Mozilla/5.0 (", "()".repeat(200), "/".repeat(400))),
    ),
    "x-forwarded-for": sometimes(headerValue()),
    "last-event-id": sometimes(
      fc.oneof(headerValue(), fc.constantFrom("-1", "1e309", "0x10", "999999999999999999999")),
    ),
  });
  const anyMethod = fc.oneof(
    { weight: 12, arbitrary: fc.constant(method) },
    fc.constantFrom("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"),
    token.filter((name) => !/^(connect|trace|track)$/i.test(name)),
  );
  const param = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...loot.ids) },
    fc.constantFrom("", "%00", "%ff", "..", "%2e%2e%2f", "x".repeat(5000), "__proto__"),
    fc.string({ unit: "grapheme" }).map(encodeURIComponent),
  );
  return fc
    .record({ method: anyMethod, param, headers, body: bodyOf(example, loot) })
    .map(({ headers: given, ...rest }) => ({
      ...rest,
      headers: Object.fromEntries(
        Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
      ),
    }));
}
