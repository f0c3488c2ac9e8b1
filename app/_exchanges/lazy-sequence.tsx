"use client";

import { Suspense } from "react";
import { onUse } from "../_ui/on-use.ts";
import type { SequenceProps } from "./sequence-diagram.tsx";

const SequenceDiagram = onUse(() => import("./sequence-diagram.tsx").then((part) => part.SequenceDiagram));

/** Loaded when a diagram is first shown, so that other pages do not carry its script. */
export function LazySequence(props: SequenceProps) {
  return (
    <Suspense fallback={<div className="min-h-40" aria-busy="true" />}>
      <SequenceDiagram {...props} />
    </Suspense>
  );
}
