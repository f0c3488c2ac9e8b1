import { type CredentialKind, cookiesOf, type Holding, holdingOf, takesBearer } from "../core/credential.ts";
import type { VariantId } from "../core/ids.ts";
import type { FlowManifest, Variant } from "../core/variant.ts";
import type { Cast } from "./actors.ts";
import { carrying } from "./captured.ts";
import { judged, type Reply } from "./device.ts";

/**
 * Presents a credential of one flow to every other: under the other's cookie name and as its bearer token, unchanged
 * and with the variant in its address replaced. Answers the most telling reply: one that got in, else one with an
 * unexpected code, else INVALID_CREDENTIAL.
 */
export async function replayAtOtherFlows(
  cast: Cast,
  own: { readonly manifest: FlowManifest; readonly variant: Variant },
  manifests: readonly FlowManifest[],
  credential: CredentialKind,
): Promise<Reply> {
  const value = captured(cast, own.variant, credential);
  const replies: Reply[] = [];
  for (const other of manifests.filter(({ id }) => id !== own.manifest.id)) {
    replies.push(...(await present(cast, other, value)));
  }
  return mostTelling(replies);
}

/** One that got in, else one with an unexpected code, else INVALID_CREDENTIAL. */
export function mostTelling(replies: readonly Reply[]): Reply {
  const telling = replies.find(({ code }) => !code) ?? replies.find(({ code }) => code !== "INVALID_CREDENTIAL");
  const [usual] = replies;
  if (!usual) throw new Error("There was nothing to present, or nobody to present it to");
  return telling ?? usual;
}

function captured(cast: Cast, variant: Variant, credential: CredentialKind): string {
  const only = carrying(holdingOf(variant, credential), cast.captured);
  const [held] = [...(only?.cookies.values() ?? []), only?.accessToken, only?.refreshToken].filter(Boolean);
  if (!held) throw new Error(`Nothing was captured as ${credential} of ${variant.id}`);
  return held;
}

async function present(cast: Cast, other: FlowManifest, value: string): Promise<readonly Reply[]> {
  const me = `/api/${other.id}/me`;
  const replies: Reply[] = [];
  const inCookie = (name: string, text: string) => cast.device({ cookies: new Map([[name, text]]) });
  for (const text of [value, readdressed(value, other.defaults.lab)]) {
    if (takesBearer(other)) replies.push(judged(await cast.device({ accessToken: text }).send("GET", me)));
    for (const name of cookiesOf(other, "access")) replies.push(judged(await inCookie(name, text).send("GET", me)));
  }
  for (const variant of other.variants) {
    const holding = holdingOf(variant, "refresh");
    for (const text of holding ? [value, readdressed(value, variant.id)] : []) {
      replies.push(judged(await renew(cast, other, holding, text)));
    }
  }
  // Text that is too long for a refresh token is refused with the body, before any flow reads it.
  return replies.filter(({ code }) => code !== "UNPROCESSABLE");
}

function renew(cast: Cast, other: FlowManifest, holding: Holding | undefined, text: string): Promise<Reply> {
  const body = holding?.travels === "body" ? { refresh_token: text } : undefined;
  const cookies = new Map(holding?.travels === "cookie" ? [[holding.cookie, text]] : []);
  return cast.device({ cookies }).send("POST", `/api/${other.id}/refresh`, body);
}

/** `<lab>.<variant>.…` with the other flow's variant. A token's address is signed, so changing it only breaks it. */
function readdressed(value: string, variant: VariantId): string {
  const [lab, , ...rest] = value.split(".");
  return [lab, variant.split("/")[1], ...rest].join(".");
}
