import { createSecretKey, generateKeyPairSync, randomBytes } from "node:crypto";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { tokenSteps } from "../core/decoding.ts";
import type { TokenClaims } from "../core/ports.ts";
import type { TokenAlgorithm } from "../core/settings.ts";
import { algorithmCases } from "../features/attacks/forgery/cases/algorithm.ts";
import { claimCases } from "../features/attacks/forgery/cases/claims.ts";
import { extensionCases } from "../features/attacks/forgery/cases/extensions.ts";
import { keyCases } from "../features/attacks/forgery/cases/keys.ts";
import { signatureCases } from "../features/attacks/forgery/cases/signature.ts";
import { spellingCases } from "../features/attacks/forgery/cases/spelling.ts";
import { type ForgeryCase, materialFor } from "../features/attacks/forgery/forgery-case.ts";
import type { LabKeyRing } from "../features/attacks/forgery/lab-key-ring.ts";
import { otherSpellings } from "../features/attacks/forgery/other-spellings.ts";
import { createForge, otherSignature } from "../features/attacks/forgery/token-writer.ts";
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

const newestOf = (labId: string) => ({
  EdDSA: keysFor("EdDSA", labId)[0],
  ES256: keysFor("ES256", labId)[0],
  HS256: keysFor("HS256", labId)[0],
});
const ring: LabKeyRing = { tokens: newestOf("one"), elsewhere: newestOf("two"), cookie: {}, seal: {} };

/** The cases of these names. Throws if there is none of one. */
function named(cases: readonly ForgeryCase[], ...ids: readonly string[]): readonly ForgeryCase[] {
  return ids.map((id) => {
    const found = cases.find((each) => each.id === id);
    if (!found) throw new Error(`There is no case ${id}`);
    return found;
  });
}

describe.for(everyAlgorithm)("%s", (alg) => {
  const keysOf = (labId: string, generations: readonly [number, ...number[]] = [1]) => keysFor(alg, labId, generations);
  const keys = keysOf("one");
  const signer = createJoseSigner({ ...options, keys });
  const header = { alg, typ: "at+jwt", kid: kids[alg] };
  const [{ privateKey, publicKey }] = keys;
  const { forge, signed } = createForge({ header, payload, key: privateKey });
  const attacker = attackers[alg]();

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
    refused(algorithmCases);
  });

  describe("[RFC 8725 3.2] a signature covers every byte, and is a number in its range", () => {
    refused(signatureCases);
  });

  describe("[RFC 8725 3.3] other forms of a token, and extensions that were not asked for, are refused", () => {
    refused(extensionCases);
  });

  describe("[ASVS 9.1.3] [RFC 8725 3.10] [WSTG-SESS-10] keys come from the server's own list, never from the token", () => {
    refused(keyCases);

    test("verifying a token fetches no address", async () => {
      const fetched = vi.fn();
      vi.stubGlobal("fetch", fetched);
      expect(await verify(forge({ jku: `${issuer}/jwks`, kid: "elsewhere" }, {}, attacker.privateKey))).toMatchObject({
        ok: false,
      });
      expect(fetched).not.toHaveBeenCalled();
    });
  });

  describe("[ASVS 9.2.2] [RFC 8725 3.11] [RFC 8725 3.12] a token counts only for its own type", () => {
    refused(named(claimCases, "typ"));

    test("a token of either type is refused as the other", async () => {
      const [access, login] = await Promise.all([signer.sign("at+jwt", claims), signer.sign("login+jwt", claims)]);
      expect(await signer.verify("login+jwt", access)).toEqual({ ok: false, code: "INVALID_CREDENTIAL", at: "typ" });
      expect(await signer.verify("at+jwt", login)).toEqual({ ok: false, code: "INVALID_CREDENTIAL", at: "typ" });
      expect(await signer.verify("login+jwt", login)).toEqual({ ok: true, value: claims });
    });
  });

  describe("[ASVS 9.2.3] [ASVS 10.3.1] [RFC 8725 3.8] [RFC 8725 3.9] [RFC 9700 2.3] issuer, audience and variant are exact", () => {
    refused(named(claimCases, "iss", "aud", "variant"));
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

    refused(named(claimCases, "ended", "from-the-future", "no-time", "ended-elsewhere"));
  });

  describe("a missing claim or one of another type is refused", () => {
    refused(named(claimCases, "claim-missing", "claim-text", "no-claims", "no-time"));
  });

  describe("[RFC 8725 2.6] [RFC 8725bis json] there is one serialisation and one spelling", () => {
    const good = forge({}, {});
    refused(spellingCases);

    test("an empty text is no token", async () => {
      expect(await verify("")).toEqual({ ok: false, code: "INVALID_CREDENTIAL", at: "spelling" });
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

  /** Each token of each case that is about this algorithm is refused, with the code of the table. */
  function refused(cases: readonly ForgeryCase[]): void {
    const applying = cases.filter(({ about }) => about.includes(alg));
    test.for(applying.map((each) => [each.title, each] as const))("%s", async ([, forgery]) => {
      const forged = forgery.make(materialFor(forgery, { credential: forge({}, {}), form: alg, keys: ring }));
      if (forgery.id !== "other-spelling") expect(forged.length).toBeGreaterThan(0);
      for (const token of forged) {
        const refusal = await verify(token);
        expect(refusal).toMatchObject({ ok: false, code: forgery.expected });
        await expectStepsUpTo(token, refusal);
      }
    });
  }

  /** The step that refused is the last, and those before it are all that come before it. */
  async function expectStepsUpTo(token: string, refusal: Awaited<ReturnType<typeof verify>>): Promise<void> {
    const { steps, making, result } = await signer.explain("at+jwt", token);
    expect(result).toEqual(refusal);
    // How a stranger made it nobody knows. A token that has ended was made here.
    if (!refusal.ok && refusal.code !== "EXPIRED") expect(making).toEqual([]);
    expect(steps.map(({ step }) => step)).toEqual(tokenSteps.slice(0, steps.length));
    expect(steps.map(({ ok }) => ok)).toEqual(steps.map((_, index) => index < steps.length - 1));
    expect(steps.at(-1)?.step).toBe(refusal.ok ? null : refusal.at);
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
