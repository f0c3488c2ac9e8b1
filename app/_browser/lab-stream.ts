"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { ExchangeEvent } from "./event-connection.ts";
import { type OpenStream, openStream, type StreamState } from "./shared-stream.ts";

/** A tab that nobody looks at leaves the connection to one that somebody looks at. */
const hiddenFor = 20_000;

type StreamUse = {
  readonly onEvent: (event: ExchangeEvent) => void;
  /** Something may have been missed before. */
  readonly onOpen: () => void;
  readonly on: boolean;
  /** The lab that this page shows; undefined until it knows. */
  readonly lab: string | undefined;
};

/** Every exchange of this browser's lab, as the server tells it to one of its tabs. */
export function useLabStream({ onEvent, onOpen, on, lab }: StreamUse): StreamState {
  const [state, setState] = useState<StreamState>("connecting");
  const received = useEffectEvent(onEvent);
  const opened = useEffectEvent(onOpen);
  const stream = useRef<OpenStream | null>(null);

  useEffect(() => {
    if (!on) return undefined;
    const opening = openStream({ received: (event) => received(event), opened: () => opened(), state: setState });
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
