"use client";

import dynamic from "next/dynamic";

/** Loaded when a diagram is first shown, so that other pages do not carry its script. */
export const LazySequence = dynamic(() => import("./sequence-diagram.tsx").then((module) => module.SequenceDiagram), {
  ssr: false,
  loading: () => <div className="min-h-40" aria-busy="true" />,
});
