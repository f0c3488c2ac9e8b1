"use client";

import { useRouter } from "next/navigation";
import type { Comparable } from "@/lib/features/compare/model.ts";
import { Button } from "../../../_ui/controls/button.tsx";
import { SelectField } from "../../../_ui/controls/select.tsx";
import { pairHref, type TableChoice } from "../../_parts/table-choice.ts";

type PairChooserProps = {
  readonly choices: readonly Comparable[];
  /** The ids of the variants. */
  readonly left: string;
  readonly right: string;
  readonly thief: TableChoice["thief"];
};

/** Chooses another pair. */
export function PairChooser({ choices, left, right, thief }: PairChooserProps) {
  const router = useRouter();
  const go = (one: string, other: string) => router.push(pairHref(one, other, thief), { scroll: false });
  const options = choices.map(({ title, variants }) => ({
    label: title,
    options: variants.map((each) => ({ value: each.id, label: `${title}, ${each.title}` })),
  }));
  return (
    <div className="flex flex-wrap items-end gap-2 [&_select]:max-w-52">
      <SelectField label="Left" place="beside" value={left} options={options} onChoose={(id) => go(id, right)} />
      <SelectField label="Right" place="beside" value={right} options={options} onChoose={(id) => go(left, id)} />
      <Button size="normal" onPress={() => go(right, left)}>
        Swap
      </Button>
    </div>
  );
}
