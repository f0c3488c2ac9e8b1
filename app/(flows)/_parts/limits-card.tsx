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

/** What the flow trusts, and which operations this variant supports. */
export function LimitsCard({ flow, variant }: { flow: FlowInfo; variant: VariantView }) {
  return (
    <Card title="Can and cannot" label="Can and cannot" note={`${flow.title}, ${variant.title}`}>
      <ul className="text-13">
        {Object.entries(names).map(([operation, name]) => {
          const why = variant.cannot[operation as OptionalOperation];
          return (
            <li key={name} className="border-t border-line py-1.5">
              <p className="flex gap-3">
                {name}
                <span className={`ml-auto font-medium ${why === undefined ? "text-accepted" : "text-warn"}`}>
                  {why === undefined ? "can" : "cannot"}
                </span>
              </p>
              {why !== undefined && <p className="text-xs text-dim">{why}</p>}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
