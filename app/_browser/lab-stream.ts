"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { CopiesView } from "@/lib/lab/feed/copies-view.ts";
import type { ExchangeEvent } from "./event-connection.ts";
import { type OpenStream, openStream, type StreamState } from "./shared-stream.ts";

/** A tab that is hidden for this long leaves the connection to a visible tab. */
const hiddenFor = 20_000;

type StreamUse = {
  readonly onEvent: (event: ExchangeEvent) => void;
  readonly onCopies: (copies: CopiesView) => void;
  /** The connection was opened. Events before it may have been missed. */
  readonly onOpen: () => void;
  readonly on: boolean;
  /** The lab that this page shows. `undefined`: not known yet. */
  readonly lab: string | undefined;
};

/** Passes on every exchange of this browser's lab. One tab has the connection and shares it with the others. */
export function useLabStream({ onEvent, onCopies, onOpen, on, lab }: StreamUse): StreamState {
  const [state, setState] = useState<StreamState>("connecting");
  const received = useEffectEvent(onEvent);
  const copies = useEffectEvent(onCopies);
  const opened = useEffectEvent(onOpen);
  const stream = useRef<OpenStream | null>(null);

  useEffect(() => {
    if (!on) return undefined;
    const opening = openStream({
      received: (event) => received(event),
      copies: (now) => copies(now),
      opened: () => opened(),
      state: setState,
    });
    stream.current = opening;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const leave = () => opening.want(false);
    const look = () => {
      clearTimeout(timer);
      if (document.visibilityState === "visible") opening.want(true);
      else timer = setTimeout(leave, hiddenFor);
    };

    look();
    document.addEventListener("visibilitychange", look);
    addEventListener("pagehide", leave);
    addEventListener("pageshow", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      removeEventListener("pagehide", leave);
      removeEventListener("pageshow", look);
      clearTimeout(timer);
      opening.close();
    };
  }, [on]);

  useEffect(() => {
    if (on && lab !== undefined) stream.current?.inLab(lab);
  }, [on, lab]);

  return state;
}
