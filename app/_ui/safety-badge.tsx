import type { Safety } from "@/lib/core/variant.ts";

const looks: Readonly<Record<Safety, { tone: string; means: string }>> = {
  safe: { tone: "border-line text-accepted", means: "Meets the security floor, and can be ended at once." },
  limited: {
    tone: "border-transparent bg-warn-ground text-warn",
    means: "A copy stays valid after its logout or a revocation of all, as its claims say.",
  },
  unsafe: {
    tone: "border-transparent bg-refused-ground text-refused",
    means: "Wrong on purpose, to show how it fails.",
  },
};

export function SafetyBadge({ safety }: { safety: Safety }) {
  const { tone, means } = looks[safety];
  return (
    <span className={`rounded-badge border px-1.5 text-2xs font-medium ${tone}`} title={means}>
      {safety}
    </span>
  );
}
