import { holdingOf } from "../../../core/credential.ts";
import type { FlowManifest, Variant } from "../../../core/variant.ts";
import { type Captured, carrying, nothing } from "../../../lab/captured.ts";
import { createDevice, type Device, refreshBody } from "../../../lab/device.ts";
import type { XssLab } from "./bench.ts";
import type { Stolen, XssAnswer } from "./model.ts";

export type Target = {
  readonly lab: XssLab;
  readonly manifest: FlowManifest;
  readonly variant: Variant;
};

/** What the script sent: each as it found it. */
export type Sent = {
  /** `document.cookie`. */
  readonly cookie?: string | null | undefined;
  readonly access?: string | null | undefined;
  readonly refresh?: string | null | undefined;
  readonly password?: string | null | undefined;
};

/** What a thief has of one login. */
export type ThiefHolds = Captured & { readonly password: string | null };

export const nothingHeld: ThiefHolds = { ...nothing, password: null };

/** The same with what has just been sent. */
export function withSent(held: ThiefHolds, { cookie, access, refresh, password }: Sent): ThiefHolds {
  return {
    cookies: new Map([...held.cookies, ...cookiesIn(cookie ?? "")]),
    accessToken: access ?? held.accessToken,
    refreshToken: refresh ?? held.refreshToken,
    password: password ?? held.password,
  };
}

function cookiesIn(text: string): readonly (readonly [string, string])[] {
  return text.split("; ").flatMap((pair) => {
    const at = pair.indexOf("=");
    return at > 0 ? [[pair.slice(0, at), pair.slice(at + 1)] as const] : [];
  });
}

/** The credentials of this variant among them, and the password. */
export function stolenIn(held: ThiefHolds, variant: Variant): readonly Stolen[] {
  const credentials = (["access", "refresh"] as const).filter((kind) => carrying(holdingOf(variant, kind), held));
  return [...credentials, ...(held.password === null ? [] : (["password"] as const))];
}

/** A client elsewhere that has this one thing of alice's; `null`: it was not stolen. */
function holding({ lab, variant }: Target, held: ThiefHolds, what: Stolen): Device | null {
  const alone = what === "password" ? held.password && nothing : carrying(holdingOf(variant, what), held);
  return alone
    ? createDevice({ ...lab, ...alone, cookies: [lab.labCookie, ...alone.cookies], headers: elsewhere })
    : null;
}

/** Another browser, in another network. */
const elsewhere = { "user-agent": "the thief's own browser", "loginscope-network": "other" };

/** Uses it, elsewhere: asks who it is, renews the login, or logs in. `device`: who has what came of it. */
export async function use(target: Target, held: ThiefHolds, what: Stolen) {
  const device = holding(target, held, what);
  return device && { device, answer: await sentBy(device, target, held, what) };
}

/** A refresh token that was exchanged is used up: the thief goes on with the one that came for it. */
export function afterRefresh(held: ThiefHolds, device: Device, variant: Variant): ThiefHolds {
  const holding = holdingOf(variant, "refresh");
  if (holding?.travels !== "cookie") return { ...held, refreshToken: device.refreshToken };
  const value = device.cookies.get(holding.cookie);
  return value === undefined ? held : { ...held, cookies: new Map([...held.cookies, [holding.cookie, value]]) };
}

/** Uses it once more with what the same client has now. */
export async function sentBy(
  device: Device,
  { manifest, variant }: Target,
  held: ThiefHolds,
  what: Stolen,
): Promise<XssAnswer> {
  const api = `/api/${manifest.id}`;
  const { status, code } =
    what === "access"
      ? await device.send("GET", `${api}/me`)
      : what === "refresh"
        ? await device.send("POST", `${api}/refresh`, refreshBody(device))
        : await device.send("POST", `${api}/login`, {
            username: "alice",
            password: held.password ?? "",
            variant: variant.id,
          });
  return { status, code };
}
