"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { CopiesView } from "@/lib/lab/feed/copies-view.ts";
import { type Exchange, unprovedKept } from "@/lib/lab/feed/exchange.ts";
import { labOf } from "./event-connection.ts";
import { useLabStream } from "./lab-stream.ts";
import type { StreamState } from "./shared-stream.ts";

const kept = 200;
const settle = 80;
const none: readonly Exchange[] = [];

export type Exchanges = {
  readonly list: readonly Exchange[];
  /** Those that anybody can send who knows the lab's public id. */
  readonly unproved: readonly Exchange[];
  /** The copies of this lab's credentials; `null`: the page knows of no login. */
  readonly copies: CopiesView | null;
  readonly stream: StreamState;
};

type Listening = {
  /** The lab that is shown. Exchanges of other labs are left out. */
  readonly lab: string | undefined;
  /** Called shortly after the last of several exchanges, because the held credentials may have changed. */
  readonly onChange: () => void;
  readonly on: boolean;
  /** As the server knew them when it drew the page. */
  readonly firstCopies: CopiesView | null;
};

/** The exchanges of this lab, newest first. */
export function useExchanges({ lab, onChange, on, firstCopies }: Listening): Exchanges {
  const [received, setReceived] = useState({ lab: "", list: none, unproved: none });
  const [copies, setCopies] = useState(firstCopies);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const changed = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(onChange, settle);
  };
  const stream = useLabStream({
    onEvent(one) {
      const of = labOf(one);
      const place = one.exchange.unproved ? "unproved" : "list";
      setReceived((before) => {
        const same = before.lab === of ? before : { lab: of, list: none, unproved: none };
        return { ...same, [place]: inserted(same[place], one.exchange) };
      });
      changed();
    },
    onCopies: setCopies,
    onOpen: changed,
    on,
    lab,
  });

  // A server that is gone tells it by the stream at once, and until then the page shows its last answer as the present.
  const lost = useEffectEvent(onChange);
  useEffect(() => {
    if (stream === "lost") lost();
  }, [stream]);

  const { list, unproved } = received.lab === lab ? received : { list: none, unproved: none };
  return { list, unproved, stream, copies: copies?.lab === lab ? copies : null };
}

/** Numbers restart with the server's process, so an exchange is identified by its time as well. */
function inserted(before: readonly Exchange[], exchange: Exchange): readonly Exchange[] {
  if (before.some(({ id, at }) => id === exchange.id && at === exchange.at)) return before;
  return [exchange, ...before].sort(newestFirst).slice(0, exchange.unproved ? unprovedKept : kept);
}

export function newestFirst(a: Exchange, b: Exchange): number {
  return b.at - a.at || b.id - a.id;
}
