import { Suspense } from "react";
import type { VariantId } from "@/lib/core/ids.ts";
import { duration } from "@/lib/core/time.ts";
import type { VariantView } from "@/lib/lab/lab-view.ts";
import { believesTokenAlone, type FlowInfo } from "../../_browser/flow-info.ts";
import { VariantChoice } from "../../_settings/variant-menu.tsx";
import { Card } from "../../_ui/card.tsx";
import { onUse } from "../../_ui/on-use.ts";

// On demand: the variants of one flow keep a token in the page.
const StorageRisk = onUse(() => import("./storage-risk.tsx").then((part) => part.StorageRisk));

type VariantCardProps = {
  readonly flow: FlowInfo;
  readonly variants: readonly VariantView[];
  readonly chosen: VariantView;
  readonly onChoose: (variant: VariantId) => void;
};

/** The variant of the next login, and its settings. */
export function VariantCard({ flow, variants, chosen, onChoose }: VariantCardProps) {
  return (
    <Card title="Variant" label="Variant" note="of the next login">
      <div className="-mx-2">
        <VariantChoice flow={flow} variants={variants} chosen={chosen} onChoose={onChoose} />
      </div>
      <Suspense>{chosen.settings.storage && <StorageRisk storage={chosen.settings.storage} />}</Suspense>
      <dl className="mt-2.5 grid grid-cols-[1fr_auto] gap-x-3 gap-y-1 border-t border-line pt-2.5 text-13">
        {settingsOf(flow, chosen).map(([name, value]) => (
          <div key={name} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-dim">{name}</dt>
            <dd className="text-right font-mono text-xs leading-5">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function settingsOf(flow: FlowInfo, variant: VariantView): readonly (readonly [string, string])[] {
  const { settings, cannot } = variant;
  const { store, encoding, algorithm, logout, lifetimesSeconds: lifetimes } = settings;
  const lives = (name: keyof typeof lifetimes) => duration(lifetimes[name] * 1000);
  const ends: readonly (readonly [string, string])[] =
    flow.presents === "bearer"
      ? [
          ["Access token lives", lives("access")],
          ["Refresh token lives", lives("refresh")],
        ]
      : [
          ...(believesTokenAlone(variant) ? ([["Token lives", lives("access")]] as const) : []),
          ["Ends when idle for", lives("idle")],
          ["Ends at the latest after", lives("absolute")],
        ];
  return [
    ["Also checked", asked(variant, flow)],
    ...(encoding === null ? [] : ([["The cookie’s state is", encoding]] as const)),
    ...(algorithm === null ? [] : ([["Signed with", algorithm]] as const)),
    ["Records", store === null ? "none" : store.toUpperCase()],
    ...(logout === "revokes" ? [] : ([["Logging out", "only deletes the cookie"]] as const)),
    ...ends,
    ["Remembered logins, at most", lives("remembered")],
    // Only rotated refresh tokens need a grace for retries. An id that stays the same needs none.
    ...(cannot.refresh === undefined && flow.presents === "bearer" ? ([["Retry grace", lives("grace")]] as const) : []),
  ];
}

function asked(variant: VariantView, flow: FlowInfo): string {
  const { revocation, store, proof } = variant.settings;
  if (believesTokenAlone(variant)) return "nothing until it is renewed";
  if (proof === "id-introspected") return "a session service";
  const policy = revocation === "none" ? [] : [revocation.replace("-", " ")];
  const record = store !== null && flow.presents === "cookie" ? ["record"] : [];
  return [...record, ...policy].join(" + ") || "nothing";
}
