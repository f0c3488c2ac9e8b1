import type { OptionalOperation } from "@/lib/core/variant.ts";
import type { VariantView } from "@/lib/lab/lab-view.ts";
import type { FlowInfo } from "../../_browser/flow-info.ts";
import { Card } from "../../_ui/card.tsx";

const names: Readonly<Record<OptionalOperation, string>> = {
  refresh: "Refresh",
  list: "List logins",
  revoke: "Revoke",
  revokeOne: "Revoke one of several",
  data: "Keep session data",
};
const operations: readonly OptionalOperation[] = ["refresh", "list", "revoke", "revokeOne", "data"];

/** What the flow trusts, and which operations this variant supports. */
export function LimitsCard({ flow, variant }: { flow: FlowInfo; variant: VariantView }) {
  return (
    <Card title="Can and cannot" label="Can and cannot" note={`${flow.title}, ${variant.title}`}>
      <ul className="text-13">
        {operations.map((operation) => (
          <li key={operation} className="border-t border-line py-1.5">
            <p className="flex gap-3">
              {names[operation]}
              <span
                className={`ml-auto font-medium ${variant.cannot[operation] === undefined ? "text-accepted" : "text-warn"}`}
              >
                {variant.cannot[operation] === undefined ? "can" : "cannot"}
              </span>
            </p>
            {variant.cannot[operation] !== undefined && <p className="text-xs text-dim">{variant.cannot[operation]}</p>}
          </li>
        ))}
      </ul>
    </Card>
  );
}
