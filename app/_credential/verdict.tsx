import type { RefusalCode } from "@/lib/core/refusal.ts";
import type { LoginView } from "@/lib/lab/lab-view.ts";
import { refusalNames } from "../_exchanges/refusal-names.ts";
import { refusalWords } from "../_exchanges/step-words.ts";
import { Countdown } from "../_ui/lab-time.tsx";
import type { ServerCheck } from "./server-check.ts";

type VerdictProps = {
  readonly serverCheck: ServerCheck | null;
  readonly changed: boolean;
  /** It was signed again, with the lab's own key. */
  readonly resigned: boolean;
  readonly login: LoginView | null;
};

/** The server's answer to the shown value, in a live region. */
export function Verdict({ serverCheck, changed, resigned, login }: VerdictProps) {
  return (
    <div role="status" aria-live="polite" className="mb-2 min-h-13 text-13">
      {serverCheck ? (
        <Answered serverCheck={serverCheck} />
      ) : changed ? (
        <Unsent resigned={resigned} />
      ) : (
        login && <AsIssued login={login} />
      )}
    </div>
  );
}

function Unsent({ resigned }: Pick<VerdictProps, "resigned">) {
  return (
    <p className="rounded-lg bg-warn-ground px-2.5 py-1.5 text-warn">
      {resigned
        ? "Changed, and signed again with this lab’s own key, so only what it says can be refused."
        : "Changed, and only encoded again: more would need the server’s key."}{" "}
      Send it to see at which step the server stops.
    </p>
  );
}

function AsIssued({ login }: { login: LoginView }) {
  if (!login.accepted) return <Refused code={login.code} at={null} />;
  return (
    <p className="rounded-lg bg-sunk px-2.5 py-1.5">
      As it was issued: <b className="font-semibold text-accepted">accepted</b> as {login.user.username}, ends{" "}
      <Countdown at={login.expiresAt} />
    </p>
  );
}

function Answered({ serverCheck: { view, problem } }: { serverCheck: ServerCheck }) {
  if (!view) return <p className="rounded-lg bg-warn-ground px-2.5 py-1.5 text-warn">{problem}</p>;
  if (!view.accepted && view.code) return <Refused code={view.code} at={view.at} />;
  return (
    <p className="rounded-lg bg-warn-ground px-2.5 py-1.5">
      <b className="font-semibold">Accepted</b> as {view.user?.username}, {view.user?.role}
      {view.expiresAt !== null && (
        <>
          , ends <Countdown at={view.expiresAt} />
        </>
      )}
    </p>
  );
}

function Refused({ code, at }: { code: RefusalCode; at: string | null }) {
  return (
    <p className="rounded-lg bg-refused-ground px-2.5 py-1.5">
      <b className="font-mono font-semibold text-refused">
        {refusalNames[code][0]} {code}
        {at !== null && ` at ${at}`}
      </b>
      <span className="block">{refusalWords({ code, at })}</span>
    </p>
  );
}
