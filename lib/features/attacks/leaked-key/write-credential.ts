import { createHmac, createSecretKey, randomBytes } from "node:crypto";
import { packedText } from "../forgery/cookie-parts.ts";
import { sealedText } from "../forgery/sealed-text.ts";
import { attackers, base64urlOf } from "../forgery/token-parts.ts";
import { signatureOf } from "../forgery/token-writer.ts";
import type { Recipe } from "./recipe.ts";

/** Writes the credential with what Node.js has, as anyone could. `text`: another text in place of its content. */
export function written(recipe: Recipe, text: string = textOf(recipe)): string {
  switch (recipe.kind) {
    case "token": {
      const input = `${base64urlOf(recipe.header)}.${base64urlOf(text)}`;
      return `${input}.${signatureOf(input, recipe.key).toString("base64url")}`;
    }
    case "signed-cookie":
      return signed(`${recipe.address}.${recipe.keyId}.${packedText(text)}`, recipe.key);
    case "sealed-cookie":
      return `${recipe.address}.${sealedText(text, recipe.keyId, recipe.key)}`;
    case "signed-id":
      return signed(`${recipe.address}.${recipe.secret}.${recipe.keyId}`, recipe.key);
  }
}

function signed(input: string, key: Buffer): string {
  return `${input}.${createHmac("sha256", key).update(input).digest("base64url")}`;
}

/** What the credential says, as JSON. Of an id nothing but the id. */
export function textOf(recipe: Recipe): string {
  if (recipe.kind === "token") return JSON.stringify(recipe.payload);
  return recipe.kind === "signed-id" ? recipe.secret : JSON.stringify(recipe.state);
}

/** The same under a key of the attacker's own. */
export function underOwnKey(recipe: Recipe): Recipe {
  switch (recipe.kind) {
    case "token": {
      const { alg } = recipe.header;
      if (alg === "EdDSA" || alg === "ES256") return { ...recipe, key: attackers()[alg].privateKey };
      return { ...recipe, key: createSecretKey(randomBytes(32)) };
    }
    case "sealed-cookie":
      return { ...recipe, key: randomBytes(32).toString("base64url") };
    default:
      return { ...recipe, key: randomBytes(32) };
  }
}

/** Two members of one name: the role of a user, then that of an admin. `null`: it has no role. */
export function saidTwice(recipe: Recipe): string | null {
  const text = recipe.kind === "signed-id" ? "" : textOf(recipe);
  const twice = text.replace(/"role":"\w+"/, '"role":"user","role":"admin"');
  return twice === text ? null : twice;
}
