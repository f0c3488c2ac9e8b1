"use client";

import { useId, useState } from "react";
import type { LabSettings } from "@/lib/lab/lab-settings.ts";
import type { VariantView } from "@/lib/lab/lab-view.ts";
import type { SettingOption, SettingValue } from "@/lib/lab/settings/setting.ts";
import type { SettingPath } from "@/lib/lab/settings/setting-paths.ts";
import { meaningOf, settingValue } from "@/lib/lab/settings/setting-values.ts";
import type { SettingWords } from "@/lib/lab/settings/setting-words.ts";
import { Card } from "../_ui/card.tsx";
import { Button } from "../_ui/controls/button.tsx";
import { Disclosure } from "../_ui/controls/disclosure.tsx";
import { Labelled } from "../_ui/controls/labelled.tsx";
import { Select } from "../_ui/controls/select.tsx";
import { TextInput } from "../_ui/controls/text-field.tsx";
import { type Outcome, OutcomeLine } from "../_ui/outcome-line.tsx";

type SettingsCardProps = {
  /** All settings, as they are said beside this flow. */
  readonly rows: readonly SettingWords[];
  /** The flow’s title. */
  readonly title: string;
  readonly variant: VariantView;
  readonly settings: LabSettings;
  readonly busy: boolean;
  readonly outcome: Outcome | undefined;
  readonly onChoose: (values: readonly (readonly [SettingPath, SettingValue])[]) => void;
};

const groups = ["Cookies", "Lifetimes", "Records", "Contents"] as const;

/** The settings of the lab, for all flows. Changed settings stand first, then the settings that affect this flow. */
export function SettingsCard({ rows, title, variant, settings, busy, outcome, onChoose }: SettingsCardProps) {
  const unusual = new Set(rows.flatMap(({ path, usual }) => (settingValue(settings, path) === usual ? [] : [path])));
  const own = rows.filter(({ concerns }) => concerns.includes(variant.id));
  const others = rows.filter((row) => !own.includes(row));
  const list = (shown: readonly SettingWords[]) => (
    <ul>
      {shown.map((row) => (
        <SettingRow
          key={row.path}
          row={row}
          value={settingValue(settings, row.path)}
          unusual={unusual.has(row.path)}
          busy={busy}
          onChoose={(value) => onChoose([[row.path, value]])}
        />
      ))}
    </ul>
  );
  return (
    <div id="settings" className="scroll-mt-16">
      <Card title="Settings" label="Settings" note="of this lab, all flows">
        <p className="text-xs text-dim">They apply to the next login. A live login keeps its own.</p>
        <Unusual
          rows={rows.filter(({ path }) => unusual.has(path))}
          tell={(row) => chosenLabel(row, settingValue(settings, row.path))}
          busy={busy}
          onReset={(reset) => onChoose(reset.map(({ path, usual }) => [path, usual] as const))}
        />
        <div className="mt-2 grid gap-1.5">
          {groups.map((group) => {
            const shown = own.filter((row) => row.group === group);
            return (
              shown.length > 0 && (
                <Disclosure key={group} summary={summaryOf(group, shown, unusual)}>
                  {list(shown)}
                </Disclosure>
              )
            );
          })}
          {others.length > 0 && (
            <Disclosure summary={summaryOf(`No effect on ${title}`, others, unusual)}>{list(others)}</Disclosure>
          )}
        </div>
        <OutcomeLine outcome={outcome} />
      </Card>
    </div>
  );
}

function summaryOf(title: string, shown: readonly SettingWords[], unusual: ReadonlySet<SettingPath>) {
  const count = shown.filter(({ path }) => unusual.has(path)).length;
  return (
    <>
      <span className="text-13 text-ink">{title}</span>
      <span className="figures text-faint">{shown.length}</span>
      {count > 0 && <span className="ml-auto rounded bg-warn-ground px-1.5 text-warn">{count} changed</span>}
    </>
  );
}

type UnusualProps = {
  readonly rows: readonly SettingWords[];
  readonly tell: (row: SettingWords) => string;
  readonly busy: boolean;
  readonly onReset: (rows: readonly SettingWords[]) => void;
};

/** The changed settings, each with a button that restores the default. */
function Unusual({ rows: shown, tell, busy, onReset }: UnusualProps) {
  if (shown.length === 0) return <p className="mt-1.5 text-xs text-accepted">All settings have their default.</p>;
  return (
    <section aria-label="Changed settings" className="mt-2 rounded-lg bg-warn-ground px-2.5 py-1.5">
      <ul className="grid gap-1 text-xs">
        {shown.map((row) => (
          <li key={row.path} className="flex items-center gap-2">
            <span className="min-w-0 flex-1 wrap-anywhere">
              {row.name}: <span className="font-mono text-warn">{tell(row)}</span>
            </span>
            <Button onPress={() => onReset([row])} busy={busy} label={`${row.name} back to the default`} kind="quiet">
              Default
            </Button>
          </li>
        ))}
      </ul>
      {shown.length > 1 && (
        <div className="mt-1.5">
          <Button onPress={() => onReset(shown)} busy={busy}>
            All back to the default
          </Button>
        </div>
      )}
    </section>
  );
}

type SettingRowProps = {
  readonly row: SettingWords;
  readonly value: SettingValue;
  readonly unusual: boolean;
  readonly busy: boolean;
  readonly onChoose: (value: SettingValue) => void;
};

const typed = "typed";

function SettingRow({ row, value, unusual, busy, onChoose }: SettingRowProps) {
  const { name, options, other, usual } = row;
  const id = useId();
  const at = options.findIndex((option) => option.value === value);
  const [typing, setTyping] = useState(false);
  const open = at < 0 || typing;
  return (
    <li className="border-t border-line py-2 first:border-0">
      <Labelled label={name} id={id} place="above">
        <Select
          id={id}
          size="wide"
          value={open ? typed : String(at)}
          options={[
            ...options.map((option, index) => ({ value: String(index), label: optionLabel(option, usual) })),
            ...(other ? [{ value: typed, label: "another…" }] : []),
          ]}
          describedBy={`${id}-means`}
          onChoose={(chosen) => {
            const option = options[Number(chosen)];
            setTyping(option === undefined);
            if (option) onChoose(option.value);
          }}
          warns={unusual}
        />
      </Labelled>
      {open && other && (
        <TypedValue other={other} name={name} value={at < 0 ? value : null} busy={busy} onChoose={onChoose} />
      )}
      <p id={`${id}-means`} className="mt-1 text-xs text-dim">
        {meaningOf(row, value)}
      </p>
    </li>
  );
}

function optionLabel({ value, label, weaker }: SettingOption, usual: SettingValue): string {
  return `${label}${value === usual ? " · default" : ""}${weaker ? " · weaker" : ""}`;
}

type TypedValueProps = {
  readonly other: NonNullable<SettingWords["other"]>;
  readonly name: string;
  readonly value: SettingValue;
  readonly busy: boolean;
  readonly onChoose: (value: SettingValue) => void;
};

/** A field for any other value. The server refuses an invalid value with a sentence. */
function TypedValue({ other, name, value, busy, onChoose }: TypedValueProps) {
  const [text, setText] = useState(value === null ? "" : String(value));
  return (
    <form
      className="mt-1.5 flex items-center justify-end gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (text !== "") onChoose(other.type === "number" ? Number(text) : text);
      }}
    >
      <TextInput
        label={`${name}, in ${other.label}`}
        inputMode={other.type === "number" ? "numeric" : "text"}
        placeholder={other.hint}
        value={text}
        onType={setText}
        width="short"
        mono
      />
      <Button
        onPress={() => text !== "" && onChoose(other.type === "number" ? Number(text) : text)}
        busy={busy}
        label={`Set ${name}`}
      >
        Set
      </Button>
    </form>
  );
}

function chosenLabel({ options, other }: SettingWords, value: SettingValue): string {
  return (
    options.find((option) => option.value === value)?.label ?? `${value} ${other?.type === "number" ? other.label : ""}`
  );
}
