"use client";

import Eye from "lucide-react/icons/eye";
import EyeOff from "lucide-react/icons/eye-off";
import { useState } from "react";
import type { Exchange } from "@/lib/lab/feed/exchange.ts";
import { RequestLines, ResponseLines } from "../_exchanges/http-lines.tsx";
import { IconButton } from "../_ui/controls/button.tsx";
import { EmptyNote } from "../_ui/pane.tsx";
import { ScrollRegion } from "../_ui/scroll-region.tsx";

type MadeRequestProps = {
  /** The credential's. */
  readonly name: string;
  /** The exchange of the credential that was sent last. */
  readonly made: Exchange | undefined;
  /** The flow's cookies, drawn as chips. */
  readonly own: readonly string[];
  /** Its height: the same before and after a credential is sent. */
  readonly height: string;
};

/** The request that a sent credential made, as the server received it, and the answer. */
export function MadeRequest({ name, made, own, height }: MadeRequestProps) {
  const [reveal, setReveal] = useState(false);
  return (
    <ScrollRegion
      label={`The request it made: ${name}`}
      className={`overflow-y-auto rounded-lg border border-line p-2.5 ${height}`}
    >
      {made ? (
        <div className="grid gap-2">
          <div className="flex items-start gap-2">
            <div className="min-w-0 flex-1">
              <RequestLines exchange={made} reveal={reveal} own={own} />
            </div>
            <IconButton label={reveal ? "Mask credentials" : "Reveal credentials"} onPress={() => setReveal(!reveal)}>
              {reveal ? <EyeOff className="size-3.5" aria-hidden /> : <Eye className="size-3.5" aria-hidden />}
            </IconButton>
          </div>
          <div className="border-t border-line pt-2">
            <ResponseLines exchange={made} reveal={reveal} own={own} />
          </div>
        </div>
      ) : (
        <EmptyNote>Send it, and the request stands here as the server received it, with the answer.</EmptyNote>
      )}
    </ScrollRegion>
  );
}
