import type { TokenAlgorithm } from "../../../core/settings.ts";
import type { Variant } from "../../../core/variant.ts";
import type { ForgedAs, KeyTold } from "./model.ts";

type Stands = Pick<Variant, "id" | "settings">;

/** The id of the published public keys among those that can leak. */
export const publicKeys = "public";

/** The key that a variant's credential stands on: its own, or the lab's for an algorithm. `null`: on none. */
export function keyUnder({ id, settings }: Stands): string | null {
  const { encoding, algorithm, proof, inside } = settings;
  if (encoding === "signed" || encoding === "sealed" || settings.id === "signed") return id;
  if (algorithm === undefined || (proof === "id" && !inside)) return null;
  return algorithm;
}

/** Whether a leak of this key is about the variant. With public keys one tries what they sign the other half of. */
export function isUnder(key: string, variant: Stands): boolean {
  const own = keyUnder(variant);
  return key === publicKeys ? own === "EdDSA" || own === "ES256" : own === key;
}

/** What of a variant stands on the key. */
export function forgedAs({ settings }: Stands): ForgedAs {
  if (settings.inside) return "service";
  return settings.proof === "id-or-token" ? "other-client" : "browser";
}

/** Why no key makes a credential of this variant. */
export function whyNothing({ settings }: Stands): string {
  return settings.encoding === "plain"
    ? "Nothing signs it. Whoever writes it needs no key."
    : "Its id is a random number that leads to a record. No key makes one, so there is nothing to forge.";
}

const ofTokens: readonly (KeyTold & { readonly id: TokenAlgorithm })[] = [
  {
    ...{ id: "EdDSA", title: "EdDSA, private half", kind: "private" },
    heldBy: "The server alone. Whoever verifies has the public half.",
  },
  {
    ...{ id: "ES256", title: "ES256, private half", kind: "private" },
    heldBy: "The server alone. Whoever verifies has the public half.",
  },
  {
    ...{ id: "HS256", title: "HS256 secret", kind: "secret" },
    heldBy: "The server, and every service that verifies its tokens: one secret does both.",
  },
];

const published: KeyTold = {
  ...{ id: publicKeys, title: "Published public keys", kind: "public" },
  heldBy: "Everybody. They are published so that others can verify.",
};

/** Every key that can leak in an application with these variants. */
export function keysThatLeak(variants: readonly Variant[]): readonly KeyTold[] {
  const used = new Set(variants.map(keyUnder));
  const own = variants.filter((variant) => keyUnder(variant) === variant.id);
  return [...own.map(keyOfVariant), ...ofTokens.filter(({ id }) => used.has(id)), published];
}

function keyOfVariant({ id, settings }: Variant): KeyTold {
  if (settings.encoding === "sealed") {
    const heldBy = "The server alone. It both seals and opens.";
    return { id, title: `Sealing key of ${id}`, kind: "seal", heldBy };
  }
  const what = settings.encoding === "signed" ? "cookies" : "ids";
  const heldBy = "The server, and whoever else should verify: one secret does both.";
  return { id, title: `HMAC key of ${id}, for its ${what}`, kind: "secret", heldBy };
}
