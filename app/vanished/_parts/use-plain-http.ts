import { useEffect, useState, useSyncExternalStore } from "react";
import type { Diagnosis } from "@/lib/features/vanished/diagnose.ts";
import { playPlainHttp } from "./plain-http.ts";

export type PlainHttp = {
  /** This very address is one that no browser trusts without https. */
  readonly here: boolean;
  readonly busy: boolean;
  readonly diagnosis: Diagnosis | undefined;
  /** Why it could not be brought about. */
  readonly halted: string | null;
  readonly play: () => Promise<void>;
};

/** Secure over plain http, played as soon as the page is opened where it happens. */
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
