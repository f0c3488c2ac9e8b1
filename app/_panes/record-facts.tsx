import { duration } from "@/lib/core/time.ts";
import type { RecordView } from "@/lib/lab/feed/record-view.ts";
import type { FlowInfo } from "../_browser/flow-info.ts";
import { endMoments } from "../_browser/life/record-life.ts";
import { ShortId } from "../_ui/controls/copying.tsx";
import { Ago, Countdown, Moment, useLastReached } from "../_ui/lab-time.tsx";
import { type Fact, Facts } from "../_ui/pane.tsx";
import { Word } from "../_words/in-words.tsx";
import { endOf } from "./record-end.ts";

type RecordProps = { readonly flow: FlowInfo; readonly record: RecordView };

/** What matters of a record of the server. It contains no credential. */
export function RecordFacts({ flow, record }: RecordProps) {
  const end = endOf(record, useLastReached(endMoments([record])));
  const last = end ? endedFact(end) : endsOf(flow, record);
  return <Facts facts={[...identity(record), ...(record.tokens ? generations(record) : []), ...last]} />;
}

function identity(record: RecordView): readonly Fact[] {
  const facts: Fact[] = [];
  if (record.hash !== null)
    facts.push(["hash", <ShortId key="hash" id={record.hash} what="hash" />, <Word key="word" id="hash" alone />]);
  facts.push(["user", record.username]);
  if (record.tokens === null) facts.push(["device", `${record.device}, ${record.ip}`]);
  facts.push(["last seen", <Ago key="seen" at={record.lastSeenAt} />]);
  return facts;
}

/** All else that a record has. */
export function RecordRest({ record }: Pick<RecordProps, "record">) {
  const isOver = endOf(record, useLastReached(endMoments([record]))) !== null;
  const facts: readonly Fact[] = [
    ["record", <ShortId key="id" id={record.id} what="record" />],
    ["variant", record.variant.split("/")[1]],
    ...(record.tokens === null ? [] : ([["device", `${record.device}, ${record.ip}`]] as const)),
    ["user agent", record.userAgent || "none"],
    ["its hash", record.userAgentHash],
    ...placeFacts(record.place),
    ["created", <Moment key="created" at={record.createdAt} />],
    ...(isOver ? [] : [elevated(record)]),
  ];
  return <Facts facts={facts} />;
}

/** To ask for the password again, so long after it was given (ASVS 7.5.3). */
function elevated({ elevatedUntil }: RecordView): Fact {
  return [
    "elevated",
    <Countdown key="elevated" at={elevatedUntil} lead="for" past="until" />,
    <Word key="word" id="elevated" alone />,
  ];
}

/** For the Redis store: the key, and the time after which Redis deletes it. */
function placeFacts({ kind, name, expiresInSeconds }: RecordView["place"]): readonly Fact[] {
  const named: Fact = [kind, <ShortId key="place" id={name} what={kind} keep={11} />];
  if (expiresInSeconds === null) return [named];
  return [named, ["key expires", `in ${duration(expiresInSeconds * 1000)}, to clean up`]];
}

function generations(record: RecordView): readonly Fact[] {
  const tokens = record.tokens ?? [];
  const current = tokens.filter((token) => token.usedAt === null);
  const used = tokens.filter((token) => token.usedAt !== null);
  const numbers = (list: typeof tokens) => list.map((token) => `#${token.generation}`).join(" ");
  const facts: Fact[] = [];
  if (current.length > 0) facts.push(["current", `${numbers(current)} unused`]);
  if (used.length > 0) facts.push(["before", `${numbers(used)} used`]);
  return facts;
}

function endedFact({ at, by }: NonNullable<ReturnType<typeof endOf>>): readonly Fact[] {
  return [
    [
      "ended",
      <span key="ended">
        {at !== null && <Moment at={at} />} by {by}
      </span>,
    ],
  ];
}

function endsOf(flow: FlowInfo, record: RecordView): readonly Fact[] {
  const facts: Fact[] = [];
  if (record.idleEndsAt !== null && record.idleEndsAt !== record.endsAt) {
    facts.push([
      "idle",
      <Countdown key="idle" at={record.idleEndsAt} lead="ends in" />,
      <Word key="word" id="idle end" text="idle" alone />,
    ]);
  }
  const isFamily = flow.presents === "bearer";
  facts.push([
    isFamily ? "family" : "ends",
    <span key="ends">
      <Moment at={record.endsAt} /> at the latest
    </span>,
    isFamily ? <Word key="word" id="family" alone /> : <Word key="word" id="absolute end" text="ends" alone />,
  ]);
  return facts;
}
