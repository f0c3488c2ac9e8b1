"use client";

import { useState } from "react";
import { type LoginTimes, mostMeasured } from "@/lib/features/attacks/guessing/model.ts";
import { ask, type Problem } from "../../../_browser/api.ts";

/** Measures refused logins, on the server. */
export function useMeasuring() {
  const [times, setTimes] = useState<LoginTimes | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isMeasuring, setMeasuring] = useState(false);

  const start = async () => {
    setMeasuring(true);
    setProblem(null);
    const body = { each: mostMeasured };
    const answer = await ask<LoginTimes>("/api/lab/guessing/times", { method: "POST", body });
    setMeasuring(false);
    if (answer.ok) setTimes(answer.body);
    else setProblem(answer);
  };

  return { times, problem, isMeasuring, start: () => void start() };
}
