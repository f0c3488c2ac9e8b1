"use client";

import dynamic from "next/dynamic";

/** Fetched when a diagram is first shown: a page that shows none does not carry it. */
export const LazySequence = dynamic(() => import("./sequence-diagram.tsx").then((module) => module.SequenceDiagram), {
  ssr: false,
  loading: () => <div className="min-h-40" aria-busy="true" />,
});
