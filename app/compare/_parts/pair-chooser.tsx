"use client";

import { useRouter } from "next/navigation";
import { Button } from "../../_ui/controls/button.tsx";
import { SelectField } from "../../_ui/controls/select.tsx";

type PairChooserProps = {
  readonly choices: readonly {
    readonly id: string;
    readonly title: string;
    readonly variants: readonly { readonly id: string; readonly title: string }[];
  }[];
  readonly left: string;
  readonly right: string;
};

/** Chooses another pair: flows are compared with flows, variants with variants. */
export function PairChooser({ choices, left, right }: PairChooserProps) {
  const router = useRouter();
  const byVariant = left.includes("/");
  const go = (one: string, other: string) => router.push(`/compare/${one}/${other}`);
  const first = choices[0]?.variants[0]?.id ?? left;
  const options = choices.map(({ id, title, variants }) =>
    byVariant
      ? { label: title, options: variants.map((each) => ({ value: each.id, label: each.title })) }
      : { value: id, label: title },
  );
  const others = byVariant
    ? () => go(left.split("/")[0] ?? "", right.split("/")[0] ?? "")
    : () => go(plainest(choices, left) ?? first, plainest(choices, right) ?? first);
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
      <SelectField label="Left" value={left} options={options} onChoose={(id) => go(id, right)} />
      <SelectField label="Right" value={right} options={options} onChoose={(id) => go(left, id)} />
      <Button size="normal" onPress={() => go(right, left)}>
        Swap sides
      </Button>
      <Button size="normal" onPress={others}>
        {byVariant ? "Compare their flows" : "Compare their variants"}
      </Button>
    </div>
  );
}

function plainest(choices: PairChooserProps["choices"], flow: string): string | undefined {
  return choices.find(({ id }) => id === flow)?.variants[0]?.id;
}
