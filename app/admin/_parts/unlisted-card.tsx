import type { PeopleView } from "@/lib/features/admin/model.ts";
import type { FlowInfo } from "../../_browser/flow-info.ts";
import { Card } from "../../_ui/card.tsx";
import { FlowIcon } from "../../_ui/flow-icon.tsx";

type UnlistedCardProps = Pick<PeopleView, "cannotList" | "unanswered"> & {
  readonly flows: readonly Pick<FlowInfo, "id" | "title">[];
};

/** The flows that the list leaves out, and why. An empty list does not prove that there are no logins. */
export function UnlistedCard({ cannotList, unanswered, flows }: UnlistedCardProps) {
  if (cannotList.length === 0 && unanswered.length === 0) return null;
  return (
    <Card title="Not in this list" label="Not in this list" note="and why">
      <ul className="grid gap-2">
        {cannotList.map(({ flow, variant, why }) => (
          <li key={variant} data-flow={flow} className="text-13">
            <p className="flex items-center gap-2 font-medium">
              <FlowIcon flow={flow} />
              {flows.find(({ id }) => id === flow)?.title ?? flow}
              <span className="font-mono text-xs font-normal text-dim">{variant.split("/")[1]}</span>
            </p>
            <p className="text-xs text-dim">{why}</p>
          </li>
        ))}
        {unanswered.map((variant) => (
          <li key={variant} className="text-13">
            <p className="font-medium text-refused">{variant}</p>
            <p className="text-xs text-dim">Its store does not answer, so its logins are unknown.</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
