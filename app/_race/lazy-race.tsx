"use client";

import dynamic from "next/dynamic";

/** Fetched when a race is first run: a page on which nobody races does not carry it. */
export const LazyRaceLanes = dynamic(() => import("./race-lanes.tsx").then((module) => module.RaceLanes), {
  ssr: false,
  loading: () => <div className="min-h-40" aria-busy="true" />,
});
