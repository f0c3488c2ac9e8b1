import type { ReactNode } from "react";
import { Moment, SystemMoment } from "./lab-time.tsx";

function Notice({ title, tone, children }: { title: string; tone: "warn" | "refused"; children: ReactNode }) {
  const look = tone === "warn" ? "border-warn/40 bg-warn-ground" : "border-refused/40 bg-refused-ground";
  return (
    <section role="alert" aria-label={title} className={`rounded-xl border px-4 py-3 ${look}`}>
      <p className={`font-semibold ${tone === "warn" ? "text-warn" : "text-refused"}`}>{title}</p>
      <div className="max-w-[85ch] text-13">{children}</div>
    </section>
  );
}

/** The browser does not return the lab's cookie, so the pages cannot work. */
export function CookieLostNotice() {
  return (
    <Notice title="This browser does not keep this lab’s cookies" tone="warn">
      <p>
        They are Secure, and a browser accepts Secure cookies only over https or from this machine. Start the
        application with <code className="font-mono font-semibold">npm run demo -- --https</code> and open the address
        that it prints.
      </p>
    </Notice>
  );
}

type NewLabNoticeProps = {
  /** When the lab before it ended; `null`: it did not end by itself. */
  readonly endedAt: string | null;
  /** The titles of the flows whose logins are from before. */
  readonly flows: readonly string[];
};

/** The lab is another one than the one that this browser knew. */
export function NewLabNotice({ endedAt, flows }: NewLabNoticeProps) {
  return (
    <Notice title="This lab is a new one" tone="warn">
      <p>
        {endedAt === null ? (
          "The server does not know the one before any more: its database was lost, or the lab was reset from elsewhere. "
        ) : (
          <>
            The one before ended at <SystemMoment at={endedAt} />, and all in it was deleted: people, logins, keys,
            settings and the matrix.{" "}
          </>
        )}
        {flows.length > 0 && (
          <>
            What this browser holds of {flows.join(", ")} was made there. Here nothing knows it, so it is refused. Log
            in again, or log out to delete it.
          </>
        )}
      </p>
    </Notice>
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
