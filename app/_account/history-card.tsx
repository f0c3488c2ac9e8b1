import type { HistoryView, PastLogin, PastUse } from "@/lib/features/audit/model.ts";
import { Card } from "../_ui/card.tsx";
import { Button } from "../_ui/controls/button.tsx";
import { Disclosure } from "../_ui/controls/disclosure.tsx";
import { FlowIcon } from "../_ui/flow-icon.tsx";
import { Moment } from "../_ui/lab-time.tsx";
import { EmptyNote } from "../_ui/pane.tsx";

type HistoryCardProps = {
  /** The person whose logins are shown. `null`: this browser has no accepted login. */
  readonly username: string | null;
  readonly pages: readonly HistoryView[];
  /** Why it could not be read, in words. */
  readonly problem: string | undefined;
  readonly more: boolean;
  readonly onOlder: () => void;
};

/** A person's logins of all flows, with a mark on suspicious ones. */
export function HistoryCard({ username, pages, problem, more, onOlder }: HistoryCardProps) {
  const logins = pages.flatMap((page) => page.logins);
  return (
    <Card title="Login history" label="Login history" note={username ?? undefined}>
      {username === null && <EmptyNote>Log in to see when and from where you logged in before.</EmptyNote>}
      {problem !== undefined && <p className="text-13 text-dim">Not up to date: {problem}</p>}
      <ul className="-mb-1.5">
        {logins.map((login) => (
          <li key={login.id} data-flow={login.flow} className="border-t border-line py-1.5 first:border-0 first:pt-0">
            <PastLoginLines login={login} />
          </li>
        ))}
      </ul>
      {more && (
        <div className="mt-2.5">
          <Button onPress={onOlder}>Show older</Button>
        </div>
      )}
    </Card>
  );
}

const eventWords: Readonly<Record<PastLogin["event"], string>> = {
  "logged-in": "",
  "refresh-reuse-detected": "token reuse · ",
  "client-changed": "used by another client · ",
  "client-refused": "another client refused · ",
};

function PastLoginLines({ login }: { login: PastLogin }) {
  const { at, event, alert, uses, flow, variant, device, ip } = login;
  return (
    <>
      <p className="flex items-center gap-2 text-13">
        {flow !== null && <FlowIcon flow={flow} />}
        <span className="min-w-0">{device}</span>
        <span className="ml-auto font-mono text-xs whitespace-nowrap text-dim">
          <Moment at={at} />
        </span>
      </p>
      <p className="text-xs text-dim">
        {eventWords[event]}
        {variant} · {ip}
      </p>
      {alert !== null && (
        <p className="mt-0.75 rounded-lg bg-warn-ground px-2 py-1 text-xs text-ink">
          <span className="font-semibold text-warn">Was this you?</span> {alert}
        </p>
      )}
      {event === "logged-in" && <Uses uses={uses} />}
    </>
  );
}

/** When and from where the login's tokens were used. */
function Uses({ uses }: { uses: PastLogin["uses"] }) {
  if (uses === null) return <p className="text-xs text-faint">No record, so no use can be told from another.</p>;
  if (uses.length === 0) return <p className="text-xs text-faint">Not used yet.</p>;
  const places = new Set(uses.map(({ device, ip }) => `${device} ${ip}`)).size;
  const tokens = new Set(uses.map(({ token }) => token)).size;
  const words = `Used from ${counted(places, "place")}, ${counted(tokens, "token")}`;
  return (
    <Disclosure summary={words}>
      <ul className="text-xs text-dim">
        {uses.map((use) => (
          <UseLine key={`${use.token} ${use.device} ${use.ip}`} use={use} />
        ))}
      </ul>
    </Disclosure>
  );
}

function UseLine({ use: { kind, token, firstAt, lastAt, device, ip } }: { use: PastUse }) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-2 border-t border-line py-1">
      <span className="min-w-0">
        {device} · {ip}
      </span>
      <span className="font-mono" title="The beginning of the token’s SHA-256">
        {kind} {token}…
      </span>
      <span className="ml-auto font-mono whitespace-nowrap">
        <Moment at={firstAt} />
        {lastAt !== firstAt && (
          <>
            {" "}
            to <Moment at={lastAt} />
          </>
        )}
      </span>
    </li>
  );
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
