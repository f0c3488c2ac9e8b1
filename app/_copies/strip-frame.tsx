import type { ReactNode } from "react";
import "./verdict-strip.css";

/** The band across the page in which the verdicts stand. */
export function StripFrame({ away, children }: { readonly away: boolean; readonly children: ReactNode }) {
  return (
    <section aria-label="Who still gets in" className="verdict-strip" data-away={away || undefined}>
      {children}
    </section>
  );
}

/** Before a plug. */
export function KeptNote() {
  return (
    <p className="strip-note">
      A copy of each credential is kept, as a thief would. Pull a plug, and see which copies still get in.
    </p>
  );
}
