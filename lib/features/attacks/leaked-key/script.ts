import type { KeyObject } from "node:crypto";
import { holdingOf } from "../../../core/credential.ts";
import type { FlowManifest, Variant } from "../../../core/variant.ts";
import { shellWord } from "../../../lab/shell-word.ts";
import { forgedAs } from "./leaked-keys.ts";
import type { Recipe } from "./recipe.ts";

/** A command for a shell that prints the credential. It has the key in it, and needs Node.js alone. */
export function commandOf(recipe: Recipe): string {
  return `node -e ${shellWord(scriptOf(recipe))}`;
}

/** The program in that command. */
export function scriptOf(recipe: Recipe): string {
  return [`const c = require("node:crypto");`, ...linesOf(recipe)].join("\n");
}

function linesOf(recipe: Recipe): readonly string[] {
  switch (recipe.kind) {
    case "token":
      return ofToken(recipe);
    case "signed-cookie":
      return ofSignedCookie(recipe);
    case "sealed-cookie":
      return ofSealedCookie(recipe);
    case "signed-id":
      return ofSignedId(recipe);
  }
}

type Of<Kind extends Recipe["kind"]> = Extract<Recipe, { readonly kind: Kind }>;

function ofToken({ header, payload, key }: Of<"token">): readonly string[] {
  return [
    `const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");`,
    `const header = ${JSON.stringify(header)};`,
    `const payload = ${JSON.stringify(payload)};`,
    `const text = part(header) + "." + part(payload);`,
    ...signatureOf(key),
    `console.log(text + "." + signature.toString("base64url"));`,
  ];
}

function signatureOf(key: KeyObject): readonly string[] {
  if (key.type === "secret") return [`const signature = ${hmac(key.export(), "text")}.digest();`];
  const jwk = JSON.stringify(key.export({ format: "jwk" }));
  const hash = key.asymmetricKeyType === "ec" ? `"sha256"` : "null";
  return [
    `const key = c.createPrivateKey({ key: ${jwk}, format: "jwk" });`,
    `const signature = c.sign(${hash}, Buffer.from(text), { key, dsaEncoding: "ieee-p1363" });`,
  ];
}

function ofSignedCookie({ address, keyId, state, key }: Of<"signed-cookie">): readonly string[] {
  return [
    `const state = ${JSON.stringify(state)};`,
    `const payload = require("node:zlib").deflateRawSync(JSON.stringify(state)).toString("base64url");`,
    `const text = ${JSON.stringify(`${address}.${keyId}.`)} + payload;`,
    `console.log(text + "." + ${hmac(key, "text")}.digest("base64url"));`,
  ];
}

function ofSignedId({ address, keyId, key }: Of<"signed-id">): readonly string[] {
  return [
    `const secret = c.randomBytes(32).toString("base64url");`,
    `const text = ${JSON.stringify(`${address}.`)} + secret + ${JSON.stringify(`.${keyId}`)};`,
    `console.log(text + "." + ${hmac(key, "text")}.digest("base64url"));`,
  ];
}

/** The steps of a seal: encrypt under one key of the password, authenticate under another. */
function ofSealedCookie({ address, keyId, state, key }: Of<"sealed-cookie">): readonly string[] {
  return [
    `const state = ${JSON.stringify(state)};`,
    `const password = ${JSON.stringify(key)};`,
    `const [salt, macSalt, iv] = [c.randomBytes(32).toString("hex"), c.randomBytes(32).toString("hex"), c.randomBytes(16)];`,
    `const under = (each) => c.pbkdf2Sync(password, each, 1, 32, "sha1");`,
    `const cipher = c.createCipheriv("aes-256-cbc", under(salt), iv);`,
    `const hidden = Buffer.concat([cipher.update(JSON.stringify(state)), cipher.final()]).toString("base64url");`,
    `const base = ["Fe26.2", ${JSON.stringify(keyId)}, salt, iv.toString("base64url"), hidden, ""].join("*");`,
    `const mac = c.createHmac("sha256", under(macSalt)).update(base).digest("base64url");`,
    `console.log(${JSON.stringify(`${address}.`)} + base + "*" + macSalt + "*" + mac + "~2");`,
  ];
}

function hmac(key: Buffer, text: string): string {
  const secret = `Buffer.from(${JSON.stringify(key.toString("base64url"))}, "base64url")`;
  return `c.createHmac("sha256", ${secret}).update(${text})`;
}

/** A command that sends the credential to this application. It names its lab itself. */
export function sendCommand(origin: string, { id }: FlowManifest, variant: Variant, credential: string): string {
  const service = forgedAs(variant) === "service";
  const address = service ? "/api/services/orders" : `/api/${id}/me`;
  const cookie = cookieFor(variant);
  const header =
    cookie === null ? `Authorization: Bearer ${credential}` : `Cookie: ${cookie}=${encodeURIComponent(credential)}`;
  return `curl ${shellWord(origin + address)} -H ${shellWord(header)}`;
}

/** The cookie in which a forged credential of this variant is sent. `null`: it goes into a header. */
export function cookieFor(variant: Variant): string | null {
  const holding = holdingOf(variant, "access");
  return forgedAs(variant) === "browser" && holding?.travels === "cookie" ? holding.cookie : null;
}
