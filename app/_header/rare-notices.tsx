import type { Lab } from "../_browser/lab-provider.tsx";
import { changedWhileAway } from "../_browser/life/back-news.ts";
import type { LabNews } from "../_browser/life/lab-news.ts";
import type { BackNews } from "../_browser/life/use-back-news.ts";
import { SystemMoment } from "../_ui/lab-time.tsx";
import { Notice } from "../_ui/notices.tsx";

type RareProps = {
  readonly lab: Lab;
  readonly news: LabNews | null;
  readonly back: BackNews | null;
};

/** The notices that most visits never see, and for which the server has to answer. */
export function RareNotices({ lab: { cookieLost, flows }, news, back }: RareProps) {
  const changed = back && changedWhileAway(flows, back.before, back.now);
  return (
    <>
      {cookieLost && <CookieLostNotice />}
      {news && (
        <NewLabNotice
          endedAt={news.endedAt}
          flows={flows.flatMap(({ id, title }) => (news.flows.includes(id) ? title : []))}
        />
      )}
      {changed && <BackNotice changed={changed} />}
    </>
  );
}

/** The browser does not return the lab's cookie, so the pages cannot work. */
function CookieLostNotice() {
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
function NewLabNotice({ endedAt, flows }: NewLabNoticeProps) {
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

/** The server answers again, and what changed meanwhile. */
function BackNotice({ changed }: { readonly changed: readonly string[] }) {
  return (
    <p role="status" className="text-13 text-dim">
      The server answers again.{" "}
      {changed.length > 0 ? `Since then: ${changed.join("; ")}.` : "Nothing here has changed."}
    </p>
  );
}
