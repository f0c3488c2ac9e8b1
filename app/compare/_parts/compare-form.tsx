"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useState, useTransition } from "react";
import { type ColumnGroup, columnGroups } from "@/lib/features/compare/model.ts";
import { SubmitButton } from "../../_ui/controls/button.tsx";
import { CheckField } from "../../_ui/controls/check-field.tsx";
import { Option } from "../../_ui/controls/option.tsx";
import { SelectField, type SelectOption } from "../../_ui/controls/select.tsx";
import { groupTitles } from "./column-titles.ts";
import { compareHref, type TableChoice } from "./table-choice.ts";

type CompareFormProps = {
  readonly choice: TableChoice;
  /** The choices that are shown as selects, with their options. */
  readonly selects: readonly {
    readonly name: "flow" | "safety" | "client" | "ends";
    readonly label: string;
    readonly options: readonly SelectOption[];
  }[];
  readonly formId: string;
  /** The table. Its headers are buttons of this form that sort. */
  readonly children: ReactNode;
};

/**
 * The filters of the table. An ordinary form that requests the page again. With script a change applies at once,
 * without leaving the page.
 */
export function CompareForm({ choice, selects, formId, children }: CompareFormProps) {
  const router = useRouter();
  const [pending, start] = useTransition();
  const [shown, setShown] = useFollowed(choice);

  const go = (next: TableChoice) => {
    setShown(next);
    start(() => router.push(compareHref(next), { scroll: false }));
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    go(
      submitter instanceof HTMLButtonElement && submitter.name === "sort" ? { ...shown, sort: submitter.value } : shown,
    );
  };
  return (
    <>
      <form id={formId} action="/compare" onSubmit={submit} aria-busy={pending} className="grid gap-3 print:hidden">
        {shown.sort && <input type="hidden" name="sort" value={shown.sort} />}
        {shown.first && <input type="hidden" name="first" value={shown.first} />}
        <GroupChoice groups={shown.groups} onChoose={(groups) => go({ ...shown, groups })} />
        <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
          {selects.map(({ name, label, options }) => (
            <SelectField
              key={name}
              name={name}
              label={label}
              options={[{ value: "", label: "any" }, ...options]}
              value={shown[name] ?? ""}
              onChoose={(value) => go({ ...shown, [name]: value })}
            />
          ))}
          <span className="flex min-h-control items-center">
            <CheckField
              name="sources"
              value="all"
              checked={shown.sources}
              onChange={(sources) => go({ ...shown, sources })}
            >
              Every source written out
            </CheckField>
          </span>
          <SubmitButton size="normal">Show</SubmitButton>
        </div>
      </form>
      <div className={pending ? "opacity-60 transition-opacity" : "transition-opacity"}>{children}</div>
    </>
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

type GroupChoiceProps = {
  readonly groups: readonly ColumnGroup[];
  readonly onChoose: (groups: readonly ColumnGroup[]) => void;
};

function GroupChoice({ groups, onChoose }: GroupChoiceProps) {
  return (
    <fieldset className="flex flex-wrap gap-1.5">
      <legend className="mb-1 text-xs text-dim">Columns</legend>
      {columnGroups.map((group) => (
        <Option
          key={group}
          type="checkbox"
          look="chip"
          name="group"
          value={group}
          checked={groups.includes(group)}
          onChange={(checked) =>
            onChoose(columnGroups.filter((each) => (each === group ? checked : groups.includes(each))))
          }
        >
          {groupTitles[group]}
        </Option>
      ))}
    </fieldset>
  );
}
