"use client";

import { useEffect, useRef, useState } from "react";

/** Plays in a window of its own. Answers why it stopped; `null`: it was played to its end. */
type PlayIn = (popup: Window) => Promise<string | null>;

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A play that a window of the attacker's goes through, until it is over or this page is left. */
export function usePlayWindow() {
  const [isPlaying, setPlaying] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const left = useRef(false);
  useEffect(() => {
    left.current = false;
    return () => {
      left.current = true;
    };
  }, []);

  async function open(playIn: PlayIn): Promise<void> {
    // At once: a browser opens a window only for what a person has just pressed.
    const popup = window.open("about:blank", "attack", "popup,width=460,height=360");
    if (!popup) return setProblem("The browser opened no window. Allow this page to open one.");
    setPlaying(true);
    setProblem(null);
    const said = await playIn(popup).catch((error: unknown) => `The play stopped: ${wordsOf(error)}`);
    if (said !== null) popup.close();
    setPlaying(false);
    setProblem(said);
  }

  return { isPlaying, problem, isLeft: () => left.current, open: (playIn: PlayIn) => void open(playIn) };
}
