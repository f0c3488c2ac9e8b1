"use client";

import { useEffect, useEffectEvent, useState } from "react";
import type { Exchange } from "@/lib/core/exchange.ts";

export type StreamState = "connecting" | "live" | "lost";

const address = "/api/lab/exchanges";
/** A tab that nobody looks at lets go of its connection: a browser has only six for one host. */
const hiddenFor = 20_000;
const tryAgainAfter = 3000;

/** Every exchange of this lab, as the server tells it. Calls `onOpen` whenever something may have been missed before. */
export function useLabStream(onExchange: (exchange: Exchange) => void, onOpen: () => void, on: boolean): StreamState {
  const [state, setState] = useState<StreamState>("connecting");
  const received = useEffectEvent(onExchange);
  const opened = useEffectEvent(onOpen);

  useEffect(() => {
    if (!on) return undefined;
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const open = () => {
      clearTimeout(timer);
      if (source && source.readyState !== EventSource.CLOSED) return;
      source = new EventSource(address);
      source.addEventListener("open", () => {
        setState("live");
        opened();
      });
      source.addEventListener("exchange", (event: MessageEvent<string>) => {
        const exchange: Exchange = JSON.parse(event.data);
        received(exchange);
      });
      source.addEventListener("error", () => {
        setState("lost");
        // The browser tries again by itself, unless the answer was no stream at all.
        if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, tryAgainAfter);
      });
    };
    const close = () => {
      clearTimeout(timer);
      source?.close();
      source = null;
    };
    const look = () => {
      clearTimeout(timer);
      if (document.visibilityState === "visible") open();
      else timer = setTimeout(close, hiddenFor);
    };

    open();
    document.addEventListener("visibilitychange", look);
    addEventListener("pagehide", close);
    addEventListener("pageshow", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      removeEventListener("pagehide", close);
      removeEventListener("pageshow", look);
      close();
    };
  }, [on]);

  return state;
}
