import type { FlowModule } from "../core/flow.ts";
import type { VariantId } from "../core/ids.ts";
import type { RecordSummary } from "../core/login.ts";
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
): Promise<{ readonly logins: readonly LiveLogin[]; readonly unanswered: readonly VariantId[] }> {
  const logins: LiveLogin[] = [];
  const unanswered: VariantId[] = [];
  for (const module of call.app.flows) {
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
