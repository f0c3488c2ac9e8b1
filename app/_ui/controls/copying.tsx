"use client";

import Check from "lucide-react/icons/check";
import Copy from "lucide-react/icons/copy";
import { useEffect, useState } from "react";
import { shortened } from "../mask.ts";
import { IconButton } from "./button.tsx";

function useCopy(text: string): { copied: boolean; copy: () => void } {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const back = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(back);
  }, [copied]);
  const copy = () => {
    // Outside a secure context there is no clipboard. The value can then be selected by hand.
    navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return { copied, copy };
}

export function CopyButton({ text, what }: { text: string; what: string }) {
  const { copied, copy } = useCopy(text);
  return (
    <IconButton label={copied ? "Copied" : `Copy ${what}`} onPress={copy}>
      {copied ? <Check className="size-3.5" aria-hidden /> : <Copy className="size-3.5" aria-hidden />}
    </IconButton>
  );
}

/** An id, shortened in the middle; a click copies all of it. */
export function ShortId({ id, what, keep = 4 }: { id: string; what: string; keep?: number }) {
  const { copied, copy } = useCopy(id);
  return (
    <button
      type="button"
      className="rounded-sm font-mono decoration-dotted underline-offset-3 hover:underline"
      title={`${id} (click to copy)`}
      aria-label={`${what} ${shortened(id, keep)}, copy`}
      onClick={copy}
    >
      {copied ? "copied" : shortened(id, keep)}
    </button>
  );
}
