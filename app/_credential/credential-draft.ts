"use client";

import { useRef, useState } from "react";
import { type Change, type CredentialKind, type CredentialPart, encoded } from "./credential-parts.ts";

type Changes = readonly (Change | null)[];

export type CredentialDraft = {
  /** The parts: the typed text at once, the encoded text as soon as it is ready. */
  readonly parts: readonly CredentialPart[];
  /** Whether a part differs from the issued credential. */
  readonly changed: boolean;
  /** The parts after all typed text has been encoded. */
  readonly whole: () => Promise<readonly CredentialPart[]>;
  /** Sets each part to its change. `null` restores the issued part. */
  readonly change: (changes: Changes) => void;
  /** Changes one part and leaves the others. */
  readonly edit: (index: number, change: Change) => void;
};

/**
 * A credential that is being edited. Typed text is stored synchronously; otherwise the editor would restore the old
 * text and move the caret. Encoding follows asynchronously, and only the last text counts.
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

/** A part with its original text counts as unchanged. */
function unlessIssued(change: Change, issued: CredentialPart): Change | null {
  const same = "raw" in change ? change.raw === issued.raw : change.says === issued.says;
  return same ? null : change;
}

/** Until a text is encoded, the part keeps its previous encoding. */
function typed(issued: CredentialPart, change: Change | null | undefined, before = issued): CredentialPart {
  return change ? { ...issued, raw: before.raw, ...change } : issued;
}

async function encodedPart(kind: CredentialKind, issued: CredentialPart, change: Change | null | undefined) {
  if (!change || "raw" in change) return { ...issued, ...change };
  return { ...issued, ...change, raw: await encoded(kind, change.says) };
}
