"use client";

import { useState } from "react";
import { ask, type Problem } from "../../../_browser/api.ts";

/** One thing that is asked of the server at the press of a button, and its last answer. */
export function useAsked<T>(path: string) {
  const [answer, setAnswer] = useState<T | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);

  const start = async () => {
    setBusy(true);
    setProblem(null);
    const given = await ask<T>(path, { method: "POST" });
    setBusy(false);
    if (given.ok) setAnswer(given.body);
    else setProblem(given);
  };

  return { answer, problem, isBusy, start: () => void start() };
}
