import type { UserId } from "../../../core/user.ts";
import type { Person } from "../../../lab/lab.ts";
import type { LabLeak } from "./lab-leak.ts";
import { publicKeys } from "./leaked-keys.ts";
import type { KeyTold, MadeWithKey, ShownKey } from "./model.ts";
import { recipeOf } from "./recipe.ts";
import type { Part } from "./scratch-lab.ts";
import { commandOf, sendCommand } from "./script.ts";
import { textOf, written } from "./write-credential.ts";

/** A credential for this person in the visitor's own lab, and the commands that make it and send it. */
export async function madeWithKey(
  { manifest, variant }: Part,
  { leak, key, person, origin }: Making,
): Promise<MadeWithKey> {
  const { id, username, displayName, role } = person;
  const version = await leak.versionOf(manifest.id, id);
  const recipe = recipeOf({ leak, variant, key, person: { id, username, displayName, role, version } });
  const credential = written(recipe);
  return {
    ...{ flow: manifest.id, variant: variant.id, credential },
    content: recipe.kind === "token" ? JSON.stringify([recipe.header, recipe.payload]) : textOf(recipe),
    command: commandOf(recipe),
    send: sendCommand(origin, manifest, variant, credential),
  };
}

type Making = {
  readonly leak: LabLeak;
  readonly key: string;
  readonly person: Pick<Person, "username" | "displayName" | "role"> & { readonly id: UserId };
  readonly origin: string;
};

/** The key of this lab, as whoever has it would pass it on. */
export function shownKey(told: KeyTold, { variant }: Partial<Part>, leak: LabLeak): ShownKey {
  if (told.id === publicKeys) return { ...told, ...publishedIn(leak) };
  const token = Object.values(leak.tokens).find(({ algorithm }) => algorithm === told.id);
  if (token) {
    const isSecret = token.publicKey === null;
    const value = isSecret
      ? token.privateKey.export().toString("base64url")
      : JSON.stringify(token.privateKey.export({ format: "jwk" }));
    return { ...told, keyId: token.kid, form: isSecret ? "base64url, 32 bytes" : "JWK", value };
  }
  if (!variant) throw new Error(`There is no key ${told.id}`);
  if (told.kind === "seal") {
    const { keyId, key } = leak.sealOf(variant.id);
    return { ...told, keyId, form: "a password", value: key };
  }
  const { keyId, key } = leak.hmacOf(variant.id, variant.settings.id === "signed" ? "id" : "cookie");
  return { ...told, keyId, form: "base64url, 32 bytes", value: key.toString("base64url") };
}

function publishedIn({ tokens }: LabLeak): Pick<ShownKey, "keyId" | "form" | "value"> {
  const published = Object.values(tokens).filter(({ publicKey }) => publicKey !== null);
  return {
    keyId: published.map(({ kid }) => kid).join(", "),
    form: "JWK Set",
    value: JSON.stringify({
      keys: published.map(({ publicKey, kid }) => ({ ...publicKey?.export({ format: "jwk" }), kid })),
    }),
  };
}
