import { describe, expect, test } from "vitest";
import { type Clock, minute } from "../core/time.ts";
import { cookieEncodings } from "./cookie-encodings.ts";
import { deriveLabKeys, type LabKeys } from "./derived-keys.ts";
import { createJoseSigner } from "./jose-signer.ts";
import { createProofs, type ProofPlace, type Proofs } from "./proofs.ts";

const place: ProofPlace = { labId: "lab", variant: "memory-jwt/rotating", keys: "1 mark", settings: "as they come" };
const proved = { sub: "alice" };

function remembering(kept: ProofPlace, use = "at+jwt", credential = "a.b.c"): Proofs {
  const proofs = createProofs();
  proofs.at(kept).tokens.keep(use, credential, proved);
  return proofs;
}

describe("a remembered proof", () => {
  test("is found for the same credential in the same place", () => {
    expect(
      remembering(place)
        .at({ ...place })
        .tokens.find("at+jwt", "a.b.c"),
    ).toEqual(proved);
  });

  test.for([
    ["another lab", { labId: "lab2" }],
    ["another variant", { variant: "memory-jwt/es256" }],
    ["other keys", { keys: "2 mark" }],
    ["a key of another secret", { keys: "1 other" }],
    ["other settings of the lab", { settings: "changed" }],
  ] as const)("is none for %s", ([, other]) => {
    expect(
      remembering(place)
        .at({ ...place, ...other })
        .tokens.find("at+jwt", "a.b.c"),
    ).toBeUndefined();
  });

  test("is none for another use, for another credential, and for another kind of credential", () => {
    const here = remembering(place).at(place);
    expect(here.tokens.find("login+jwt", "a.b.c")).toBeUndefined();
    expect(here.tokens.find("at+jwt", "a.b.c ")).toBeUndefined();
    expect(here.tokens.find("at+jwt", "a.b.d")).toBeUndefined();
    expect(here.states.find("at+jwt", "a.b.c")).toBeUndefined();
  });

  test("is gone with its lab, and leaves those of others", () => {
    const proofs = remembering(place);
    proofs.at({ ...place, labId: "other" }).states.keep("sealed", "a seal", {});
    proofs.forget(new Set(["lab"]));
    expect([proofs.count(), proofs.at(place).tokens.find("at+jwt", "a.b.c")]).toEqual([1, undefined]);
  });

  test("cannot be changed by whoever found it", () => {
    const proofs = createProofs();
    proofs.at(place).states.keep("sealed", "a seal", { user: { role: "user" } });
    const found = Object(proofs.at(place).states.find("sealed", "a seal"));
    expect(() => Object.assign(found.user, { role: "admin" })).toThrow(TypeError);
  });

  test("makes way for newer ones, by their number and by their bytes", () => {
    const few = createProofs({ count: 3, bytes: 100_000 });
    const small = createProofs({ count: 100, bytes: 2000 });
    for (let n = 0; n < 20; n += 1) {
      few.at(place).states.keep("sealed", `seal ${n}`, { n });
      small.at(place).states.keep("sealed", `seal ${n}`, { n, text: "x".repeat(500) });
    }
    expect(few.count()).toBe(3);
    expect(small.count()).toBe(3);
    expect(few.at(place).states.find("sealed", "seal 19")).toEqual({ n: 19 });
  });
});

describe("a token whose signature was found good before", () => {
  const clock = { at: 1_800_000_000_000, now: () => clock.at };
  const keys = keysOf("a secret of the application");
  const claims = {
    ...{ subject: "u", jti: "j", issuedAt: clock.at, expiresAt: clock.at + 5 * minute, version: 0 },
    ...{ identity: { username: "alice", displayName: "Alice", role: "user" } as const, authenticatedAt: clock.at },
  };

  function signerWith(proofs: Proofs, by: LabKeys = keys, at: Clock = clock) {
    const { tokens } = proofs.at({ ...place, keys: by.name });
    const options = { issuer: "https://x.example/lab", variant: place.variant, skew: 0, clock: at, proofs: tokens };
    return createJoseSigner({ keys: by.signing("EdDSA"), ...options });
  }

  test("is refused at its exp, on the clock of that request", async () => {
    const proofs = createProofs();
    const token = await signerWith(proofs).sign("at+jwt", claims);
    expect(await signerWith(proofs).verify("at+jwt", token)).toMatchObject({ ok: true });
    expect(proofs.count()).toBe(1);
    const late = { now: () => claims.expiresAt };
    expect(await signerWith(proofs, keys, late).verify("at+jwt", token)).toMatchObject({ code: "EXPIRED" });
    const early = { now: () => claims.issuedAt - 1000 };
    expect(await signerWith(proofs, keys, early).verify("at+jwt", token)).toMatchObject({ code: "INVALID_CREDENTIAL" });
  });

  test("is refused for another purpose, with other keys, and in another spelling", async () => {
    const proofs = createProofs();
    const token = await signerWith(proofs).sign("at+jwt", claims);
    await signerWith(proofs).verify("at+jwt", token);
    const others = keysOf("another secret of the application");
    expect(await signerWith(proofs).verify("login+jwt", token)).toMatchObject({ at: "typ" });
    expect(await signerWith(proofs, others).verify("at+jwt", token)).toMatchObject({ at: "key" });
    expect(await signerWith(proofs).verify("at+jwt", `${token}=`)).toMatchObject({ at: "spelling" });
    expect(proofs.count()).toBe(1);
  });

  test("was not remembered if it was refused", async () => {
    const proofs = createProofs();
    const token = await signerWith(proofs).sign("at+jwt", claims);
    const [head, body] = token.split(".");
    for (const refused of [`${head}.${body}.AAAA`, `${head}.e30.AAAA`, "a.b.c", ""])
      expect(await signerWith(proofs).verify("at+jwt", refused)).toMatchObject({ code: "INVALID_CREDENTIAL" });
    await signerWith(proofs, keys, { now: () => claims.expiresAt }).verify("at+jwt", token);
    expect(proofs.count()).toBe(0);
  });
});

describe.for(["signed", "sealed"] as const)("a %s value that was opened before", (encoding) => {
  const keys = keysOf("a secret of the application");
  const encodingWith = (proofs: Proofs, by = keys) =>
    cookieEncodings[encoding]({
      ...{ address: "lab.variant", variant: "cookie/x", keys: by },
      proofs: proofs.at({ ...place, keys: by.name }).states,
    });

  test("has the same content, and changed by one letter it is refused", async () => {
    const proofs = createProofs();
    const text = await encodingWith(proofs).encode({ user: "alice" });
    for (let time = 0; time < 2; time += 1)
      expect(await encodingWith(proofs).decode(text)).toEqual({ ok: true, value: { user: "alice" } });
    expect(proofs.count()).toBe(1);
    const changed = `${text.slice(0, 20)}${text[20] === "A" ? "B" : "A"}${text.slice(21)}`;
    expect(await encodingWith(proofs).decode(changed)).toMatchObject({ code: "INVALID_CREDENTIAL" });
    expect(proofs.count()).toBe(1);
  });

  test("is refused under another secret", async () => {
    const proofs = createProofs();
    const text = await encodingWith(proofs).encode({ user: "alice" });
    await encodingWith(proofs).decode(text);
    const others = keysOf("another secret of the application");
    expect(await encodingWith(proofs, others).decode(text)).toMatchObject({ code: "INVALID_CREDENTIAL" });
  });
});

test("keys of another generation, salt or secret have another name", () => {
  const names = [
    keysOf("a secret of the application").name,
    keysOf("another secret of the application").name,
    keysOf("a secret of the application", { salt: "other" }).name,
    keysOf("a secret of the application", { generations: [2] }).name,
    keysOf("a secret of the application", { generations: [2, 1] }).name,
  ];
  expect(new Set(names).size).toBe(names.length);
});

function keysOf(secret: string, change: Partial<Parameters<typeof deriveLabKeys>[0]> = {}): LabKeys {
  return deriveLabKeys({ secrets: [secret], labId: "lab", salt: "salt", generations: [1], ...change });
}
