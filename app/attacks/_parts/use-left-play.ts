"use client";

import { useEffect, useEffectEvent, useState } from "react";

/**
 * Tidies up after a play whose page was closed on its way. A play holds a lock, which the browser frees with the page,
 * and a mark in the storage, which only the end of the play removes. So a mark without a lock is of a play that was left.
 */
export function useLeftPlay(attack: string, tidy: () => Promise<void>) {
  const [hasTidied, setTidied] = useState(false);
  const name = `loginscope play of ${attack}`;
  const tidyNow = useEffectEvent(async () => {
    await tidy();
    localStorage.removeItem(name);
    setTidied(true);
  });
  useEffect(() => {
    if (localStorage.getItem(name) === null) return;
    // Without locks a play that goes on in another tab cannot be told from one that was left, and is let be.
    void navigator.locks?.request(name, { ifAvailable: true }, (lock) => (lock ? tidyNow() : undefined));
  }, [name]);

  /** Plays under the mark. The play tidies up itself, unless its page is closed. */
  async function marked<T>(play: () => Promise<T>): Promise<T> {
    const run = async () => {
      localStorage.setItem(name, "");
      setTidied(false);
      try {
        return await play();
      } finally {
        localStorage.removeItem(name);
      }
    };
    return navigator.locks ? navigator.locks.request(name, run) : run();
  }

  return { hasTidied, marked };
}

/** The line that says when a play was, after what was tidied up. */
export function withTidied(hasTidied: boolean, playedLine: string): string {
  if (!hasTidied) return playedLine;
  return `An earlier play was closed on its way. Its logins are ended now, and its weaknesses are off. ${playedLine}`;
}
