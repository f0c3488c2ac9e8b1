"use client";

import { useEffect, useRef, useState } from "react";
import type { Exchange } from "@/lib/core/exchange.ts";
import { type StreamState, useLabStream } from "./lab-stream.ts";

const kept = 200;
const settle = 80;

export type Exchanges = { readonly list: readonly Exchange[]; readonly stream: StreamState };

/** The exchanges of this lab, newest first. `onNews` once they have settled: what is held may have changed. */
export function useExchanges(onNews: () => void, on: boolean): Exchanges {
  const [list, setList] = useState<readonly Exchange[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const news = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(onNews, settle);
  };
  const stream = useLabStream(
    (exchange) => {
      setList((before) => inserted(before, exchange));
      news();
    },
    news,
    on,
  );

  return { list, stream };
}

/** Numbers begin anew with the server's process, so an exchange is known by its time as well. */
function inserted(before: readonly Exchange[], exchange: Exchange): readonly Exchange[] {
  if (before.some(({ id, at }) => id === exchange.id && at === exchange.at)) return before;
  return [exchange, ...before].sort((a, b) => b.at - a.at || b.id - a.id).slice(0, kept);
}
