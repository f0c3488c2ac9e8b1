"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { VariantId } from "@/lib/core/ids.ts";
import type { LeakedKeyPlay, MadeWithKey, ShownKey } from "@/lib/features/attacks/leaked-key/model.ts";
import type { TryView } from "@/lib/lab/lab-view.ts";
import { type Answer, ask, type Problem } from "../../../_browser/api.ts";

const address = "/api/lab/leaked-key";

/** `madeAt`: when the lab was made; another lab has other keys. */
export function useLeakedKey(madeAt: string) {
  const [shown, setShown] = useState<readonly ShownKey[]>([]);
  const [play, setPlay] = useState<LeakedKeyPlay | null>(null);
  const [made, setMade] = useState<MadeWithKey | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isPlaying, setPlaying] = useState(false);
  /** The number of the last choice. What was asked before it is not shown. */
  const chosen = useRef(0);

  const readKeys = useEffectEvent(async () => {
    const answer = await ask<{ readonly keys: readonly ShownKey[] }>(address);
    if (answer.ok) setShown(answer.body.keys);
    else setProblem(answer);
  });
  useEffect(() => {
    // The keys of this lab: read anew where the lab is another one.
    if (madeAt !== "") void readKeys();
  }, [madeAt]);

  async function take<Of>(asked: Promise<Answer<Of>>, keep: (body: Of) => void): Promise<void> {
    const number = chosen.current;
    const answer = await asked;
    if (chosen.current !== number) return;
    if (answer.ok) keep(answer.body);
    else setProblem(answer);
  }

  /** The lab's keys may have been rotated since they were read. */
  async function make(key: string, variant: VariantId, as: string): Promise<void> {
    await take(ask<MadeWithKey>(`${address}/made`, { method: "POST", body: { key, variant, as } }), setMade);
    await readKeysAgain();
  }

  async function readKeysAgain(): Promise<void> {
    await take(ask<{ readonly keys: readonly ShownKey[] }>(address), ({ keys }) => setShown(keys));
  }

  async function start(key: string, variant: VariantId | undefined, as: string): Promise<void> {
    setPlaying(true);
    setProblem(null);
    if (variant !== undefined) await make(key, variant, as);
    await take(ask<LeakedKeyPlay>(address, { method: "POST", body: { key, as } }), setPlay);
    setPlaying(false);
  }

  return {
    ...{ shown, play, made, problem, isPlaying },
    start: (key: string, variant: VariantId | undefined, as: string) => void start(key, variant, as),
    make: (key: string, variant: VariantId, as: string) => void make(key, variant, as),
    /** Another key or person was chosen, so what was played is not about them. */
    forget() {
      chosen.current += 1;
      setPlay(null);
      setMade(null);
      setProblem(null);
    },
  };
}

/** What this lab says to a credential; `null`: no answer came. */
export async function tryInLab(flow: string, credential: string): Promise<TryView | null> {
  const answer = await ask<TryView>("/api/lab/try", { method: "POST", body: { flow, credential } });
  return answer.ok ? answer.body : null;
}
