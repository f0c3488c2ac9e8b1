import type { ReactNode } from "react";
import { Moment } from "./lab-time.tsx";

export function Notice({ title, tone, children }: { title: string; tone: "warn" | "refused"; children: ReactNode }) {
  const look = tone === "warn" ? "border-warn/40 bg-warn-ground" : "border-refused/40 bg-refused-ground";
  return (
    <section role="alert" aria-label={title} className={`rounded-xl border px-4 py-3 ${look}`}>
      <p className={`font-semibold ${tone === "warn" ? "text-warn" : "text-refused"}`}>{title}</p>
      <div className="max-w-[85ch] text-13">{children}</div>
    </section>
  );
}

/** The server does not answer, so the page shows older data. */
export function AwayNotice({ since, detail }: { since: string | null; detail: string }) {
  return (
    <Notice title="The server does not answer" tone="refused">
      <p>
        {detail}{" "}
        {since !== null && (
          <>
            This page shows the state of <Moment at={since} />.{" "}
          </>
        )}
        The page keeps trying, and a link that is followed meanwhile opens as soon as the server answers.
      </p>
    </Notice>
  );
}
