"use client";

import Link from "next/link";
import { type KeyboardEvent, useEffect, useId, useMemo, useState } from "react";
import { useLab } from "../_browser/lab-provider.tsx";
import { Dialog } from "../_ui/controls/dialog.tsx";
import { allEntries } from "./all-entries.ts";
import { type Entry, findEntries } from "./find-entries.ts";
import { KeyList } from "./key-list.tsx";
import { nextPlace } from "./next-place.ts";

/** Finds pages, flows, variants, words and requirements. The combobox pattern of the ARIA Authoring Practices. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Find and keys" size="list" onClose={onClose}>
      {(close) => <Finder onArrive={close} />}
    </Dialog>
  );
}

function Finder({ onArrive }: { readonly onArrive: () => void }) {
  const { view, flows } = useLab();
  const variants = view?.variants;
  const entries = useMemo(() => allEntries({ flows, variants: variants ?? [] }), [flows, variants]);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const found = useMemo(() => findEntries(entries, typed), [entries, typed]);
  const list = useId();
  const idOf = (index: number) => `${list}-${index}`;
  const active = Math.min(at, found.length - 1);
  useEffect(() => {
    document.getElementById(`${list}-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [list, active]);

  const press = (event: KeyboardEvent) => {
    const next = nextPlace(event.key, active, found.length);
    if (event.key === "Enter") document.getElementById(idOf(active))?.click();
    else if (next === null) return;
    else setAt(next);
    event.preventDefault();
  };

  return (
    <>
      <input
        type="text"
        role="combobox"
        aria-label="Find a page, variant, word or requirement"
        aria-expanded={found.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={found.length > 0 ? idOf(active) : undefined}
        placeholder="Find a page, variant, word or requirement"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
          setAt(0);
        }}
        onKeyDown={press}
        className="field min-h-control w-full"
      />
      <p role="status" className="sr-only">
        {found.length === 0 ? "Nothing found" : `${found.length} found`}
      </p>
      {found.length === 0 && <p className="mt-2 text-13 text-dim">Nothing has these words.</p>}
      <div id={list} {...listbox} className="mt-2 max-h-[45vh] overflow-y-auto">
        {found.map((entry, index) => (
          <Option key={entry.href} entry={entry} id={idOf(index)} isActive={index === active} onArrive={onArrive} />
        ))}
      </div>
      <KeyList />
    </>
  );
}

/** No element of HTML is a list of links that one text field moves through. */
const listbox = { role: "listbox", "aria-label": "Found", tabIndex: -1 } as const;

type OptionProps = {
  readonly entry: Entry;
  readonly id: string;
  readonly isActive: boolean;
  readonly onArrive: () => void;
};

function Option({ entry: { kind, href, title, words }, id, isActive, onArrive }: OptionProps) {
  return (
    <Link
      id={id}
      role="option"
      aria-selected={isActive}
      tabIndex={-1}
      href={href}
      prefetch={false}
      onClick={onArrive}
      className="flex items-baseline gap-x-3 rounded-control px-2 py-1.5 hover:bg-sunk aria-selected:bg-sunk"
    >
      <span className="min-w-0 grow">
        <span className="font-medium">{title}</span> <span className="text-13 text-dim">{words}</span>
      </span>
      <span className="shrink-0 text-xs text-faint">{kind}</span>
    </Link>
  );
}
