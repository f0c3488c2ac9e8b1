import { cookieEncodings } from "../../adapters/cookie-encodings.ts";
import type { LabKeys } from "../../adapters/derived-keys.ts";
import { provesByHeader } from "../../core/credential.ts";
import type { DecodedView, DecodingStep } from "../../core/decoding.ts";
import type { TokenPurpose } from "../../core/ports.ts";
import type { Clock } from "../../core/time.ts";
import type { FlowManifest, Variant } from "../../core/variant.ts";
import { addressOf, decodeToken, variantOf } from "../../http/request/address.ts";
import { issuerOf, type Lab } from "../../lab/lab.ts";
import { inLab } from "../../lab/lab-settings.ts";
import { signerOf } from "../wire-flow.ts";

type CredentialLab = {
  readonly lab: Lab;
  readonly clock: Clock;
  readonly origin: string;
  readonly keys: () => LabKeys;
};

/**
 * The readable parts of a credential, and how the server decodes and verifies it. `null`: opaque or sealed, or a cookie
 * of another lab.
 */
export async function decodedView(
  value: string,
  manifest: FlowManifest,
  place: CredentialLab,
): Promise<DecodedView | null> {
  const token = decodeToken(value);
  if (token) return { encoding: "token", ...token, ...(await tokenStepsOf(value, manifest, place)) };
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
  const { steps, making, result } = explained;
  return { encoding, header: null, payload: result.ok ? result.value : null, steps, making };
}

/** As in the edge, the variant that the token names verifies it. */
async function tokenStepsOf(
  token: string,
  manifest: FlowManifest,
  { lab, clock, origin, keys }: CredentialLab,
): Promise<Pick<DecodedView, "steps" | "making">> {
  const named = addressOf(token);
  const inThisLab = named?.labId === lab.id;
  const address: DecodingStep = { step: "lab", value: named?.labId ?? "none", wanted: lab.id, ok: inThisLab };
  if (!named || !inThisLab) return { steps: [address], making: [] };
  const id = variantOf(manifest.id, named);
  const variant = manifest.variants.find((each) => each.id === id && lab.enabled.includes(id));
  const enabled: DecodingStep = { step: "enabled", value: id, ok: variant !== undefined };
  if (!variant?.settings.algorithm) return { steps: [address, { ...enabled, ok: false }], making: [] };
  const issuer = issuerOf(origin, lab.id);
  const signer = signerOf({ keys: keys(), issuer, variant: inLab(lab.settings, variant), clock });
  const { steps, making } = await signer.explain(purposeOf(variant, token), token);
  return { steps: [address, enabled, ...steps], making };
}

/** The purpose of a token by its variant: an access token, or a login in a cookie. One variant issues both. */
function purposeOf(variant: Variant, token: string): TokenPurpose {
  const { storage } = variant.settings;
  if (provesByHeader(variant) || storage !== undefined) return "at+jwt";
  return variant.native === true && decodeToken(token)?.header["typ"] === "at+jwt" ? "at+jwt" : "login+jwt";
}
