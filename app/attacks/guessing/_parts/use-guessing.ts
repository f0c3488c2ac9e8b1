"use client";

import { useState } from "react";
import type { GuessingPlay, GuessingTold, PlayedGuessing } from "@/lib/features/attacks/guessing/model.ts";
import { ask, type Problem } from "../../../_browser/api.ts";

/** What was played so far. `untried`: why an attack could not be. */
export type GuessingState = {
  readonly played: readonly PlayedGuessing[];
  readonly waits: readonly number[];
  readonly untried: string | null;
};

const nothing: GuessingState = { played: [], waits: [], untried: null };

/** Plays one attack after the other, on the server. Each is shown when it was played. */
export function useGuessing(cases: readonly GuessingTold[]) {
  const [state, setState] = useState(nothing);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isPlaying, setPlaying] = useState(false);

  const start = async () => {
    setPlaying(true);
    setProblem(null);
    let so: GuessingState = nothing;
    for (const { id } of cases) {
      const answer = await ask<GuessingPlay>("/api/lab/guessing", { method: "POST", body: { attack: id } });
      if (!answer.ok) {
        setProblem(answer);
        break;
      }
      so = withPlay(so, answer.body);
      setState(so);
      if (so.untried !== null) break;
    }
    setPlaying(false);
  };

  return { state, problem, isPlaying, start: () => void start() };
}

function withPlay(before: GuessingState, play: GuessingPlay): GuessingState {
  if (!play.tried) return { ...before, untried: play.why };
  return { ...before, played: [...before.played, play.played], waits: [...before.waits, ...play.waits] };
}
