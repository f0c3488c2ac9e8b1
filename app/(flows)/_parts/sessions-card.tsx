import type { SessionView } from "@/lib/lab/lab-view.ts";
import { Card } from "../../_ui/card.tsx";
import { Button } from "../../_ui/controls/button.tsx";
import { Ago, Countdown, useLastReached } from "../../_ui/lab-time.tsx";
import { EmptyNote } from "../../_ui/pane.tsx";

type SessionsCardProps = {
  /** The person whose logins are shown. `null`: this browser has no accepted login. */
  readonly username: string | null;
  /** Why this server cannot list them. */
  readonly cannot: string | undefined;
  readonly sessions: readonly SessionView[] | null;
  /** Stores that do not answer. */
  readonly unanswered: readonly string[];
  readonly busy: boolean;
  readonly onEnd: (id: string) => void;
};

/** A person's logins on all devices. Each can be ended. */
export function SessionsCard({ username, cannot, sessions, unanswered, busy, onEnd }: SessionsCardProps) {
  const now = useLastReached(sessions?.map(({ expiresAt }) => Date.parse(expiresAt)) ?? []);
  const live = sessions?.filter(({ expiresAt }) => Date.parse(expiresAt) > now);
  const count = live && `${live.length} live`;
  return (
    <Card title={username === null ? "My logins" : `${username}’s logins`} label="My logins" note={count}>
      {cannot !== undefined && (
        <p className="text-13 text-dim">
          <span className="font-medium text-ink">The server cannot list them.</span> {cannot}
        </p>
      )}
      {cannot === undefined && username === null && (
        <EmptyNote>Log in to see on which devices you are logged in.</EmptyNote>
      )}
      {sessions && unanswered.length > 0 && (
        <p className="text-13 text-warn">Not in this list: what {unanswered.join(", ")} holds. It does not answer.</p>
      )}
      {sessions && (
        <ul className="-mb-1.5">
          {sessions.map((session) => (
            <li key={session.id} className="flex items-center gap-3 border-t border-line py-2">
              <SessionLines session={session} />
              <span className="ml-auto">
                <Button
                  onPress={() => onEnd(session.id)}
                  busy={busy}
                  label={`End this one: ${session.device}${session.current ? ", this browser" : ""}`}
                >
                  End this one
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function SessionLines({ session }: { session: SessionView }) {
  return (
    <div className="min-w-0">
      <p className="flex flex-wrap gap-x-2 text-13">
        {session.device}
        {session.current && (
          <span className="self-center rounded-badge bg-flow-ground px-1.5 text-2xs font-medium whitespace-nowrap text-flow">
            this browser
          </span>
        )}
      </p>
      <p className="text-xs text-dim">
        {session.ip} · seen <Ago at={session.lastSeenAt} /> · <Countdown at={session.expiresAt} lead="ends in" />
      </p>
    </div>
  );
}
