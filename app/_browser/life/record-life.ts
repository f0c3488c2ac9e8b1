import type { RecordView } from "@/lib/lab/feed/record-view.ts";

type Life = Pick<RecordView, "ended" | "idleEndsAt" | "endsAt">;

/** Which end a record reaches first, unless something ends it before: the idle end or the absolute end. */
function nearerEnd({ idleEndsAt, endsAt }: Life): { readonly name: "idle" | "absolute"; readonly at: string } {
  if (idleEndsAt !== null && Date.parse(idleEndsAt) < Date.parse(endsAt)) return { name: "idle", at: idleEndsAt };
  return { name: "absolute", at: endsAt };
}

/** The end that this record is past, on the lab's clock. `null`: it is past none, or it was ended before. */
export function passedEnd(record: Life, now: number): ReturnType<typeof nearerEnd> | null {
  const end = nearerEnd(record);
  return record.ended === null && Date.parse(end.at) <= now ? end : null;
}

/** All moments at which one of these records may reach an end, on the lab's clock. */
export function endMoments(records: readonly Pick<Life, "idleEndsAt" | "endsAt">[]): readonly number[] {
  return records.flatMap(({ idleEndsAt, endsAt }) =>
    [idleEndsAt, endsAt].flatMap((at) => (at ? [Date.parse(at)] : [])),
  );
}

/** Whether the server still accepts the login of this record: it was not ended and is past no end. */
export function isLive(record: Life, now: number): boolean {
  return record.ended === null && passedEnd(record, now) === null;
}
