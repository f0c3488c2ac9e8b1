"use client";

import { useState } from "react";
import type { JudgedXss } from "@/lib/features/attacks/xss/model.ts";
import { ask } from "../../../_browser/api.ts";
import { usePlayWindow } from "../../_parts/use-play-window.ts";

const lookEvery = 1000;
/** So many looks without another page end a play: its window was closed, or its hosts do not lead here. */
const mostIdleLooks = 30;

/** Plays every page: a window at the vulnerable host goes through them, and what arrived is read until all of it is there. */
export function useXssPlay() {
  const [live, setLive] = useState<JudgedXss | null>(null);
  const { isPlaying, problem, isLeft, open } = usePlayWindow();

  /** Reads until the play is done, or nothing comes any more. */
  async function follow(): Promise<boolean> {
    let [reached, idle] = [-1, 0];
    while (!isLeft() && idle < mostIdleLooks) {
      await new Promise((resolve) => setTimeout(resolve, lookEvery));
      const answer = await ask<{ readonly play: JudgedXss | null }>("/api/lab/xss");
      if (!answer.ok || !answer.body.play) return false;
      const { play } = answer.body;
      setLive(play);
      if (play.done) return true;
      idle = play.runs.length > reached ? 0 : idle + 1;
      reached = play.runs.length;
    }
    return false;
  }

  async function play(popup: Window): Promise<string | null> {
    const begun = await ask<{ readonly url: string }>("/api/lab/xss", { method: "POST" });
    if (!begun.ok) return begun.detail;
    popup.location.href = begun.body.url;
    if (await follow()) {
      popup.close();
      return null;
    }
    return "The play stopped. Either its window was closed, or its hosts do not lead to this server: see VULNERABLE_ORIGIN and ATTACKER_ORIGIN.";
  }

  return { live, isPlaying, problem, start: () => open(play) };
}
