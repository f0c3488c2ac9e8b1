import { cookieEncodings } from "../adapters/cookie-encodings.ts";
import { createCookieState } from "../adapters/cookie-state.ts";
import type { LabKeys } from "../adapters/derived-keys.ts";
import { idSecrets } from "../adapters/id-secrets.ts";
import { createJoseSigner, type ExplainingSigner } from "../adapters/jose-signer.ts";
import { createNodeRandom, type RandomBytes } from "../adapters/node-random.ts";
import type { RememberedProofs } from "../adapters/proofs.ts";
import type { Denylist, FlowDeps } from "../core/ports.ts";
import { refuse } from "../core/result.ts";
import type { Variant } from "../core/variant.ts";
import { revocations } from "../revocation/registry.ts";

export type Carried = () => Readonly<Record<string, unknown>>;

/** The environment of a variant: its people, keys and clock. */
export type FlowParts = Pick<FlowDeps, "users" | "families" | "introspection" | "clock"> & {
  readonly variant: Variant;
  readonly labId: string;
  /** The issuer of its tokens. */
  readonly issuer: string;
  readonly keys: LabKeys;
  readonly denylist: Denylist;
  /** The source of secrets and ids, if it is not the machine's. */
  readonly randomBytes?: RandomBytes | undefined;
  /** Additional data in its credentials, asked for whenever one is written. */
  readonly carried?: Carried | undefined;
  /** What was proved of its credentials before. Absent: each is proved anew. */
  readonly proofs?: RememberedProofs | undefined;
};

/** What a flow is made of, but for its records, their data and its log. These may be other ones at each request. */
export type WiredPorts = Omit<FlowDeps, "records" | "data" | "log">;

/**
 * Makes ports from a variant's settings: its signer and encoding, its ids, its revocation policy. All wiring goes
 * through here.
 */
export function wireFlow(parts: FlowParts): WiredPorts {
  const { variant, labId, keys, users, denylist, clock, randomBytes: bytes, proofs } = parts;
  const { settings } = variant;
  const { encoding = "sealed", id = "opaque" } = settings;
  const place = { address: `${labId}.${variant.id.split("/")[1]}`, variant: variant.id, keys };
  return {
    variant: variant.id,
    settings,
    users,
    families: parts.families,
    revocation: revocations[settings.revocation]({ users, denylist, clock }),
    signer: signerOf(parts),
    cookieState: createCookieState(
      place.address,
      cookieEncodings[encoding]({ ...place, proofs: proofs?.states }),
      parts.carried,
    ),
    secrets: idSecrets[id]({ ...place, ...(bytes && { bytes }) }),
    introspection: parts.introspection,
    random: createNodeRandom(bytes),
    clock,
    refuse,
  };
}

/** The signer of a variant's tokens. */
export function signerOf({
  variant,
  issuer,
  keys,
  clock,
  carried,
  proofs,
}: Pick<FlowParts, "variant" | "issuer" | "keys" | "clock" | "carried" | "proofs">): ExplainingSigner {
  const { algorithm = "EdDSA", lifetimes } = variant.settings;
  return createJoseSigner({
    keys: keys.signing(algorithm),
    issuer,
    variant: variant.id,
    skew: lifetimes.skew,
    ...(carried && { carried }),
    clock,
    proofs: proofs?.tokens,
  });
}
