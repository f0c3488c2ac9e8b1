import type { FlowModule } from "../core/flow.ts";
import type { VariantId } from "../core/ids.ts";
import type { Principal, RecordSummary, RevokeTarget } from "../core/login.ts";
import { StoreUnavailable } from "../core/store-unavailable.ts";
import type { UserId } from "../core/user.ts";
import type { Variant } from "../core/variant.ts";
import type { LabContext } from "./application.ts";
import type { Call } from "./operation.ts";
import { build } from "./request/credential-of-request.ts";

/** A login, and its flow. */
export type LiveLogin = RecordSummary & { readonly module: FlowModule };

type Listed = readonly RecordSummary[] | "unavailable";

/**
 * The live logins of one person, in every variant that this lab accepts and that can list. Variants of a flow with the
 * same store see the same records, so each store is asked once. A store that is down hides only its own logins.
 */
export async function liveLoginsOf(
  call: Call,
  context: LabContext,
  user: UserId,
  modules: readonly FlowModule[] = call.app.flows,
): Promise<{ readonly logins: readonly LiveLogin[]; readonly unanswered: readonly VariantId[] }> {
  const logins: LiveLogin[] = [];
  const unanswered: VariantId[] = [];
  for (const module of modules) {
    const asked = new Map<string, Listed>();
    for (const variant of acceptedVariants(context, module)) {
      const store = variant.settings.store ?? "";
      const listed = asked.get(store) ?? (await list(call, context, module, variant.id, user));
      asked.set(store, listed);
      if (listed === "unavailable") unanswered.push(variant.id);
      else for (const login of listed.filter((each) => each.variant === variant.id)) logins.push({ ...login, module });
    }
  }
  return { logins, unanswered };
}

export type EndedLogins = {
  readonly revoked: number;
  /** Variants that cannot revoke. */
  readonly cannot: readonly VariantId[];
  /** Variants whose store does not answer. */
  readonly unanswered: readonly VariantId[];
};

/**
 * Ends logins of a person in one flow, in each store that its variants use. If one store does not answer, the others
 * still end theirs. `but`: a variant that has already ended its own; variants that keep logins like it are skipped.
 */
export async function endEverywhere(
  call: Call,
  context: LabContext,
  module: FlowModule,
  { actor, target, but }: { readonly actor: Principal; readonly target: RevokeTarget; readonly but?: Variant },
): Promise<EndedLogins> {
  const asked = new Set(but ? [wayOfKeeping(but)] : []);
  const ended = { revoked: 0, cannot: Array.of<VariantId>(), unanswered: Array.of<VariantId>() };
  for (const variant of acceptedVariants(context, module)) {
    // The exchange is shown with the login that asked, and not with the one that it ends.
    const chosen = build({ ...call, about: { ...call.about } }, context, module, variant.id);
    if (!chosen.ok) continue;
    if (!chosen.value.flow.revoke) {
      ended.cannot.push(variant.id);
      continue;
    }
    if (asked.has(wayOfKeeping(variant))) continue;
    asked.add(wayOfKeeping(variant));
    const answer = await chosen.value.flow.revoke(actor, target).catch(unlessUnavailable);
    if (answer === "unavailable") ended.unanswered.push(variant.id);
    else if (answer.ok) ended.revoked += answer.value;
    else ended.cannot.push(variant.id);
  }
  return ended;
}

/** Variants with the same answer see the same logins, or, without a store, end them by the same revocation. */
function wayOfKeeping({ settings }: Variant): string {
  return settings.store === undefined ? `by ${settings.revocation}` : `in ${settings.store}`;
}

/** The variants of a flow whose logins this lab accepts. */
export function acceptedVariants({ lab }: LabContext, { manifest }: FlowModule): readonly Variant[] {
  return manifest.variants.filter(({ id }) => lab.enabled.includes(id));
}

async function list(call: Call, context: LabContext, module: FlowModule, id: VariantId, user: UserId): Promise<Listed> {
  // The exchange is shown with the login that asked, and not with the one that it ends.
  const chosen = build({ ...call, about: { ...call.about } }, context, module, id);
  if (!chosen.ok) return [];
  const listed = await chosen.value.flow.list?.(user).catch(unlessUnavailable);
  if (listed === "unavailable") return listed;
  return listed?.ok ? listed.value : [];
}

export function unlessUnavailable(error: unknown): "unavailable" {
  if (error instanceof StoreUnavailable) return "unavailable";
  throw error;
}
