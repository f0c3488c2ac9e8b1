"use client";

import dynamic from "next/dynamic";

/** Loaded when a race is first started, so that the dashboard does not carry its script. */
export const LazyRaceLanes = dynamic(() => import("./race-lanes.tsx").then((module) => module.RaceLanes), {
  ssr: false,
  loading: () => <div className="min-h-40" aria-busy="true" />,
});
