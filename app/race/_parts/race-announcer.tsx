"use client";

import { useEffect, useRef, useState } from "react";
import { type RaceState, tally } from "./race-state.ts";

/**
 * The least time between two announcements, in milliseconds. Refusals
 * come in groups, and a screen reader cannot read all of them.
 */
const announceEvery = 4000;

/** Announces to screen readers how many copies are refused, at intervals. */
export function RaceAnnouncer({ race, isRunning }: { race: RaceState | null; isRunning: boolean }) {
  const words = race ? wordsOf(race, isRunning) : "";
  const [said, setSaid] = useState("");
  const saidAt = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, saidAt.current + announceEvery - performance.now());
    const timer = setTimeout(() => {
      saidAt.current = performance.now();
      setSaid(words);
    }, wait);
    return () => clearTimeout(timer);
  }, [words]);
  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  );
}

function wordsOf(race: RaceState, isRunning: boolean): string {
  const { inside, refused } = tally(race);
  const how = isRunning ? "" : race.isDone ? "The race is over: " : "The race was stopped: ";
  return `${how}${refused} ${refused === 1 ? "copy" : "copies"} refused, ${inside} still in.`;
}
