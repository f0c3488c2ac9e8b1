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

function observed({ lab, endsAt }: CopyFacts, look: Look): Observed {
  if (look.accepted) return { seen: "accepted" };
  const since = sinceThen(lab, look.lab, endsAt);
  return { seen: "refused", code: look.code, decidedBy: look.at, ...(since && { since }) };
}
