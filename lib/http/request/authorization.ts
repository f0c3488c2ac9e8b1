/**
 * What an `Authorization` header brings for us: the token of the scheme `Bearer` (RFC 6750 §2.1), whose name has no case
 * (RFC 9110 §11.1). Empty: a `Bearer` without one token. `undefined`: no header, or one of another scheme. A browser adds
 * `Basic` by itself behind a proxy that asked for a password, and that says nothing about a login here.
 */
export function bearerOf({ headers }: Pick<Request, "headers">): string | undefined {
  const [scheme, ...rest] = (headers.get("authorization") ?? "").trim().split(" ");
  if (scheme?.toLowerCase() !== "bearer") return undefined;
  const [token = "", ...more] = rest.filter(Boolean);
  return more.length > 0 || token.includes("\t") ? "" : token;
}
