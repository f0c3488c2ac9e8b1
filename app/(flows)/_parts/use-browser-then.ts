"use client";

import { useEffect, useState } from "react";
import type { Exchange } from "@/lib/lab/feed/exchange.ts";
import type { LabView } from "@/lib/lab/lab-view.ts";
import type { FlowInfo } from "../../_browser/flow-info.ts";
import { type BrowserThen, withBrowserNow } from "./as-it-was.ts";

const nothing: BrowserThen = new Map();

/** What this page saw of the browser after each exchange, since it was loaded. */
export function useBrowserThen(flow: FlowInfo, view: LabView, newest: Exchange | undefined): BrowserThen {
  const [seen, setSeen] = useState(nothing);
  useEffect(() => {
    setSeen((before) => withBrowserNow(before, { newest, view, flow }));
  }, [newest, view, flow]);
  return seen;
}
