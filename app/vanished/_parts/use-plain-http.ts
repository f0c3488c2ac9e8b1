import { useEffect, useState, useSyncExternalStore } from "react";
import type { Diagnosis } from "@/lib/features/vanished/diagnose.ts";
import { playPlainHttp } from "./plain-http.ts";

export type PlainHttp = {
  /** Whether the page is at an address that browsers do not trust without https. */
  readonly here: boolean;
  readonly busy: boolean;
  readonly diagnosis: Diagnosis | undefined;
  /** Why it could not be played. */
  readonly halted: string | null;
  readonly play: () => Promise<void>;
};

/** Plays the loss of a Secure cookie as soon as the page is opened over plain http. */
export function usePlainHttp(): PlainHttp {
  const here = useSyncExternalStore(
    () => () => undefined,
    () => !window.isSecureContext,
    () => false,
  );
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Diagnosis | string>();

  async function play(): Promise<void> {
    setBusy(true);
    setOutcome(await playPlainHttp());
    setBusy(false);
  }
  useEffect(() => {
    if (!here) return undefined;
    let left = false;
    void playPlainHttp().then((first) => {
      if (!left) setOutcome(first);
    });
    return () => {
      left = true;
    };
  }, [here]);

  const halted = typeof outcome === "string" ? outcome : null;
  return { here, busy, diagnosis: typeof outcome === "string" ? undefined : outcome, halted, play };
}
