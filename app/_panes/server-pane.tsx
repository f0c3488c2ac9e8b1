import type { ReactNode } from "react";
import type { RecordView } from "@/lib/lab/feed/record-view.ts";
import type { HeldView, VariantView } from "@/lib/lab/lab-view.ts";
import { believesTokenAlone, type FlowInfo, ownRecord } from "../_browser/flow-info.ts";
import { endMoments, isLive } from "../_browser/life/record-life.ts";
import { Disclosure } from "../_ui/controls/disclosure.tsx";
import { Ago, Countdown, useLastReached } from "../_ui/lab-time.tsx";
import { EmptyNote, Pane } from "../_ui/pane.tsx";
import { InWords } from "../_words/in-words.tsx";
import { endOf } from "./record-end.ts";
import { RecordFacts, RecordRest } from "./record-facts.tsx";

type ServerPaneProps = {
  readonly flow: FlowInfo;
  readonly held: HeldView;
  readonly variant: VariantView | undefined;
  /** The number of listed records besides this browser's own. */
  readonly others?: number;
  /** Shows all fields of the record on demand, and the chip of the credential that leads to it. */
  readonly full?: boolean;
  /** What stands first in it. */
  readonly lead?: ReactNode;
  readonly className?: string;
};

/** The server's records of a flow's logins, or a sentence that says why there are none. */
export function ServerPane({ flow, held, variant, others = 2, full = false, lead, className = "" }: ServerPaneProps) {
  const { records, unanswered, setAside = [] } = held;
  const now = useLastReached(endMoments(records ?? []));
  const own = ownRecord(held) ?? records?.[0];
  const rest = records?.filter((record) => record !== own) ?? [];
  return (
    <Pane title="Server" note={recordCount(held, now)} className={className}>
      {lead}
      {unanswered.length > 0 && <p className="mb-1 text-13 text-warn">{unansweredWords(unanswered)}</p>}
      {setAside.map((name) => (
        <p key={name} className="mb-1 text-13 text-warn">
          A file of logins could not be read, and is <span className="font-mono break-all">{name}</span> now. The logins
          in it are unknown: they let nobody in, and nobody can list them.
        </p>
      ))}
      {own && full && <HashChip record={own} held={held} over={!isLive(own, now)} />}
      {own && <RecordFacts flow={flow} record={own} />}
      {own && (flow.presents === "bearer" || believesTokenAlone(variant)) && <AccessTokenNote variant={variant} />}
      {own && full && (
        <Disclosure summary="All of its record" className="mt-1">
          <p className="mb-1 text-13 text-dim">
            <InWords>{placeOf(own, flow, variant) ?? ""}</InWords>
          </p>
          <RecordRest record={own} />
        </Disclosure>
      )}
      {!own && unanswered.length === 0 && (
        <EmptyNote>
          <InWords>{nothingHeld(records, variant)}</InWords>
        </EmptyNote>
      )}
      {rest.length > 0 && (
        <ul className="mt-1.5 grid gap-0.5 border-t border-dashed border-line pt-1.5 text-xs text-dim">
          {rest.slice(0, others).map((record) => (
            <li key={record.id} className="flex flex-wrap gap-x-1.5">
              <OtherRecord record={record} now={now} />
            </li>
          ))}
          {rest.length > others && <li>and {rest.length - others} more</li>}
        </ul>
      )}
    </Pane>
  );
}

/** The key of this record: the server keeps only a hash of the credential. */
function HashChip({ record, held, over }: { record: RecordView; held: HeldView; over: boolean }) {
  const credential = held.credentials.findLast(({ recordId }) => recordId === record.id);
  if (!credential || record.hash === null) return null;
  return (
    <p
      className={`mb-1.5 rounded-lg border border-flow/30 bg-flow-ground px-2 py-1 font-mono text-xs ${over ? "border-dashed" : ""}`}
    >
      <span className={`flex flex-wrap gap-x-2 ${over ? "line-through" : ""}`}>
        <span className="font-semibold whitespace-nowrap text-flow">{credential.name}</span>
        <span className="text-dim">
          <InWords>{credential.decoded?.encoding === "token" ? "by the hash of its jti" : "as its hash"}</InWords>
        </span>
      </span>
    </p>
  );
}

/** The place where a record is stored. */
function placeOf(record: RecordView, flow: FlowInfo, variant: VariantView | undefined): string | undefined {
  if (record.kind === "refresh family") return "Rows of the database: the family, and the hash of each of its tokens.";
  return variant?.id === record.variant ? flow.stores[variant.settings.store ?? ""]?.keeps : undefined;
}

function OtherRecord({ record, now }: { record: RecordView; now: number }) {
  const end = endOf(record, now);
  return (
    <>
      <span className="font-mono text-ink">{record.username}</span>
      {!end && <span className="min-w-0 truncate">{record.device}</span>}
      <span className="ml-auto">
        {end ? (
          <>
            ended by {end.by}
            {end.at !== null && (
              <>
                {" "}
                <Ago at={end.at} />
              </>
            )}
          </>
        ) : (
          <Countdown at={record.idleEndsAt ?? record.endsAt} lead="live, in" />
        )}
      </span>
    </>
  );
}

/** An access token has no record. Says what the server checks besides its signature. */
function AccessTokenNote({ variant }: { variant: VariantView | undefined }) {
  return (
    <p className="grid grid-cols-[5.25rem_1fr] font-mono text-xs">
      <span className="text-faint">access</span>
      <span className="text-dim italic">
        <InWords>{askedOfToken[variant?.settings.revocation ?? "none"] ?? "no record"}</InWords>
      </span>
    </p>
  );
}

const askedOfToken: Readonly<Record<string, string>> = {
  none: "no record: lives to exp",
  "user-version": "no record; the person’s version is checked",
  denylist: "no record; the denylist is checked for its jti",
};

function unansweredWords(stores: HeldView["unanswered"]): string {
  return stores.length === 1
    ? `The store ${stores[0]} does not answer, so what it holds cannot be shown.`
    : `The stores ${stores.join(", ")} do not answer, so what they hold cannot be shown.`;
}

function recordCount({ records, unanswered }: HeldView, now: number): string {
  if (unanswered.length > 0) return `${unanswered.join(", ")} not answering`;
  if (records === null || records.length === 0) return "0 records";
  const live = records.filter((record) => isLive(record, now)).length;
  const noun = records[0]?.kind === "refresh family" ? ["family", "families"] : ["record", "records"];
  return `${records.length} ${noun[records.length === 1 ? 0 : 1]}, ${live} live`;
}

function nothingHeld(records: HeldView["records"], variant: VariantView | undefined): string {
  if (records !== null) return "No record yet. A login adds one.";
  if (variant?.settings.revocation === "user-version") {
    return "No record of a login. The server keeps a version per person and raises it to end all of their logins at once.";
  }
  return "No record. The whole login is in the cookie, so the server has no entry to delete.";
}
