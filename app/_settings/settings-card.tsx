"use client";

import { useId, useState } from "react";
import type { LabSettings } from "@/lib/lab/lab-settings.ts";
import type { Setting, SettingOption, SettingPlace, SettingValue } from "@/lib/lab/settings/setting.ts";
import {
  type SettingPath,
  settingRows,
  settingValues,
  unusualSettings,
  usualValues,
} from "@/lib/lab/settings/setting-paths.ts";
import { Card } from "../_ui/card.tsx";
import { Button } from "../_ui/controls/button.tsx";
import { Disclosure } from "../_ui/controls/disclosure.tsx";
import { Labelled } from "../_ui/controls/labelled.tsx";
import { Select } from "../_ui/controls/select.tsx";
import { TextInput } from "../_ui/controls/text-field.tsx";
import { type Outcome, OutcomeLine } from "../_ui/outcome-line.tsx";

type SettingsCardProps = {
  readonly place: SettingPlace;
  readonly settings: LabSettings;
  readonly busy: boolean;
  readonly outcome: Outcome | undefined;
  readonly onChoose: (values: readonly (readonly [SettingPath, SettingValue])[]) => void;
};

type SettingEntry = { readonly path: SettingPath; readonly description: Setting };

const rows = Object.entries(settingRows).map(([path, description]) => ({
  path,
  description,
})) as readonly SettingEntry[];
const groups = ["Cookies", "Lifetimes", "Records", "Contents"] as const;

/** The settings of the lab, for all flows. Changed settings stand first, then the settings that affect this flow. */
export function SettingsCard({ place, settings, busy, outcome, onChoose }: SettingsCardProps) {
  const values = settingValues(settings);
  const unusual = new Set(unusualSettings(settings));
  const own = rows.filter(({ description }) => description.concerns(place));
  const others = rows.filter((row) => !own.includes(row));
  const list = (shown: readonly SettingEntry[]) => (
    <ul>
      {shown.map((row) => (
        <SettingRow
          key={row.path}
          {...row}
          place={place}
          value={values[row.path]}
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
          tell={({ path, description }) => chosenLabel(description, values[path], place)}
          busy={busy}
          onReset={(paths) => onChoose(paths.map((path) => [path, usualValues[path]] as const))}
        />
        <div className="mt-2 grid gap-1.5">
          {groups.map((group) => {
            const shown = own.filter(({ description }) => description.group === group);
            return (
              shown.length > 0 && (
                <Disclosure key={group} summary={summaryOf(group, shown, unusual)}>
                  {list(shown)}
                </Disclosure>
              )
            );
          })}
          {others.length > 0 && (
            <Disclosure summary={summaryOf(`No effect on ${place.flow.title}`, others, unusual)}>
              {list(others)}
            </Disclosure>
          )}
        </div>
        <OutcomeLine outcome={outcome} />
      </Card>
    </div>
  );
}

function summaryOf(title: string, shown: readonly SettingEntry[], unusual: ReadonlySet<SettingPath>) {
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
  readonly rows: readonly SettingEntry[];
  readonly tell: (row: SettingEntry) => string;
  readonly busy: boolean;
  readonly onReset: (paths: readonly SettingPath[]) => void;
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
              {row.description.name}: <span className="font-mono text-warn">{tell(row)}</span>
            </span>
            <Button
              onPress={() => onReset([row.path])}
              busy={busy}
              label={`${row.description.name} back to the default`}
              kind="quiet"
            >
              Default
            </Button>
          </li>
        ))}
      </ul>
      {shown.length > 1 && (
        <div className="mt-1.5">
          <Button onPress={() => onReset(shown.map(({ path }) => path))} busy={busy}>
            All back to the default
          </Button>
        </div>
      )}
    </section>
  );
}

type SettingRowProps = SettingEntry & {
  readonly place: SettingPlace;
  readonly value: SettingValue;
  readonly unusual: boolean;
  readonly busy: boolean;
  readonly onChoose: (value: SettingValue) => void;
};

const typed = "typed";

function SettingRow({ path, description, place, value, unusual, busy, onChoose }: SettingRowProps) {
  const id = useId();
  const options = description.options(place);
  const at = options.findIndex((option) => option.value === value);
  const [typing, setTyping] = useState(false);
  const open = at < 0 || typing;
  return (
    <li className="border-t border-line py-2 first:border-0">
      <Labelled label={description.name} id={id} place="above">
        <Select
          id={id}
          size="wide"
          value={open ? typed : String(at)}
          options={[
            ...options.map((option, index) => ({ value: String(index), label: optionLabel(option, path) })),
            ...(description.other ? [{ value: typed, label: "another…" }] : []),
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
      {open && description.other && (
        <TypedValue
          other={description.other}
          name={description.name}
          value={at < 0 ? value : null}
          busy={busy}
          onChoose={onChoose}
        />
      )}
      <p id={`${id}-means`} className="mt-1 text-xs text-dim">
        {description.means(value, place)}
      </p>
    </li>
  );
}

function optionLabel({ value, label, weaker }: SettingOption, path: SettingPath): string {
  const usual = value === usualValues[path];
  return `${label}${usual ? " · default" : ""}${weaker ? " · weaker" : ""}`;
}

type TypedValueProps = {
  readonly other: NonNullable<Setting["other"]>;
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

function chosenLabel(description: Setting, value: SettingValue, place: SettingPlace): string {
  return (
    description.options(place).find((option) => option.value === value)?.label ??
    `${value} ${description.other?.type === "number" ? description.other.label : ""}`
  );
}
