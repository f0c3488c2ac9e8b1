import { deflateRawSync, inflateRawSync } from "node:zlib";

/** `<lab>.<variant>.<key id>.<payload>.<signature>`; `rest` is what follows the variant. */
export function cookieParts(cookie: string) {
  const [lab = "", variant = "", ...behind] = cookie.split(".");
  const [keyId = "", payload = "", signature = ""] = behind;
  return { address: `${lab}.${variant}`, rest: behind.join("."), keyId, payload, signature };
}

/** What a signed cookie says. Anyone can read it. `undefined`: it cannot be unpacked. */
export function stateIn(payload: string): unknown {
  try {
    const json = inflateRawSync(Buffer.from(payload, "base64url"), { maxOutputLength: 64 * 1024 });
    return JSON.parse(json.toString("utf8"));
  } catch {
    return undefined;
  }
}

export function packed(state: unknown): string {
  return packedText(JSON.stringify(state));
}

export function packedText(json: string): string {
  return deflateRawSync(json).toString("base64url");
}

/** State of a cookie as an admin's; of other state, itself. */
export function asAdmin(state: unknown): unknown {
  if (typeof state !== "object" || state === null || !("user" in state)) return state;
  const { user } = state;
  return { ...state, user: typeof user === "object" ? { ...user, role: "admin" } : "admin" };
}
