"use client";

import { useRef, useState } from "react";
import { type Change, type CredentialKind, type CredentialPart, encoded } from "./credential-parts.ts";

type Changes = readonly (Change | null)[];

export type CredentialDraft = {
  /** As they were typed, at once; as they travel, as soon as that is encoded. */
  readonly parts: readonly CredentialPart[];
  /** Something of it travels otherwise than it was issued. */
  readonly changed: boolean;
  /** The parts when all that was typed is encoded. */
  readonly whole: () => Promise<readonly CredentialPart[]>;
  /** For each part what becomes of it; `null`: it is as it was issued. */
  readonly change: (changes: Changes) => void;
  /** Changes one part; what was changed in the others stays. */
  readonly edit: (index: number, change: Change) => void;
};

/**
 * A credential that somebody edits. What is typed stands there in the same turn, or the editor would put the old text
 * and the caret back; encoding comes behind it, and only what was typed last counts.
 */
export function useCredentialDraft(kind: CredentialKind, issued: readonly CredentialPart[]): CredentialDraft {
  const [changes, setChanges] = useState<Changes>([]);
  const [parts, setParts] = useState(issued);
  const newest = useRef(Promise.resolve(issued));

  function change(next: Changes): void {
    setChanges(next);
    setParts((before) => issued.map((part, index) => typed(part, next[index], before[index])));
    const encoding = Promise.all(issued.map((part, index) => encodedPart(kind, part, next[index])));
    newest.current = encoding;
    void encoding.then((whole) => {
      if (newest.current === encoding) setParts(whole);
    });
  }

  return {
    parts,
    changed: parts.some(({ raw }, index) => raw !== issued[index]?.raw),
    whole: () => newest.current,
    change,
    edit: (index, wanted) =>
      change(issued.map((part, at) => (at === index ? unlessIssued(wanted, part) : (changes[at] ?? null)))),
  };
}

/** Typed back to what it was, a part is as it was issued. */
function unlessIssued(change: Change, issued: CredentialPart): Change | null {
  const same = "raw" in change ? change.raw === issued.raw : change.says === issued.says;
  return same ? null : change;
}

/** Until a text is encoded, what it was before stands where it travels. */
function typed(issued: CredentialPart, change: Change | null | undefined, before = issued): CredentialPart {
  return change ? { ...issued, raw: before.raw, ...change } : issued;
}

async function encodedPart(kind: CredentialKind, issued: CredentialPart, change: Change | null | undefined) {
  if (!change || "raw" in change) return { ...issued, ...change };
  return { ...issued, ...change, raw: await encoded(kind, change.says) };
}
