/**
 * The token of an `Authorization: Bearer` header (RFC 6750 §2.1); the scheme's name is case-insensitive (RFC 9110
 * §11.1). Empty: `Bearer` without exactly one token. `undefined`: no header, or another scheme. A browser adds `Basic`
 * by itself behind a proxy that asked for a password; that says nothing about a login here.
 */
export function bearerOf({ headers }: Pick<Request, "headers">): string | undefined {
  const [scheme, ...rest] = (headers.get("authorization") ?? "").trim().split(" ");
  if (scheme?.toLowerCase() !== "bearer") return undefined;
  const [token = "", ...more] = rest.filter(Boolean);
  return more.length > 0 || token.includes("\t") ? "" : token;
}
