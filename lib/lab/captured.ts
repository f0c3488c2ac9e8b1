import type { Holding } from "../core/credential.ts";

/** The credentials of a thief after `capture`, or after `forge`. */
export type Captured = {
  readonly cookies: ReadonlyMap<string, string>;
  readonly accessToken: string | null;
  readonly refreshToken: string | null;
};

export const nothing: Captured = { cookies: new Map(), accessToken: null, refreshToken: null };

/** The captured credential of this kind, alone; `null`: it was not captured. */
export function carrying(holding: Holding | undefined, captured: Captured | null): Captured | null {
  if (captured === null) return null;
  if (holding?.travels === "cookie") {
    const value = captured.cookies.get(holding.cookie);
    return value === undefined ? null : { ...nothing, cookies: new Map([[holding.cookie, value]]) };
  }
  const { accessToken, refreshToken } = captured;
  if (holding?.travels === "bearer") return accessToken === null ? null : { ...nothing, accessToken };
  return refreshToken === null ? null : { ...nothing, refreshToken };
}
