import type { FlowModule } from "../../core/flow.ts";
import type { Principal, RevokeTarget } from "../../core/login.ts";
import type { Variant } from "../../core/variant.ts";
import { type EndedLogins, endEverywhere, liveLoginsOf } from "../../http/live-logins.ts";
import type { Call } from "../../http/operation.ts";
import { build } from "../../http/request/credential-of-request.ts";

type Wish = {
  /** The variant that has already ended its own. */
  readonly variant: Variant;
  readonly actor: Principal;
  readonly target: RevokeTarget;
  /** How many logins it ended. */
  readonly here: number;
};

const nothing: EndedLogins = { revoked: 0, cannot: [], unanswered: [] };

/** Ends the same logins in the stores of the flow's other variants, since a person sees them as one list. */
export async function revokeElsewhere(
  call: Call,
  module: FlowModule,
  { variant, actor, target, here }: Wish,
): Promise<EndedLogins> {
  const { context } = call;
  if (!context) return nothing;
  if ("scope" in target && target.scope !== "current") {
    return endEverywhere(call, context, module, { actor, target, but: variant });
  }
  if (here > 0 || "scope" in target) return nothing;
  const { logins, unanswered } = await liveLoginsOf(call, context, target.user, [module]);
  const login = logins.find(({ id }) => id === target.session);
  if (!login) return { ...nothing, unanswered };
  const kept = build({ ...call, about: { ...call.about } }, context, module, login.variant);
  const ended = kept.ok ? await kept.value.flow.revoke?.(actor, target) : undefined;
  return { ...nothing, revoked: ended?.ok ? ended.value : 0 };
}
