import type { RecordView } from "@/lib/lab/feed/record-view.ts";
import type { HeldView, LabView, VariantView } from "@/lib/lab/lab-view.ts";
import type { FlowInfo } from "../_browser/flow-info.ts";
import { believesTokenAlone, ownRecord } from "../_browser/flow-info.ts";
import { Ago, Countdown, LifetimeBar } from "../_ui/lab-time.tsx";
import { InWords } from "../_words/in-words.tsx";

type LoginStateProps = {
  readonly flow: FlowInfo;
  readonly held: HeldView;
  readonly people: LabView["people"];
  /** The variant whose lifetimes apply. */
  readonly variant: VariantView | undefined;
  /** Whether the page is fetching a new access token now. */
  readonly renewing: boolean;
  /** The server did not answer the last time, so all this is the state of an earlier answer. */
  readonly away: boolean;
};

/** The person whose login is accepted in this browser, and the time until it ends. */
export function LoginState({ flow, held, people, variant, renewing, away }: LoginStateProps) {
  const { login } = held;
  const record = ownRecord(held);
  return (
    <div>
      {variant && (
        <p className="mt-1 text-13 text-dim">
          <InWords>{variant.belief}</InWords>
        </p>
      )}
      <div className="mt-1 flex min-h-7 flex-wrap items-baseline gap-x-2">
        <p data-testid="login-state" className="flex items-baseline gap-2">
          {login.accepted ? (
            <>
              <strong className="text-lg font-semibold tracking-[-0.02em]">{login.user.username}</strong>{" "}
              <span className={away ? "text-dim" : "text-accepted"}>
                {away ? "accepted when last asked" : "accepted"}
              </span>
            </>
          ) : (
            <Refusal code={login.code} renewing={renewing} />
          )}
        </p>
        <p className="figures ml-auto text-dim">
          {login.accepted ? (
            <>
              <Countdown at={login.expiresAt} lead="ends in" />
              {flow.presents === "cookie" && slides(login, record, variant) && " if unused"}
            </>
          ) : (
            login.code !== "NO_CREDENTIAL" && record?.ended?.at && <Ago at={record.ended.at} />
          )}
        </p>
      </div>
      <div className="mt-1.5">
        <LifetimeBar endsAt={login.accepted ? login.expiresAt : null} spans={spansOf(flow, variant)} />
      </div>
      {login.accepted && <Role login={login} people={people} />}
      {!login.accepted && login.reason !== undefined && !renewing && (
        <p className="mt-1 text-13">
          <InWords>{login.reason}</InWords>
        </p>
      )}
    </div>
  );
}

function Refusal({ code, renewing }: { code: string; renewing: boolean }) {
  if (renewing) return <span className="text-lg font-semibold tracking-[-0.02em] text-dim">refreshing…</span>;
  if (code === "NO_CREDENTIAL") {
    return <strong className="text-lg font-semibold tracking-[-0.02em] text-faint">not logged in</strong>;
  }
  return (
    <>
      <strong className="text-lg font-semibold tracking-[-0.02em]">refused</strong>{" "}
      <span className="font-mono text-xs text-dim">{code}</span>
    </>
  );
}

/** The role of this login, if it is admin or out of date. */
function Role({ login, people }: { login: Accepted; people: LabView["people"] }) {
  const now = people.find((person) => person.id === login.user.id)?.role;
  const stale = now !== undefined && now !== login.user.role;
  if (!stale && login.user.role === "user") return null;
  return (
    <p className="mt-1 text-xs text-dim">
      acts as <span className="font-mono">{login.user.role}</span>
      {stale && (
        <span className="ml-1.5 rounded bg-warn-ground px-1.5 text-warn">
          stale: {login.user.username} is <span className="font-mono">{now}</span> now
        </span>
      )}
    </p>
  );
}

type Accepted = Extract<HeldView["login"], { accepted: true }>;

/** Whether the next end is the idle end, which slides with use. */
function slides(login: Accepted, record: RecordView | undefined, variant: VariantView | undefined): boolean {
  if (record) return record.idleEndsAt === login.expiresAt && record.endsAt !== login.expiresAt;
  const absolute = (variant?.settings.lifetimesSeconds.absolute ?? 0) * 1000;
  return Date.parse(login.expiresAt) - Date.parse(login.issuedAt) < absolute;
}

/** The lifetimes that the bar can be measured against, in milliseconds, ascending. */
function spansOf(flow: FlowInfo, variant: VariantView | undefined): readonly number[] {
  if (!variant) return [];
  const { access, idle, absolute, remembered } = variant.settings.lifetimesSeconds;
  const isShort = flow.presents === "bearer" || believesTokenAlone(variant);
  return (isShort ? [access] : [idle, absolute, remembered]).map((seconds) => seconds * 1000);
}
