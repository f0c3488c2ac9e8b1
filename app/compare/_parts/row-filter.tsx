"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { SubmitButton } from "../../_ui/controls/button.tsx";
import { CheckField } from "../../_ui/controls/check-field.tsx";
import { Menu } from "../../_ui/controls/menu.tsx";
import { SelectField, type SelectOption } from "../../_ui/controls/select.tsx";
import { chosenIn, compareHref, type TableChoice } from "./table-choice.ts";

type RowFilterProps = {
  readonly choice: TableChoice;
  /** The choices that are shown as selects, with their options. */
  readonly selects: readonly {
    readonly name: "flow" | "safety" | "client" | "ends";
    readonly label: string;
    readonly options: readonly SelectOption[];
  }[];
};

const own = new Set(["flow", "safety", "client", "ends", "sources"]);

/**
 * Which variants are shown. An ordinary form that requests the page again. With script a change applies at once,
 * without leaving the page.
 */
export function RowFilter({ choice, selects }: RowFilterProps) {
  const router = useRouter();
  const [pending, start] = useTransition();
  const [shown, setShown] = useFollowed(choice);
  const count = selects.filter(({ name }) => shown[name]).length;

  const go = (next: TableChoice) => {
    setShown(next);
    start(() => router.push(compareHref(next), { scroll: false }));
  };
  return (
    <Menu look="button" button={count > 0 ? `Rows: ${count} chosen` : "Rows"}>
      <form
        action="/compare"
        aria-busy={pending}
        aria-label="Rows"
        className="grid w-60 max-w-full gap-3 p-1.5"
        onSubmit={(event) => {
          event.preventDefault();
          go(shown);
        }}
      >
        {chosenIn(shown).map(([name, value]) =>
          own.has(name) ? null : <input key={name} type="hidden" name={name} value={value} />,
        )}
        {selects.map(({ name, label, options }) => (
          <SelectField
            key={name}
            name={name}
            label={label}
            size="wide"
            options={[{ value: "", label: "any" }, ...options]}
            value={shown[name] ?? ""}
            onChoose={(value) => go({ ...shown, [name]: value })}
          />
        ))}
        <CheckField
          name="sources"
          value="all"
          checked={shown.sources}
          onChange={(sources) => go({ ...shown, sources })}
        >
          Every source written out
        </CheckField>
        <SubmitButton>Show</SubmitButton>
      </form>
    </Menu>
  );
}

/** A press is shown at once. Afterwards the address decides, so that the back button changes the choice too. */
function useFollowed(choice: TableChoice) {
  const address = compareHref(choice);
  const [followed, setFollowed] = useState({ address, shown: choice });
  if (followed.address !== address) setFollowed({ address, shown: choice });
  const shown = followed.address === address ? followed.shown : choice;
  return [shown, (next: TableChoice) => setFollowed({ address, shown: next })] as const;
}
