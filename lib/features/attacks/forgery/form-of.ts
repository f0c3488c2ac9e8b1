import type { TokenAlgorithm } from "../../../core/settings.ts";
import type { Variant } from "../../../core/variant.ts";
import { decodeToken } from "../../../http/request/address.ts";
import type { CredentialForm } from "./model.ts";

const algorithms: readonly unknown[] = ["EdDSA", "ES256", "HS256"] satisfies readonly TokenAlgorithm[];

/** The form of a real credential of this variant. */
export function formOf(credential: string, { settings }: Pick<Variant, "settings">): CredentialForm {
  const alg = decodeToken(credential)?.header["alg"];
  if (isAlgorithm(alg)) return alg;
  if (settings.encoding) return `${settings.encoding}-cookie`;
  return settings.id === "signed" ? "signed-id" : "opaque-id";
}

/** The form of what a browser of this variant proves itself with, before there is one. */
export function declaredForm({ settings }: Pick<Variant, "settings">): CredentialForm {
  const { encoding, algorithm, proof, id } = settings;
  if (encoding) return `${encoding}-cookie`;
  if (algorithm && !proof?.startsWith("id")) return algorithm;
  return id === "signed" ? "signed-id" : "opaque-id";
}

function isAlgorithm(name: unknown): name is TokenAlgorithm {
  return algorithms.includes(name);
}
