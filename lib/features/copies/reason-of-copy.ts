import type { FlowModule } from "../../core/flow.ts";
import type { Variant } from "../../core/variant.ts";
import { sinceThen } from "../../lab/reason/lab-since.ts";
import { type Observed, reasonOf } from "../../lab/reason/reason.ts";
import type { CopyFacts, Look, Reason } from "./copies-of-lab.ts";
import { eventOf } from "./event-of-plug.ts";

/** Why a copy gets in or not, from what the last look found; `null`: there was no look. */
export function reasonsFor(flows: readonly FlowModule[]): Reason {
  const variants = new Map(
    flows.flatMap(({ manifest }) => manifest.variants.map((each): [string, Variant] => [each.id, each])),
  );
  return (copy) => {
    const variant = variants.get(copy.variant);
    if (!variant || !copy.look) return null;
    const event = copy.plug && eventOf[copy.plug];
    return reasonOf(variant, variant.settings, event, copy.credential, observed(copy, copy.look));
  };
}

function observed(copy: CopyFacts, look: Look): Observed {
  // Only of a changed role the reason is about the role that the copy acts with.
  const isOnRole = copy.plug === "lower-role" || copy.plug === "raise-role";
  if (look.accepted) return { seen: "accepted", ...(isOnRole && { authority: look.authority }) };
  const since = sinceThen(copy.lab, look.lab, copy.endsAt);
  return { seen: "refused", code: look.code, decidedBy: look.at, ...(since && { since }) };
}
