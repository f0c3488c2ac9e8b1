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
import { Button } from "../../_ui/button.tsx";
import { Card } from "../../_ui/pane.tsx";
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
  /** What the rules say of it before it is sent. */
  readonly children: ReactNode;
};

/** A Set-Cookie line, from fields or as text. */
export function CookieComposer({ draft, preset, busy, onDraft, onPreset, onSend, children }: ComposerProps) {
  const id = useId();
  const line = lineOf(draft);
  return (
    <Card title="Compose" label="Compose" note="a Set-Cookie line">
      <div className="grid gap-2.5">
        <Labelled id={`${id}-preset`} name="Begin with">
          <select
            id={`${id}-preset`}
            value={preset ? cookiePresets.indexOf(preset) : ""}
            onChange={(event) => {
              const chosen = cookiePresets[Number(event.target.value)];
              if (chosen) onPreset(chosen);
            }}
            className="field min-h-8 w-full min-w-0 text-13"
          >
            {!preset && <option value="">a line of your own</option>}
            {cookiePresets.map(({ title }, index) => (
              <option key={title} value={index}>
                {title}
              </option>
            ))}
          </select>
        </Labelled>
        {preset && <p className="text-13 text-dim">{preset.teaches}</p>}
        {draft.raw === null && <Fields parts={draft.parts} onChange={(parts) => onDraft({ parts, raw: null })} />}
        <div className="grid gap-1">
          <label htmlFor={`${id}-line`} className="text-xs text-dim">
            {draft.raw === null ? "The line. Type into it to write it yourself" : "The line, as you wrote it"}
          </label>
          <textarea
            id={`${id}-line`}
            value={line}
            rows={Math.min(6, 2 + Math.floor(line.length / 90))}
            onChange={(event) => onDraft({ ...draft, raw: event.target.value })}
            className="field code w-full"
            spellCheck={false}
            autoCapitalize="none"
          />
        </div>
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

function Labelled({ id, name, children }: { id: string; name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[6.5rem_minmax(0,1fr)] items-center gap-x-2">
      <label htmlFor={id} className="text-13">
        {name}
      </label>
      {children}
    </div>
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
    <Labelled id={`${id}-${key}`} name={name}>
      <input
        id={`${id}-${key}`}
        value={parts[key] ?? ""}
        placeholder={hint}
        onChange={(event) => set({ [key]: event.target.value === "" ? null : event.target.value })}
        className="field min-h-8 w-full min-w-0 font-mono text-xs"
        autoCapitalize="none"
        spellCheck={false}
      />
    </Labelled>
  );
  return (
    <div className="grid gap-1.5 border-y border-line py-2.5">
      <Labelled id={`${id}-prefix`} name="Name">
        <span className="flex gap-1">
          <select
            id={`${id}-prefix`}
            value={parts.prefix}
            onChange={(event) => set({ prefix: event.target.value })}
            className="field min-h-8 w-26 shrink-0 font-mono text-xs"
          >
            {[...new Set(["", ...cookiePrefixes, parts.prefix])].map((prefix) => (
              <option key={prefix} value={prefix}>
                {prefix === "" ? "no prefix" : prefix}
              </option>
            ))}
          </select>
          <input
            aria-label="Name after the prefix; it begins with try"
            value={parts.name}
            onChange={(event) => set({ name: event.target.value })}
            className="field min-h-8 w-full min-w-0 font-mono text-xs"
            autoCapitalize="none"
            spellCheck={false}
          />
        </span>
      </Labelled>
      <Labelled id={`${id}-value`} name="Value">
        <input
          id={`${id}-value`}
          value={parts.value}
          onChange={(event) => set({ value: event.target.value })}
          className="field min-h-8 w-full min-w-0 font-mono text-xs"
          autoCapitalize="none"
          spellCheck={false}
        />
      </Labelled>
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
      <Labelled id={`${id}-samesite`} name="SameSite">
        <select
          id={`${id}-samesite`}
          value={parts.sameSite ?? ""}
          onChange={(event) => set({ sameSite: event.target.value === "" ? null : event.target.value })}
          className="field min-h-8 w-full min-w-0 text-xs"
        >
          <option value="">none given</option>
          {sameSites.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </Labelled>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {(["secure", "httpOnly", "partitioned"] as const).map((key) => (
          <label key={key} className="inline-flex min-h-6 items-center gap-1.5 text-13">
            <input
              type="checkbox"
              checked={parts[key]}
              onChange={(event) => set({ [key]: event.target.checked })}
              className="size-3.5 accent-ink"
            />
            {key === "httpOnly" ? "HttpOnly" : key === "secure" ? "Secure" : "Partitioned"}
          </label>
        ))}
      </div>
    </div>
  );
}

/** Name and value against what a browser takes. Past it nothing is cut: the whole cookie is dropped. */
function SizeMeter({ line }: { line: string }) {
  const bytes = pairBytes(parseSetCookie(line));
  const over = bytes > maxPairBytes;
  return (
    <div>
      <p className={`figures flex justify-between text-xs ${over ? "text-refused" : "text-dim"}`}>
        <span>
          {bytes} of {maxPairBytes} bytes, name and value
        </span>
        {over && <span>{bytes - maxPairBytes} too many: dropped whole, not cut</span>}
      </p>
      <div className="bar mt-1" aria-hidden="true">
        <i style={{ "--part": Math.min(1, bytes / maxPairBytes) }} />
      </div>
    </div>
  );
}
