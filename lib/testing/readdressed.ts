/**
 * A credential of one lab that names another: in the address in front of an opaque or sealed value, and in a token's
 * claims. Its signature, seal or hash stays as it was.
 */
export function readdressed(credential: string, from: string, to: string): string {
  const [first = "", payload = "", ...rest] = credential.split(".");
  if (!first.startsWith("eyJ")) return credential.replace(from, to);
  const claims = Buffer.from(payload, "base64url").toString().replaceAll(from, to);
  return [first, Buffer.from(claims).toString("base64url"), ...rest].join(".");
}
