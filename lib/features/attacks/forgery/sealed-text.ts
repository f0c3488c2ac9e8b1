import { createCipheriv, createDecipheriv, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";

/** The password that examples of iron-session use. It is public, so a seal made with it proves nothing. */
export const passwordOfExamples = "complex_password_at_least_32_characters_long";

/** A seal as iron-session writes it, made by hand: `Fe26.2*id*salt*iv*text*end*salt*mac~2`. */
export function sealed(state: unknown, id: string, password: string): string {
  return sealedText(JSON.stringify(state), id, password);
}

/** The same of a text, which need not be what a writer of JSON would make. */
export function sealedText(text: string, id: string, password: string): string {
  const [salt, macSalt, iv] = [randomBytes(32).toString("hex"), randomBytes(32).toString("hex"), randomBytes(16)];
  const cipher = createCipheriv("aes-256-cbc", keyOf(password, salt), iv);
  const hidden = Buffer.concat([cipher.update(text), cipher.final()]);
  const base = ["Fe26.2", id, salt, iv.toString("base64url"), hidden.toString("base64url"), ""].join("*");
  return `${base}*${macSalt}*${macOf(base, password, macSalt)}~2`;
}

/** Opens a seal with the password of its id, as the seal's own library does: what follows the version is ignored. */
export function unsealed(text: string, passwords: Readonly<Record<string, string>>): unknown {
  const pieces = (text.split("~")[0] ?? "").split("*");
  const [, id = "", salt = "", iv = "", hidden = "", , macSalt = "", mac = ""] = pieces;
  const password = Object.hasOwn(passwords, id) ? passwords[id] : undefined;
  if (password === undefined || pieces.length !== 8) return null;
  const given = Buffer.from(mac, "base64url");
  if (!given.equals(Buffer.from(macOf(pieces.slice(0, 6).join("*"), password, macSalt), "base64url"))) return null;
  const decipher = createDecipheriv("aes-256-cbc", keyOf(password, salt), Buffer.from(iv, "base64url"));
  const opened = Buffer.concat([decipher.update(Buffer.from(hidden, "base64url")), decipher.final()]);
  return JSON.parse(opened.toString("utf8"));
}

function keyOf(password: string, salt: string): Buffer {
  return pbkdf2Sync(password, salt, 1, 32, "sha1");
}

function macOf(base: string, password: string, salt: string): string {
  return createHmac("sha256", keyOf(password, salt)).update(base).digest("base64url");
}
