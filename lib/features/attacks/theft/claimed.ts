import type { CredentialKind } from "../../../core/credential.ts";
import type { Strictness } from "../../../core/settings.ts";
import type { Variant } from "../../../core/variant.ts";
import type { SenderTold, TheftAnswer } from "./model.ts";

/** What a variant claims for a credential that comes from this sender. */
export type Claimed = Pick<TheftAnswer, "code" | "noted">;

const nobodyMinds: Claimed = { code: null, noted: null };

/**
 * The manifest says which credentials are bound: those that "Other device, bound" refuses. Both bindings are asked of the
 * same record, so what holds for the user agent holds for the address.
 */
export function claimedOf(
  { claims }: Pick<Variant, "claims">,
  credential: CredentialKind,
  { same }: Pick<SenderTold, "same">,
  binding: Strictness,
): Claimed {
  const refusal = refusalOfStranger({ claims }, credential);
  const isStranger = !(same.userAgent && same.address);
  if (refusal === null || !isStranger || binding === "off") return nobodyMinds;
  return binding === "warn" ? { code: null, noted: "client-changed" } : { code: refusal, noted: "client-refused" };
}

/** How a bound credential is refused to another client; `null`: no record is asked, so nothing can be bound. */
export function refusalOfStranger({ claims }: Pick<Variant, "claims">, credential: CredentialKind): Claimed["code"] {
  const claim = claims["other-device-bound"]?.find((each) => each.credential === credential);
  return claim === undefined || claim.outcome === "exposed" ? null : claim.outcome;
}
