"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useId, useState, useTransition } from "react";
import { type ColumnGroup, columnGroups } from "@/lib/features/compare/model.ts";
import { groupTitles } from "./column-titles.ts";
import { compareHref, type TableChoice } from "./table-choice.ts";

type Option = { readonly value: string; readonly title: string };

type CompareFormProps = {
  readonly choice: TableChoice;
  /** Which of the choices stand as selects, with what can be chosen. */
  readonly selects: readonly {
    readonly name: "flow" | "safety" | "client" | "ends";
    readonly label: string;
    readonly options: readonly Option[];
  }[];
  readonly formId: string;
  /** The table, whose headers sort by buttons of this form. */
  readonly children: ReactNode;
};

/** What is shown of the table. An ordinary form that asks for the page anew; where there is script, at once and without leaving it. */
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
            <Select
              key={name}
              name={name}
              label={label}
              options={options}
              value={shown[name] ?? ""}
              onChoose={(value) => go({ ...shown, [name]: value })}
            />
          ))}
          <label className="flex min-h-8 items-center gap-1.5 text-13">
            <input
              type="checkbox"
              name="sources"
              value="all"
              checked={shown.sources}
              onChange={({ target }) => go({ ...shown, sources: target.checked })}
            />
            Every source written out
          </label>
          <button type="submit" className="min-h-8 rounded-lg border border-strong bg-panel px-3 text-13 hover:bg-sunk">
            Show
          </button>
        </div>
      </form>
      <div className={pending ? "opacity-60 transition-opacity" : "transition-opacity"}>{children}</div>
    </>
  );
}

/** A press counts at once, and the address has the last word: a step back chooses as well. */
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
        <label
          key={group}
          className="relative rounded-lg border border-strong bg-panel px-2.5 py-1.25 text-13 hover:bg-sunk has-checked:border-ink has-checked:bg-ink has-checked:text-panel has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus"
        >
          <input
            type="checkbox"
            name="group"
            value={group}
            checked={groups.includes(group)}
            onChange={({ target }) =>
              onChoose(columnGroups.filter((each) => (each === group ? target.checked : groups.includes(each))))
            }
            className="absolute inset-0 size-full cursor-pointer opacity-0"
          />
          {groupTitles[group]}
        </label>
      ))}
    </fieldset>
  );
}

type SelectProps = {
  readonly name: string;
  readonly label: string;
  readonly options: readonly Option[];
  readonly value: string;
  readonly onChoose: (value: string) => void;
};

function Select({ name, label, options, value, onChoose }: SelectProps) {
  const id = useId();
  return (
    <div className="grid min-w-0 gap-1">
      <label htmlFor={id} className="text-xs text-dim">
        {label}
      </label>
      <select
        id={id}
        name={name}
        className="field max-w-full"
        value={value}
        onChange={({ target }) => onChoose(target.value)}
      >
        <option value="">any</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.title}
          </option>
        ))}
      </select>
    </div>
  );
}
