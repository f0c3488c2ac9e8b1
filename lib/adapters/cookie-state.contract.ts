import { expect, test, vi } from "vitest";
import { type CookieAttributes, type CookieJar, fitsIntoCookie } from "../core/cookie.ts";
import type { CookieState } from "../core/ports.ts";
import type { Result } from "../core/result.ts";
import { otherSpellings } from "../features/attacks/forgery/other-spellings.ts";
import { changedSpellings } from "../testing/changed-spellings.ts";

/** One way to write state into a cookie, for a lab and variant and with the keys of some generations. */
export type EncodingUnderTest = {
  at(
    place: { readonly lab: string; readonly variant: string },
    generations: readonly [number, ...number[]],
  ): CookieState;
  /** Whether something in the value proves that it was made here. */
  readonly protects: boolean;
};

const cookie = { name: "__Host-test", path: "/", httpOnly: true, secure: true, sameSite: "lax" } as const;
export const state = { user: "alice", nested: { count: 3, list: [1, null, 'ü; "quoted", 50 %'] } };
export const here = { lab: "lab", variant: "variant" } as const;

type Jar = CookieJar & { value: string; set: ReturnType<typeof vi.fn<CookieJar["set"]>> };

/** What every encoding owes to a flow. */
export function holdToCookieStateContract({ at, protects }: EncodingUnderTest): void {
  const own = at(here, [1]);

  test("written state is read back, field for field", async () => {
    expect(await read(own, await written(own))).toEqual({ ok: true, value: state });
  });

  test("written state sets one cookie, with the cookie's own attributes", async () => {
    const jar = jarWith();
    await own.write(jar, { ...cookie, maxAge: 60 }, state);
    const { name, ...attributes } = cookie;
    expect(jar.set.mock.calls).toEqual([[name, jar.value, { ...attributes, maxAge: 60 }]]);
  });

  test("reading state sets no cookie", async () => {
    const jar = jarWith(await written(own));
    await own.read(jar, cookie, isAnything);
    expect(jar.set).not.toHaveBeenCalled();
  });

  test("a request without the cookie is NO_CREDENTIAL", async () => {
    expect(await read(own, "")).toEqual({ ok: false, code: "NO_CREDENTIAL" });
  });

  test("a value that this server did not write is INVALID_CREDENTIAL", async () => {
    const strangers = [
      "x",
      "lab",
      "lab.variant",
      "lab.variant.",
      "lab.variant.x",
      "lab.variant...",
      "lab.variant.1.A.A",
    ];
    for (const value of [...strangers, "lab.variant.__proto__.AAAA.AAAA"]) {
      expect([value, await read(own, value)]).toMatchObject([value, invalid]);
    }
  });

  test("a cookie of another lab or variant is INVALID_CREDENTIAL at the address", async () => {
    for (const elsewhere of [at({ ...here, lab: "other" }, [1]), at({ ...here, variant: "other" }, [1])]) {
      expect(await read(own, await written(elsewhere))).toEqual({ ...invalid, at: "address" });
    }
  });

  test("state of another shape than the flow's is INVALID_CREDENTIAL at the shape", async () => {
    const isNothing = (_: unknown): _ is never => false;
    expect(await own.read(jarWith(await written(own)), cookie, isNothing)).toEqual({ ...invalid, at: "shape" });
  });

  test("[ASVS 3.3.5] a cookie of 4096 bytes is set, one byte more is PAYLOAD_TOO_LARGE", async () => {
    // The same state again gives a text of the same length; a jar percent-encodes what a cookie may not hold.
    const name = (bytes: number, value: string) => "n".repeat(bytes - encodeURIComponent(value).length);
    const fitting = jarWith();
    const result = await own.write(fitting, { ...cookie, name: name(4096, await written(own)) }, state);
    expect(result).toEqual({ ok: true, value: null });
    expect(fitting.set).toHaveBeenCalledTimes(1);

    const tooLong = jarWith();
    const refused = await own.write(tooLong, { ...cookie, name: name(4097, await written(own)) }, state);
    expect(refused).toEqual({ ok: false, code: "PAYLOAD_TOO_LARGE" });
    expect(tooLong.set).not.toHaveBeenCalled();
  });

  if (!protects) {
    test("a plain cookie written by its sender is accepted", async () => {
      const forged = (await written(own)).replace("alice", "admin");
      expect(await read(own, forged)).toEqual({ ok: true, value: { ...state, user: "admin" } });
    });
    return;
  }

  test("[ASVS 9.1.1] a value changed at any position is INVALID_CREDENTIAL", async () => {
    const value = await written(own);
    for (const spelling of changedSpellings(value)) {
      expect([spelling, await read(own, spelling)]).toMatchObject([spelling, invalid]);
    }
    expect(await read(own, value)).toMatchObject({ ok: true });
  });

  test("another spelling of the same bytes, or text behind it, is INVALID_CREDENTIAL", async () => {
    const value = await written(own);
    const respelt = otherSpellings(value);
    expect(respelt.length).toBeGreaterThan(0);
    for (const spelling of [...respelt, `${value}~2`, `${value}2`, `${value}.x`, `${value}\n`]) {
      expect([spelling, await read(own, spelling)]).toMatchObject([spelling, invalid]);
    }
  });

  test("a cookie with a rewritten address is INVALID_CREDENTIAL", async () => {
    for (const [elsewhere, from, to] of [
      [at({ ...here, lab: "other" }, [1]), "other.variant", "lab.variant"],
      [at({ ...here, variant: "other" }, [1]), "lab.other", "lab.variant"],
    ] as const) {
      const value = (await written(elsewhere)).replace(from, to);
      expect(await read(own, value)).toMatchObject(invalid);
    }
  });

  test("the newest key generation writes; an older one is read only while it is accepted", async () => {
    const [both, second] = [at(here, [2, 1]), at(here, [2])];
    const [old, next] = [await written(own), await written(both)];
    expect(await read(both, old)).toMatchObject({ ok: true });
    expect(await read(both, next)).toMatchObject({ ok: true });
    expect(await read(second, next)).toMatchObject({ ok: true });
    expect(await read(second, old)).toMatchObject(invalid);
    expect(await read(own, next)).toMatchObject(invalid);
  });
}

const invalid = { ok: false, code: "INVALID_CREDENTIAL" } as const;

export async function written(by: CookieState, what: object = state): Promise<string> {
  const jar = jarWith();
  expect(await by.write(jar, cookie, what)).toEqual({ ok: true, value: null });
  return jar.value;
}

export function read(by: CookieState, value: string): Promise<Result<object>> {
  return by.read(jarWith(value), cookie, isAnything);
}

function isAnything(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function jarWith(value = ""): Jar {
  const jar: Jar = {
    value,
    fits: fitsIntoCookie,
    get: (name) => (name === cookie.name && jar.value ? { name, value: jar.value } : undefined),
    set: vi.fn((_name: string, given: string, _attributes: CookieAttributes) => {
      jar.value = given;
    }),
  };
  return jar;
}
