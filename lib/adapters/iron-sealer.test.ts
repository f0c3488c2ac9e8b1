import { expect, test, vi } from "vitest";
import type { CookieAttributes, CookieJar } from "../core/flow.ts";
import { day } from "../core/time.ts";
import { changedSpellings, otherSpellings } from "../testing/changed-spellings.ts";
import { createIronSealer } from "./iron-sealer.ts";

const cookie = { name: "__Host-test", path: "/", httpOnly: true, secure: true, sameSite: "lax" } as const;
const passwords = { 1: "the password of the first generation", 2: "the password of the second generation" };
const first = { 1: passwords[1] };
const sealer = createIronSealer({ address: "lab.variant", passwords: first });
const state = { user: "alice", nested: { count: 3, list: [1, null, "ü"] } };

type Jar = CookieJar & { value: string; set: ReturnType<typeof vi.fn<CookieJar["set"]>> };

function jarWith(value = ""): Jar {
  const jar: Jar = {
    value,
    get: (name) => (name === cookie.name && jar.value ? { name, value: jar.value } : undefined),
    set: vi.fn((_name: string, given: string, _attributes: CookieAttributes) => {
      jar.value = given;
    }),
  };
  return jar;
}

async function sealed(by = sealer): Promise<string> {
  const jar = jarWith();
  expect(await by.seal(jar, cookie, state)).toEqual({ ok: true, value: null });
  return jar.value;
}

const open = (value: string, by = sealer) => by.open(jarWith(value), cookie);
const invalid = { ok: false, code: "INVALID_CREDENTIAL" };

test("what was sealed comes out, field for field", async () => {
  expect(await open(await sealed())).toEqual({ ok: true, value: state });
});

test("a seal goes into the jar once, with the cookie's own attributes", async () => {
  const jar = jarWith();
  await sealer.seal(jar, { ...cookie, maxAge: 60 }, state);
  const { name, ...attributes } = cookie;
  expect(jar.set.mock.calls).toEqual([[name, jar.value, { ...attributes, maxAge: 60 }]]);
});

test("looking sets nothing", async () => {
  const jar = jarWith(await sealed());
  await sealer.open(jar, cookie);
  expect(jar.set).not.toHaveBeenCalled();
});

test("no cookie is NO_CREDENTIAL", async () => {
  expect(await open("")).toEqual({ ok: false, code: "NO_CREDENTIAL" });
});

test("anything that is no seal of ours is INVALID_CREDENTIAL", async () => {
  const [, , seal] = /^(lab\.variant)\.(.*)$/.exec(await sealed()) ?? [];
  const strangers = ["x", "lab.variant", "lab.variant.", "lab.variant.Fe26.2*", "lab.variant.Fe26.2*1***~2", `${seal}`];
  for (const value of strangers) expect([value, await open(value)]).toEqual([value, invalid]);
});

test("a changed seal is INVALID_CREDENTIAL, wherever it was changed", async () => {
  const value = await sealed();
  for (const spelling of changedSpellings(value)) expect([spelling, await open(spelling)]).toEqual([spelling, invalid]);
  expect(await open(value)).toMatchObject({ ok: true });
});

test("a seal has one spelling: other texts of the same bytes, and anything behind it, are INVALID_CREDENTIAL", async () => {
  const value = await sealed();
  const respelt = otherSpellings(value);
  expect(respelt.length).toBeGreaterThan(0);
  for (const spelling of [...respelt, `${value}~2`, `${value}2`, `${value}.x`, `${value}\n`]) {
    expect([spelling, await open(spelling)]).toEqual([spelling, invalid]);
  }
});

test("another variant's, another lab's and another key's seal are INVALID_CREDENTIAL", async () => {
  const value = await sealed();
  const elsewhere = (address: string, keys: Record<string, string>) => createIronSealer({ address, passwords: keys });
  expect(await open(value, elsewhere("lab.other", first))).toEqual(invalid);
  expect(await open(value, elsewhere("other.variant", first))).toEqual(invalid);
  expect(await open(value, elsewhere("lab.variant", { 1: passwords[2] }))).toEqual(invalid);
  // The address alone is not what keeps them apart.
  const others = elsewhere("lab.other", { 1: passwords[2] });
  expect(await open((await sealed(others)).replace("lab.other", "lab.variant"))).toEqual(invalid);
});

test("the newest generation seals; an older one opens while it is there, and then no more", async () => {
  const both = createIronSealer({ address: "lab.variant", passwords });
  const second = createIronSealer({ address: "lab.variant", passwords: { 2: passwords[2] } });
  const [old, next] = [await sealed(), await sealed(both)];
  expect(next).toMatch(/^lab\.variant\.Fe26\.2\*2\*/);
  expect(await open(old, both)).toMatchObject({ ok: true });
  expect(await open(next, both)).toMatchObject({ ok: true });
  expect(await open(next, second)).toMatchObject({ ok: true });
  expect(await open(old, second)).toEqual(invalid);
  expect(await open(next)).toEqual(invalid);
});

test("a seal has no lifetime of its own: when a login ends is the flow's decision, on the lab's clock", async () => {
  const value = await sealed();
  vi.useFakeTimers({ now: Date.now() + 400 * day, toFake: ["Date"] });
  try {
    expect(await open(value)).toMatchObject({ ok: true });
  } finally {
    vi.useRealTimers();
  }
});

test("[ASVS 3.3.5] name and value of 4096 bytes together are set, and one more is PAYLOAD_TOO_LARGE", async () => {
  // Sealing the same state again gives another text of the same length.
  const name = (bytes: number, value: string) => "n".repeat(bytes - value.length);
  const fitting = jarWith();
  const result = await sealer.seal(fitting, { ...cookie, name: name(4096, await sealed()) }, state);
  expect(result).toEqual({ ok: true, value: null });
  expect(fitting.set).toHaveBeenCalledTimes(1);

  const tooLong = jarWith();
  const refused = await sealer.seal(tooLong, { ...cookie, name: name(4097, await sealed()) }, state);
  expect(refused).toEqual({ ok: false, code: "PAYLOAD_TOO_LARGE" });
  expect(tooLong.set).not.toHaveBeenCalled();
});
