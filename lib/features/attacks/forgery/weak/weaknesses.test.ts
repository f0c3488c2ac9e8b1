import { describe, expect, test } from "vitest";
import { deriveLabKeys } from "../../../../adapters/derived-keys.ts";
import { createHmacEncoding } from "../../../../adapters/hmac-encoding.ts";
import { createIronEncoding } from "../../../../adapters/iron-encoding.ts";
import { asAdmin, cookieParts, packed, stateIn } from "../cookie-parts.ts";
import { materialFor } from "../forgery-case.ts";
import type { LabKeyRing } from "../lab-key-ring.ts";
import type { CredentialForm } from "../model.ts";
import { forgeries, forgeriesOf } from "../table.ts";
import { algorithmOf, base64urlOf, partsOfToken } from "../token-parts.ts";
import { createForge } from "../token-writer.ts";
import { type WeaknessId, weaknesses } from "./weaknesses.ts";

const keysOf = (labId: string) => deriveLabKeys({ secrets: ["a secret"], labId, salt: "salt", generations: [1] });
const newestOf = ({ signing }: ReturnType<typeof keysOf>) => ({
  EdDSA: signing("EdDSA")[0],
  ES256: signing("ES256")[0],
  HS256: signing("HS256")[0],
});
const lab = keysOf("one");
const keys: LabKeyRing = {
  tokens: newestOf(lab),
  elsewhere: newestOf(keysOf("two")),
  cookie: lab.cookieSigning("cookie/signed")[0],
  seal: lab.sealing("cookie/sealed")[0],
};
const user = { id: "a1", username: "alice", displayName: "Alice", role: "user" };
const state = { user, version: 1, endsAt: Date.UTC(2030, 0, 1) };

/** A real credential of each form. Plain state has no verifier, and an id none that looks at its text alone. */
const real: Partial<Record<CredentialForm, string>> = {
  ...Object.fromEntries((["EdDSA", "ES256", "HS256"] as const).map((alg) => [alg, tokenOf(alg)])),
  "signed-cookie": `one.signed.${createHmacEncoding({ address: "one.signed", keys: keys.cookie }).encode(state)}`,
  "sealed-cookie": `one.sealed.${await createIronEncoding(keys.seal).encode(state)}`,
};

function tokenOf(alg: "EdDSA" | "ES256" | "HS256"): string {
  const { kid, privateKey: key } = keys.tokens[alg];
  const payload = { iss: "https://login.test/api/labs/one", aud: "loginscope", role: "user", iat: 1_800_000_000 };
  return createForge({ header: { alg, typ: "at+jwt", kid }, payload, key }).forge({}, {});
}

/** Each pair of a mistake and a form that a case of the table names. */
const pairs = Object.entries(real).flatMap(([form, credential]) => {
  const own = forgeriesOf(form as CredentialForm).flatMap(({ weakness }) =>
    typeof weakness === "string" ? weakness : [],
  );
  return [...new Set(own)].map((weakness) => ({ weakness, form: form as CredentialForm, credential }));
});

function accepts(weakness: WeaknessId, form: CredentialForm, credential: string): boolean {
  return weaknesses[weakness].accepts(credential, { form, keys, own: keys.tokens[algorithmOf(form)] });
}

/** Readers that verify nothing: they take what was changed, which is their mistake. */
const readers: readonly WeaknessId[] = ["decodes-only", "reads-unverified", "any-encoding"];

describe.for(pairs)("$weakness, $form", ({ weakness, form, credential }) => {
  test("takes the untouched credential", () => {
    expect(accepts(weakness, form, credential)).toBe(true);
  });

  test("refuses another content under the old signature, unless it is a reader that verifies nothing", () => {
    expect(accepts(weakness, form, changed(form, credential))).toBe(
      readers.includes(weakness) && form !== "sealed-cookie",
    );
  });

  test("takes a forgery of each case that names it", () => {
    const naming = forgeriesOf(form).filter((each) => each.weakness === weakness);
    expect(naming.length).toBeGreaterThan(0);
    for (const each of naming) {
      const made = each.make(materialFor(each, { credential, form, keys }));
      expect(
        made.some((forged) => accepts(weakness, form, forged)),
        each.id,
      ).toBe(true);
    }
  });
});

function changed(form: CredentialForm, credential: string): string {
  if (form === "sealed-cookie") return credential.replace(/.{6}~2$/, "AAAAAA~2");
  if (form === "signed-cookie") {
    const { address, keyId, payload, signature } = cookieParts(credential);
    return `${address}.${keyId}.${packed(asAdmin(stateIn(payload)))}.${signature}`;
  }
  const { head, payload, signature } = partsOfToken(credential);
  return `${head}.${base64urlOf({ ...payload, role: "admin" })}.${signature}`;
}

test("every verifier with a mistake is named by a case, and every case names one or says why there is none", () => {
  const named = new Set(forgeries.flatMap(({ weakness }) => (typeof weakness === "string" ? weakness : [])));
  expect([...named].sort()).toEqual(Object.keys(weaknesses).sort());
  for (const { weakness, id } of forgeries) {
    if (typeof weakness !== "string") expect(weakness.none.length, id).toBeGreaterThan(20);
  }
});

test("a case that says it needs nothing is given no key", () => {
  const material = materialFor({ needs: "nothing" }, { credential: tokenOf("EdDSA"), form: "EdDSA", keys });
  expect(() => material.published).toThrow("needs nothing");
  expect(() => material.own).toThrow("needs nothing");
  const more = materialFor({ needs: "published-key" }, { credential: tokenOf("EdDSA"), form: "EdDSA", keys });
  expect(more.published.map(({ algorithm }) => algorithm)).toEqual(["EdDSA", "ES256"]);
  expect(() => more.own).toThrow("needs published-key");
});
