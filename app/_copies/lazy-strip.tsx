"use client";

import dynamic from "next/dynamic";
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
const VerdictStrip = dynamic(() => import("./verdict-strip.tsx").then((part) => part.VerdictStrip), {
  loading: () => <Note away={false} />,
});

/** The verdict strip, once a plug was pulled; before, that copies are kept. Nothing before a login. */
export function LazyStrip(props: VerdictStripProps) {
  const { copies, plugs } = props.copies;
  if (copies.length === 0) return null;
  return plugs.length === 0 ? <Note away={props.away} /> : <VerdictStrip {...props} />;
}
