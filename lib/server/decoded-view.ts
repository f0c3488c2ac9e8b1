import { cookieEncodings } from "../adapters/cookie-encodings.ts";
import type { LabKeys } from "../adapters/derived-keys.ts";
import type { FlowManifest } from "../core/flow.ts";
import type { Lab } from "../core/lab.ts";
import { inLab } from "../core/lab-settings.ts";
import type { DecodedView, DecodingStep } from "../core/lab-view.ts";
import type { Clock } from "../core/time.ts";
import { addressOf, decodeToken, variantOf } from "../http/address.ts";
import { createSigner } from "./flow-ports.ts";

/** A credential, and how it came: what travels in a header was made as an access token (RFC 9068), what is a cookie as a login. */
export type Shown = { readonly value: string; readonly by: "bearer" | "cookie" };

type Place = {
  readonly lab: Lab;
  readonly clock: Clock;
  readonly origin: string;
  readonly keys: () => LabKeys;
};

/**
 * What anyone reads in a credential, and how the server takes it apart and verifies it. `null`: opaque or sealed, or a
 * cookie of another lab.
 */
export async function decodedView(
  { value, by }: Shown,
  manifest: FlowManifest,
  place: Place,
): Promise<DecodedView | null> {
  const token = decodeToken(value);
  if (token) return { encoding: "token", ...token, steps: await tokenStepsOf({ value, by }, manifest, place) };
  const { lab, keys } = place;
  const named = addressOf(value);
  if (named?.labId !== lab.id) return null;
  const variant = manifest.variants.find(({ id }) => id === variantOf(manifest.id, named));
  const encoding = variant?.settings.encoding;
  if (!variant || !encoding || encoding === "sealed") return null;
  const address = `${named.labId}.${named.variant}`;
  const { explain } = cookieEncodings[encoding]({ address, variant: variant.id, keys: keys() });
  const explained = explain?.(value.slice(address.length + 1));
  if (!explained) return null;
  const { steps, result } = explained;
  return { encoding, header: null, payload: result.ok ? result.value : null, steps };
}

/** The edge asks first whose token it is, and the variant that it names is the one that verifies it. */
async function tokenStepsOf(
  { value: token, by }: Shown,
  manifest: FlowManifest,
  { lab, clock, origin, keys }: Place,
): Promise<readonly DecodingStep[]> {
  const named = addressOf(token);
  const inThisLab = named?.labId === lab.id;
  const address: DecodingStep = { step: "lab", value: named?.labId ?? "none", wanted: lab.id, ok: inThisLab };
  if (!named || !inThisLab) return [address];
  const id = variantOf(manifest.id, named);
  const variant = manifest.variants.find((each) => each.id === id && lab.enabled.includes(id));
  const enabled: DecodingStep = { step: "enabled", value: id, ok: variant !== undefined };
  if (!variant?.settings.algorithm) return [address, { ...enabled, ok: false }];
  const signer = createSigner({ keys: keys(), origin, lab, variant: inLab(lab.settings, variant), clock });
  const { steps } = await signer.explain(by === "bearer" ? "at+jwt" : "login+jwt", token);
  return [address, enabled, ...steps];
}
