import type { RecordView } from "@/lib/lab/feed/record-view.ts";
import { enderOf } from "@/lib/lab/reason/enders.ts";
import { passedEnd } from "../_browser/life/record-life.ts";

const ownEnds = { idle: "its idle end", absolute: "its absolute end" } as const;

/** When and by what a record is over: it was ended, or time passed its own end. `null`: it is live. */
export function endOf(record: RecordView, now: number): { readonly at: string | null; readonly by: string } | null {
  if (record.ended) return { at: record.ended.at, by: enderOf(record.ended.reason) };
  const passed = passedEnd(record, now);
  return passed && { at: passed.at, by: ownEnds[passed.name] };
}
