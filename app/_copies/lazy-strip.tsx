"use client";

import { Suspense } from "react";
import { onUse } from "../_ui/on-use.ts";
import { KeptNote, StripFrame } from "./strip-frame.tsx";
import type { VerdictStripProps } from "./verdict-strip.tsx";

function Note({ away }: { away: boolean }) {
  return (
    <StripFrame away={away}>
      <KeptNote />
    </StripFrame>
  );
}

// On demand: before the first plug there is no verdict.
const VerdictStrip = onUse(() => import("./verdict-strip.tsx").then((part) => part.VerdictStrip));

/** The verdict strip, once a plug was pulled; before, that copies are kept. Nothing before a login. */
export function LazyStrip(props: VerdictStripProps) {
  const { copies, plugs } = props.copies;
  if (copies.length === 0) return null;
  const note = <Note away={props.away} />;
  if (plugs.length === 0) return note;
  return (
    <Suspense fallback={note}>
      <VerdictStrip {...props} />
    </Suspense>
  );
}
