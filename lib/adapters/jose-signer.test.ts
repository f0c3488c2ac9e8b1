import { createSecretKey, generateKeyPairSync, randomBytes } from "node:crypto";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { tokenSteps } from "../core/decoding.ts";
import type { TokenClaims } from "../core/ports.ts";
import type { TokenAlgorithm } from "../core/settings.ts";
import { otherSpellings } from "../testing/changed-spellings.ts";
import { createForge, otherSignature } from "../testing/token-forge.ts";
import { deriveLabKeys } from "./derived-keys.ts";
import { createJoseSigner, publicJwks } from "./jose-signer.ts";

const issuer = "https://login.test/api/labs/one";
const now = Date.UTC(2030, 0, 1);
const nowSeconds = now / 1000;
let time = now;
beforeEach(() => {
  time = now;
});

const options = { issuer, variant: "memory-jwt/rotating", skew: 0, clock: { now: () => time } };
const everyAlgorithm = ["EdDSA", "ES256", "HS256"] as const;
const keysFor = (algorithm: TokenAlgorithm, labId: string, generations: readonly [number, ...number[]] = [1]) =>
  deriveLabKeys({ secrets: ["a secret"], labId, salt: "salt", generations }).signing(algorithm);

const kidOf = (algorithm: TokenAlgorithm) => keysFor(algorithm, "one")[0].kid;
const kids = { EdDSA: kidOf("EdDSA"), ES256: kidOf("ES256"), HS256: kidOf("HS256") } as const;

const claims: TokenClaims = {
  subject: "alice-id",
  jti: "jti",
  issuedAt: now,
  expiresAt: now + 900_000,
  identity: { username: "alice", displayName: "Alice", role: "user" },
  version: 3,
  authenticatedAt: now - 1000,
  record: "record",
};

/** The token that each case changes in one place. It is accepted, so that one place is why a case is refused. */
const payload = {
  ...{ iss: issuer, aud: "loginscope", sub: "alice-id", jti: "jti", sid: "record", variant: "memory-jwt/rotating" },
  ...{ iat: nowSeconds, nbf: nowSeconds, exp: nowSeconds + 900, auth_time: nowSeconds - 1 },
  ...{ preferred_username: "alice", name: "Alice", role: "user", version: 3 },
};

/** A key of the same kind that belongs to another issuer. */
const attackers = {
  EdDSA: () => generateKeyPairSync("ed25519"),
  ES256: () => generateKeyPairSync("ec", { namedCurve: "P-256" }),
  HS256: () => ({ privateKey: createSecretKey(randomBytes(32)), publicKey: null }),
} as const;

const times = ["exp", "iat", "nbf", "auth_time"];

describe.for(everyAlgorithm)("%s", (alg) => {
  const keysOf = (labId: string, generations: readonly [number, ...number[]] = [1]) => keysFor(alg, labId, generations);
  const keys = keysOf("one");
  const signer = createJoseSigner({ ...options, keys });
  const header = { alg, typ: "at+jwt", kid: kids[alg] };
  const [{ privateKey, publicKey }] = keys;
  const { forge, signed, unsigned, hmac, withSignatureOf } = createForge({ header, payload, key: privateKey });
  const attacker = attackers[alg]();
  const attackerJwk = (attacker.publicKey ?? attacker.privateKey).export({ format: "jwk" });
  const others = everyAlgorithm.filter((other) => other !== alg);

  test("a token built by hand with the right key and every claim is accepted", async () => {
    expect(await verify(forge({}, {}))).toEqual({ ok: true, value: claims });
  });

  test("signed claims are read back, in whole seconds", async () => {
    const token = await signer.sign("at+jwt", { ...claims, issuedAt: now + 999 });
    expect(await verify(token)).toEqual({ ok: true, value: claims });
    const { record: _, ...without } = claims;
    expect(await verify(await signer.sign("at+jwt", without))).toEqual({ ok: true, value: without });
  });

  describe("[ASVS 9.1.2] [RFC 8725 3.1] [RFC 8725bis algorithm case] [WSTG-SESS-10] the server's algorithm decides, not the token's header", () => {
    const publicForms = Object.fromEntries(
      everyAlgorithm.flatMap((other) => {
        const [{ publicKey: published }] = keysFor(other, "one");
        if (!published) return [];
        const forms = {
          "raw bytes": Buffer.from(String(published.export({ format: "jwk" }).x), "base64url"),
          PEM: published.export({ format: "pem", type: "spki" }),
          DER: published.export({ format: "der", type: "spki" }),
          JWK: JSON.stringify(published.export({ format: "jwk" })),
        };
        return Object.entries(forms).map(([form, bytes]): [string, string | Buffer] => [
          `the ${other} key as ${form}`,
          bytes,
        ]);
      }),
    );
    refused({
      ...Object.fromEntries(
        ["none", "None", "NONE", "nOnE", ""].map((alg) => [`alg "${alg}" without a signature`, unsigned({ alg })]),
      ),
      "alg none with a good signature": forge({ alg: "none" }, {}),
      "no alg": forge({ alg: undefined }, {}),
      ...Object.fromEntries(Object.entries(publicForms).map(([form, secret]) => [`HS256 with ${form}`, hmac(secret)])),
      "HS256 with nothing": hmac(""),
      "HS256 with the kid": hmac(kids[alg]),
      ...Object.fromEntries(
        [...others, "Ed25519", "ES256K", "HS512", alg.toLowerCase()].map((name) => [
          `a good signature called ${name}`,
          forge({ alg: name }, {}),
        ]),
      ),
      // One key, one algorithm (RFC 8725 §3.1): a lab has keys of the other kinds, and none of them counts here.
      ...Object.fromEntries(
        others.flatMap((other) => {
          const [{ privateKey: foreign }] = keysFor(other, "one");
          return [
            [`this lab's ${other} key under its own name`, forge({ alg: other, kid: kids[other] }, {}, foreign)],
            [`this lab's ${other} key under our kid`, forge({ alg: other }, {}, foreign)],
            [`this lab's ${other} key, called ${alg}`, forge({}, {}, foreign)],
          ];
        }),
      ),
      "a stripped signature": unsigned({}),
      "another token's signature": withSignatureOf(forge({}, { role: "admin" })),
    });
  });

  describe("[ASVS 9.1.3] [RFC 8725 3.10] [WSTG-SESS-10] keys come from the server's own list, never from the token", () => {
    const withAttacker = (extra: object) => forge(extra, {}, attacker.privateKey);
    refused({
      "an unknown kid": forge({ kid: `${kids[alg]}0` }, {}),
      "no kid": forge({ kid: undefined }, {}),
      "a kid that is no text": forge({ kid: 1 }, {}),
      "a kid that is a property of every object": forge({ kid: "__proto__" }, {}),
      "a kid that is a path": forge({ kid: "../../dev/null" }, {}),
      "another key under our kid": withAttacker({}),
      "another lab's key of the same kid": forge({}, {}, keysOf("two")[0].privateKey),
      "a key that the token brings as jwk": withAttacker({ jwk: attackerJwk }),
      "a key that the token brings as jwk, without a kid": withAttacker({ jwk: attackerJwk, kid: undefined }),
      "a key that the token points to by jku": withAttacker({ jku: "https://attacker.test/jwks" }),
      "a key that the token points to by x5u": withAttacker({ x5u: "https://attacker.test/x5u", kid: undefined }),
      "a certificate that the token brings as x5c": withAttacker({
        x5c: [attacker.publicKey?.export({ format: "der", type: "spki" }).toString("base64") ?? "AAAA"],
      }),
      "an extension that must be understood": forge({ crit: ["jwk"], jwk: attackerJwk }, {}),
      "an unencoded payload": forge({ crit: ["b64"], b64: false }, {}),
    });

    test("verifying a token fetches no address", async () => {
      const fetched = vi.fn();
      vi.stubGlobal("fetch", fetched);
      expect(await verify(withAttacker({ jku: `${issuer}/jwks`, kid: "elsewhere" }))).toMatchObject({ ok: false });
      expect(fetched).not.toHaveBeenCalled();
    });
  });

  describe("[ASVS 9.2.2] [RFC 8725 3.11] [RFC 8725 3.12] a token counts only for its own type", () => {
    refused({
      "typ JWT": forge({ typ: "JWT" }, {}),
      "no typ": forge({ typ: undefined }, {}),
      "a refresh token's": forge({ typ: "rt+jwt" }, {}),
      "a list of types": forge({ typ: ["at+jwt"] }, {}),
    });

    test("a token of either type is refused as the other", async () => {
      const [access, login] = await Promise.all([signer.sign("at+jwt", claims), signer.sign("login+jwt", claims)]);
      expect(await signer.verify("login+jwt", access)).toEqual({ ok: false, code: "INVALID_CREDENTIAL", at: "typ" });
      expect(await signer.verify("at+jwt", login)).toEqual({ ok: false, code: "INVALID_CREDENTIAL", at: "typ" });
      expect(await signer.verify("login+jwt", login)).toEqual({ ok: true, value: claims });
    });
  });

  describe("[ASVS 9.2.3] [ASVS 10.3.1] [RFC 8725 3.8] [RFC 8725 3.9] [RFC 9700 2.3] issuer, audience and variant are exact", () => {
    refused({
      "another lab's iss": forge({}, { iss: "https://login.test/api/labs/two" }),
      "an iss that begins with ours": forge({}, { iss: `${issuer}/` }),
      "an iss in other letters": forge({}, { iss: issuer.toUpperCase() }),
      "an iss that is a list": forge({}, { iss: { 0: issuer } }),
      "another aud": forge({}, { aud: "elsewhere" }),
      "an aud that begins with ours": forge({}, { aud: "loginscope-admin" }),
      "a list of other audiences": forge({}, { aud: ["elsewhere"] }),
      "another variant": forge({}, { variant: "memory-jwt/user-version" }),
      "another flow's variant": forge({}, { variant: "hybrid/rotating" }),
    });
  });

  describe("[ASVS 9.2.1] a token counts between nbf and exp", () => {
    const expired = { exp: nowSeconds - 1 };

    test.for([expired, { exp: nowSeconds }, { exp: 0 }])("%o is EXPIRED", async (past) => {
      expect(await verify(forge({}, past))).toEqual({ ok: false, code: "EXPIRED", at: "exp" });
    });

    test("a second before its exp it is accepted", async () => {
      expect(await verify(forge({}, { exp: nowSeconds + 1 }))).toMatchObject({ ok: true });
    });

    test("the signer judges time by its clock", async () => {
      const token = await signer.sign("at+jwt", claims);
      time = claims.expiresAt - 1;
      expect(await verify(token)).toMatchObject({ ok: true });
      time = claims.expiresAt;
      expect(await verify(token)).toEqual({ ok: false, code: "EXPIRED", at: "exp" });
      time = claims.issuedAt - 1;
      expect(await verify(token)).toEqual({ ok: false, code: "INVALID_CREDENTIAL", at: "nbf" });
    });

    test("a token that begins within the clock skew is accepted, a later one is refused, and exp has no tolerance", async () => {
      const tolerant = createJoseSigner({ ...options, keys, skew: 5000 });
      const outcome = async (change: object) => {
        const verified = await tolerant.verify("at+jwt", await forge({}, change));
        return verified.ok ? "accepted" : verified.code;
      };
      expect(await outcome({ nbf: nowSeconds + 5 })).toBe("accepted");
      expect(await outcome({ nbf: nowSeconds + 6 })).toBe("INVALID_CREDENTIAL");
      expect(await outcome({ exp: nowSeconds })).toBe("EXPIRED");
      expect(await outcome({ exp: nowSeconds - 4 })).toBe("EXPIRED");
    });

    refused({
      "nbf in the future": forge({}, { nbf: nowSeconds + 1 }),
      "iat in the future": forge({}, { iat: nowSeconds + 3600 }),
      "auth_time in the future": forge({}, { auth_time: nowSeconds + 3600 }),
      ...Object.fromEntries(
        [...times, "version"].flatMap((claim) =>
          [1e300, -1].map((value) => [`${claim} of ${value}`, forge({}, { [claim]: value })]),
        ),
      ),
      ...Object.fromEntries(times.map((claim) => [`${claim} of 9e12`, forge({}, { [claim]: 9e12 })])),
      "exp after the year 9999": forge({}, { exp: 253_402_300_800 }),
      "half a version": forge({}, { version: 0.5 }),
      "expired, and signed by somebody else": forge({}, expired, attacker.privateKey),
      "expired, and of another type": forge({ typ: "login+jwt" }, expired),
      "expired, and of another lab": forge({}, { ...expired, iss: "https://login.test/api/labs/two" }),
    });
  });

  describe("a missing claim or one of another type is refused", () => {
    const { sid: _, ...required } = payload;
    refused({
      ...Object.fromEntries(Object.keys(required).map((name) => [`no ${name}`, forge({}, { [name]: undefined })])),
      ...Object.fromEntries(Object.keys(required).map((name) => [`${name} is null`, forge({}, { [name]: null })])),
      ...Object.fromEntries(Object.keys(required).map((name) => [`${name} is a list`, forge({}, { [name]: [[]] })])),
      "exp as text": forge({}, { exp: String(payload.exp) }),
      "nbf as text": forge({}, { nbf: String(payload.nbf) }),
      "an unknown role": forge({}, { role: "root" }),
      "version as text": forge({}, { version: "3" }),
      "a payload that is a list": signed(header, [payload]),
      "a payload that is a text": signed(header, "alice"),
      "a payload that is nothing": signed(header, null),
    });
  });

  describe("[RFC 8725 2.6] [RFC 8725bis json] there is one serialisation and one spelling", () => {
    const good = forge({}, {});
    const [protectedHeader = "", body = "", signature = ""] = good.split(".");
    refused({
      "flattened JSON": JSON.stringify({ protected: protectedHeader, payload: body, signature }),
      "general JSON": JSON.stringify({ payload: body, signatures: [{ protected: protectedHeader, signature }] }),
      "five parts, as if encrypted": `${good}.a.b`,
      nothing: "",
      "three words": "a.b.c",
      "a space in front": ` ${good}`,
      "a space behind": `${good} `,
      "a line break behind": `${good}\n`,
      "a line break inside": `${protectedHeader}.\n${body}.${signature}`,
      padding: `${good}==`,
      "padding in the middle": `${protectedHeader}=.${body}.${signature}`,
      "the other alphabet": `${protectedHeader}.${body}.${Buffer.from(signature, "base64url").toString("base64").replaceAll("=", "")}+`,
      "a signature that is longer": `${good}AAAA`,
      ...Object.fromEntries(otherSpellings(good).map((text, index) => [`the same bytes, spelling ${index + 2}`, text])),
    });

    test("the refused spellings do decode to the same bytes", () => {
      const bytes = (token: string) => token.split(".").map((part) => Buffer.from(part, "base64url").toString("hex"));
      expect(otherSpellings(good).length).toBeGreaterThan(0);
      for (const spelling of otherSpellings(good)) expect(bytes(spelling)).toEqual(bytes(good));
    });
  });

  describe("keys in rotation", () => {
    test("the newest key signs; an older one verifies only while it is listed", async () => {
      const old = await signer.sign("at+jwt", claims);
      const overlap = createJoseSigner({ ...options, keys: keysOf("one", [2, 1]) });
      const next = await overlap.sign("at+jwt", claims);
      expect(await overlap.verify("at+jwt", old)).toMatchObject({ ok: true });
      expect(await overlap.verify("at+jwt", next)).toMatchObject({ ok: true });
      expect(await verify(next)).toEqual({ ok: false, code: "INVALID_CREDENTIAL", at: "key" });
      const alone = createJoseSigner({ ...options, keys: keysOf("one", [2]) });
      expect(await alone.verify("at+jwt", next)).toMatchObject({ ok: true });
      expect(await alone.verify("at+jwt", old)).toEqual({ ok: false, code: "INVALID_CREDENTIAL", at: "key" });
    });

    test("the public set has only the public half of each key", async () => {
      const { keys: published } = await publicJwks(keysOf("one", [2, 1]));
      const members = {
        EdDSA: { kty: "OKP", crv: "Ed25519", x: expect.any(String) },
        ES256: { kty: "EC", crv: "P-256", x: expect.any(String), y: expect.any(String) },
        HS256: null,
      }[alg];
      const rows = members
        ? [2, 1].map((n) => ({ ...members, kid: kids[alg].replace("-1-", `-${n}-`), alg, use: "sig" }))
        : [];
      expect(published).toEqual(rows);
      expect(published[1]?.x).toBe(publicKey?.export({ format: "jwk" }).x);
    });
  });

  /** Each case is a token that has to be INVALID_CREDENTIAL. */
  function refused(tokens: Readonly<Record<string, string>>): void {
    test.for(Object.entries(tokens))("%s", async ([, token]) => {
      const refusal = await verify(token);
      expect(refusal).toMatchObject({ ok: false, code: "INVALID_CREDENTIAL" });
      const { steps, making, result } = await signer.explain("at+jwt", token);
      expect(result).toEqual(refusal);
      // How a stranger made it nobody knows.
      expect(making).toEqual([]);
      // The step that refused is the last, and those before it are all that come before it.
      expect(steps.map(({ step }) => step)).toEqual(tokenSteps.slice(0, steps.length));
      expect(steps.map(({ ok }) => ok)).toEqual(steps.map((_, index) => index < steps.length - 1));
      expect(steps.at(-1)?.step).toBe(refusal.ok ? null : refusal.at);
    });
  }

  /** Each case fails at two steps: the earlier one is the one that refuses, so the order is the server's own. */
  test.for<[string, string]>([
    ["spelling", `${forge({ alg: "none" }, {})}=`],
    ["header", signed({ ...header, alg: "none", crit: ["nonesuch"] }, payload)],
    ["algorithm", forge({ alg: "none", kid: "elsewhere" }, {})],
    ["key", forge({ kid: "elsewhere" }, {}, attacker.privateKey)],
    ["signature", forge({ typ: "JWT" }, {}, attacker.privateKey)],
    ["payload", signed({ ...header, typ: "JWT" }, [payload])],
    ["typ", forge({ typ: "JWT" }, { exp: undefined })],
    ["claims", forge({}, { exp: undefined, iss: "elsewhere" })],
    ["iss", forge({}, { iss: "elsewhere", aud: "elsewhere" })],
    ["aud", forge({}, { aud: "elsewhere", nbf: nowSeconds + 1 })],
    ["nbf", forge({}, { nbf: nowSeconds + 1, exp: nowSeconds - 1 })],
    ["exp", forge({}, { exp: nowSeconds - 1, role: "root" })],
    ["shape", forge({}, { role: "root", variant: "elsewhere" })],
    ["variant", forge({}, { variant: "memory-jwt/other" })],
  ])("[RFC 8725 3.3] the step %s refuses, and later steps are not run", async ([step, token]) => {
    expect(await verify(token)).toMatchObject({ ok: false, at: step });
  });

  test("an accepted token has passed every step, each shown with its value and the expected one", async () => {
    const { steps } = await signer.explain("at+jwt", forge({}, {}));
    expect(steps.map(({ step, ok }) => [step, ok])).toEqual(tokenSteps.map((step) => [step, true]));
    expect(steps).toContainEqual({ step: "algorithm", value: alg, wanted: alg, ok: true });
    expect(steps).toContainEqual({ step: "iss", value: issuer, wanted: issuer, ok: true });
  });

  test("how a token was made is told step by step, from its JSON to the token, with the signature shortened", async () => {
    for (const token of [forge({}, {}), forge({}, { exp: nowSeconds - 1 })]) {
      const { making } = await signer.explain("at+jwt", token);
      const [head = "", body = "", signature = ""] = token.split(".");
      const shortened = `${signature.slice(0, 4)}…${signature.slice(-4)}`;
      const [serialise, ...rest] = making;
      expect(serialise?.step).toBe("serialise");
      const said = (serialise?.value ?? "").split(" and ");
      expect(said.map((json) => Buffer.from(json).toString("base64url"))).toEqual([head, body]);
      expect(rest).toEqual([
        { step: "base64url", value: `${head} and ${body}` },
        { step: "sign", value: `${shortened}, ${alg} with key ${kids[alg]}` },
        { step: "join", value: `${head}.${body}.${shortened}` },
      ]);
      expect(JSON.stringify(making)).not.toContain(signature);
    }
  });

  function verify(token: string) {
    return signer.verify("at+jwt", token);
  }
});

describe("[RFC 7518 3.2] [RFC 8725 3.5] a secret is as long as the hash", () => {
  const secretOf = (bytes: number) => ({
    ...{ kid: "hs256-1", algorithm: "HS256" as const, publicKey: null },
    privateKey: createSecretKey(randomBytes(bytes)),
  });

  test.for([0, 1, 16, 31])("a secret of %i bytes makes no signer", (bytes) => {
    const short = () => createJoseSigner({ ...options, keys: [secretOf(bytes)] });
    expect(short).toThrow(`hs256-1 has ${bytes} bytes; a secret for HS256 has at least 32`);
  });

  test("a short secret makes no signer even if it only verifies", () => {
    const [good] = keysFor("HS256", "one");
    expect(() => createJoseSigner({ ...options, keys: [good, secretOf(31)] })).toThrow("31 bytes");
    expect(createJoseSigner({ ...options, keys: [good, secretOf(32)] })).toBeDefined();
  });
});

test("[ASVS 9.1.2] [RFC 8725 3.1] keys for several algorithms make no signer", () => {
  const [secret] = keysFor("HS256", "one");
  const [published] = keysFor("EdDSA", "one");
  const mixed = () => createJoseSigner({ ...options, keys: [published, secret] });
  expect(mixed).toThrow(`${kids.HS256} is for HS256, beside keys for EdDSA`);
});

test("an ES256 token has a second valid signature: it is named by its jti, not by its text", async () => {
  const signer = createJoseSigner({ ...options, keys: keysFor("ES256", "one") });
  const token = await signer.sign("at+jwt", claims);
  const twin = otherSignature(token);
  expect(twin).not.toBe(token);
  expect(await signer.verify("at+jwt", twin)).toEqual(await signer.verify("at+jwt", token));
});
