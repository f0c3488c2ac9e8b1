import type { ComparedSide } from "@/lib/features/compare/difference.ts";
import { FlowIcon } from "../../../_ui/flow-icon.tsx";

type SideHeadersProps = { readonly first: string; readonly left: ComparedSide; readonly right: ComparedSide };

/** The head of a table that puts two variants side by side. Within one flow the variants' names tell them apart. */
export function SideHeaders({ first, left, right }: SideHeadersProps) {
  const isOneFlow = left.flow === right.flow;
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        {[left, right].map(({ flow, flowTitle, variant, variantTitle }, index) => (
          <th key={`${index === 0 ? "left" : "right"} ${variant}`} scope="col" data-flow={flow} className="pair-side">
            <FlowIcon flow={flow} />
            {isOneFlow ? variantTitle : flowTitle}
          </th>
        ))}
      </tr>
    </thead>
  );
}
