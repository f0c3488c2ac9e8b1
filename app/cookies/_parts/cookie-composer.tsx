"use client";

import { type ReactNode, useId } from "react";
import { cookiePrefixes } from "@/lib/lab/cookies/cookie-prefix.ts";
import {
  composeSetCookie,
  maxPairBytes,
  pairBytes,
  parseSetCookie,
  type SetCookieParts,
} from "@/lib/lab/cookies/set-cookie-line.ts";
import { Card } from "../../_ui/card.tsx";
import { Button } from "../../_ui/controls/button.tsx";
import { CheckField } from "../../_ui/controls/check-field.tsx";
import { Labelled } from "../../_ui/controls/labelled.tsx";
import { Select, SelectField } from "../../_ui/controls/select.tsx";
import { CodeField, TextField, TextInput } from "../../_ui/controls/text-field.tsx";
import { type CookiePreset, cookiePresets } from "./cookie-presets.ts";

export type Draft = { readonly parts: SetCookieParts; readonly raw: string | null };

export function lineOf({ parts, raw }: Draft): string {
  return raw ?? composeSetCookie(parts);
}

type ComposerProps = {
  readonly draft: Draft;
  readonly preset: CookiePreset | undefined;
  readonly busy: boolean;
  readonly onDraft: (draft: Draft) => void;
  readonly onPreset: (preset: CookiePreset) => void;
  readonly onSend: () => void;
  /** The computed verdict, shown before the line is sent. */
  readonly children: ReactNode;
};

/** Composes a Set-Cookie line, from fields or as text. */
export function CookieComposer({ draft, preset, busy, onDraft, onPreset, onSend, children }: ComposerProps) {
  const line = lineOf(draft);
  return (
    <Card title="Compose" label="Compose" note="a Set-Cookie line">
      <div className="grid gap-2.5">
        <SelectField
          label="Begin with"
          place="column"
          size="wide"
          value={preset ? String(cookiePresets.indexOf(preset)) : ""}
          options={[
            ...(preset ? [] : [{ value: "", label: "a line of your own" }]),
            ...cookiePresets.map(({ title }, index) => ({ value: String(index), label: title })),
          ]}
          onChoose={(index) => {
            const chosen = cookiePresets[Number(index)];
            if (chosen) onPreset(chosen);
          }}
        />
        {preset && <p className="text-13 text-dim">{preset.teaches}</p>}
        {draft.raw === null && <Fields parts={draft.parts} onChange={(parts) => onDraft({ parts, raw: null })} />}
        <CodeField
          label={draft.raw === null ? "The line. Type into it to write it yourself" : "The line, as you wrote it"}
          value={line}
          rows={Math.min(6, 2 + Math.floor(line.length / 90))}
          onType={(raw) => onDraft({ ...draft, raw })}
        />
        <SizeMeter line={line} />
        {children}
        <div className="flex flex-wrap gap-2">
          <Button kind="primary" size="normal" onPress={onSend} busy={busy}>
            Send it for real
          </Button>
          {draft.raw !== null && (
            <Button size="normal" onPress={() => onDraft({ ...draft, raw: null })}>
              Back to the fields
            </Button>
          )}
        </div>
      </div>
    </Card>
  );
}

type FieldsProps = { readonly parts: SetCookieParts; readonly onChange: (parts: SetCookieParts) => void };

const sameSites = ["Strict", "Lax", "None"];
const lifetimes = [
  ["ends with the browser", null],
  ["7 days", 7],
  ["31 days", 31],
  ["400 days", 400],
  ["ten years", 3650],
] as const;

function Fields({ parts, onChange }: FieldsProps) {
  const id = useId();
  const set = (change: Partial<SetCookieParts>) => onChange({ ...parts, ...change });
  const text = (name: string, key: "path" | "domain" | "expires" | "maxAge", hint: string) => (
    <TextField
      label={name}
      place="column"
      value={parts[key] ?? ""}
      placeholder={hint}
      onType={(value) => set({ [key]: value === "" ? null : value })}
      mono
    />
  );
  return (
    <div className="grid gap-1.5 border-y border-line py-2.5">
      <Labelled label="Name" id={id} place="column">
        <span className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-1">
          <Select
            id={id}
            size="wide"
            value={parts.prefix}
            options={[...new Set(["", ...cookiePrefixes, parts.prefix])].map((prefix) => ({
              value: prefix,
              label: prefix === "" ? "no prefix" : prefix,
            }))}
            onChoose={(prefix) => set({ prefix })}
            mono
          />
          <TextInput
            label="Name after the prefix; it begins with try"
            value={parts.name}
            onType={(name) => set({ name })}
            mono
          />
        </span>
      </Labelled>
      <TextField label="Value" place="column" value={parts.value} onType={(value) => set({ value })} mono />
      {text("Max-Age", "maxAge", "none: a session cookie")}
      <fieldset className="-mx-2.25 flex flex-wrap justify-between">
        <legend className="sr-only">Lifetimes to choose from</legend>
        {lifetimes.map(([name, days]) => (
          <Button key={name} kind="quiet" onPress={() => set({ maxAge: days === null ? null : String(days * 86_400) })}>
            {name}
          </Button>
        ))}
      </fieldset>
      {text("Expires", "expires", "none")}
      {text("Path", "path", "none: the default path")}
      {text("Domain", "domain", "none: this host only")}
      <SelectField
        label="SameSite"
        place="column"
        size="wide"
        value={parts.sameSite ?? ""}
        options={[{ value: "", label: "none given" }, ...sameSites.map((each) => ({ value: each, label: each }))]}
        onChoose={(value) => set({ sameSite: value === "" ? null : value })}
      />
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {(["secure", "httpOnly", "partitioned"] as const).map((key) => (
          <CheckField key={key} checked={parts[key]} onChange={(checked) => set({ [key]: checked })}>
            {key === "httpOnly" ? "HttpOnly" : key === "secure" ? "Secure" : "Partitioned"}
          </CheckField>
        ))}
      </div>
    </div>
  );
}

/** The size of name and value against the browser's limit. A browser drops a larger cookie and does not shorten it. */
function SizeMeter({ line }: { line: string }) {
  const bytes = pairBytes(parseSetCookie(line));
  const over = bytes > maxPairBytes;
  return (
    <div>
      <p className={`figures flex justify-between text-xs ${over ? "text-refused" : "text-dim"}`}>
        <span>
          {bytes} of {maxPairBytes} bytes, name and value
        </span>
        {over && <span>{bytes - maxPairBytes} too many: the browser drops the cookie</span>}
      </p>
      <div className="bar mt-1" aria-hidden="true">
        <i style={{ "--part": Math.min(1, bytes / maxPairBytes) }} />
      </div>
    </div>
  );
}
