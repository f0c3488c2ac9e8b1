import type { RefusalCode } from "../../../core/refusal.ts";
import type { KeysByAlgorithm, LabKeyRing, TokenKey } from "./lab-key-ring.ts";
import type { CredentialForm, ForgeryTold } from "./model.ts";
import type { WeaknessId } from "./weak/weaknesses.ts";

/** What a case is made from. A key beyond what the case says it needs throws. */
export type Material = {
  readonly credential: string;
  readonly form: CredentialForm;
  /** The other algorithms' and its own public keys, as anyone can fetch them. */
  readonly published: readonly TokenKey[];
  readonly own: KeysByAlgorithm;
  readonly elsewhere: KeysByAlgorithm;
};

/** A verifier with a known mistake, which the case gets by; or why none is played. */
export type PlayedWeakness = WeaknessId | { readonly none: string };

export type ForgeryCase = ForgeryTold & {
  readonly about: readonly CredentialForm[];
  /** `gets-in`: only where a variant is unsafe on purpose. */
  readonly expected: RefusalCode | "gets-in";
  readonly weakness: PlayedWeakness;
  /** The forged credentials, at least one. Each is refused alone. */
  make(material: Material): readonly string[];
};

const anyToken = ["EdDSA", "ES256", "HS256"] as const;

type Given = Pick<ForgeryCase, "id" | "title" | "source" | "weakness" | "make"> & Partial<ForgeryCase>;

/** A case with what most have: about any token, refused as INVALID_CREDENTIAL, made without any key. */
export function forgery(given: Given): ForgeryCase {
  return { needs: "nothing", short: null, about: anyToken, expected: "INVALID_CREDENTIAL", ...given };
}

/** What the case may use of these keys. */
export function materialFor(
  { needs }: Pick<ForgeryCase, "needs">,
  { credential, form, keys }: { credential: string; form: CredentialForm; keys: LabKeyRing },
): Material {
  const withheld = (what: string): never => {
    throw new Error(`This case says that it needs ${needs}, and asks for ${what}`);
  };
  return {
    credential,
    form,
    get published() {
      const all = Object.values(keys.tokens).filter(({ publicKey }) => publicKey !== null);
      return needs === "nothing" ? withheld("a published key") : all;
    },
    get own() {
      return needs === "signing-key" ? keys.tokens : withheld("a signing key");
    },
    get elsewhere() {
      return needs === "signing-key" ? keys.elsewhere : withheld("a signing key");
    },
  };
}
