import { cookieEncodings } from "../adapters/cookie-encodings.ts";
import type { LabKeys } from "../adapters/derived-keys.ts";
import type { FlowManifest } from "../core/flow.ts";
import type { DecodedView } from "../core/lab-view.ts";
import { addressOf, decodeToken, variantOf } from "../http/address.ts";

/** What anyone reads in a credential, and how the server takes it apart. `null`: opaque or sealed, or of another lab. */
export function decodedView(
  value: string,
  manifest: FlowManifest,
  lab: { readonly id: string; readonly keys: () => LabKeys },
): DecodedView | null {
  const token = decodeToken(value);
  if (token) return { encoding: "token", ...token, steps: [] };
  const named = addressOf(value);
  if (named?.labId !== lab.id) return null;
  const variant = manifest.variants.find(({ id }) => id === variantOf(manifest.id, named));
  const encoding = variant?.settings.encoding;
  if (!variant || !encoding || encoding === "sealed") return null;
  const address = `${named.labId}.${named.variant}`;
  const { explain } = cookieEncodings[encoding]({ address, variant: variant.id, keys: lab.keys() });
  const explained = explain?.(value.slice(address.length + 1));
  if (!explained) return null;
  const { steps, result } = explained;
  return { encoding, header: null, payload: result.ok ? result.value : null, steps };
}
