import type { EventView } from "@/lib/lab/lab-view.ts";
import type { FlowInfo } from "../../_browser/flow-info.ts";
import { FlowIcon } from "../../_ui/flow-icon.tsx";
import { Moment } from "../../_ui/lab-time.tsx";
import { ScrollRegion } from "../../_ui/scroll-region.tsx";

type EventTableProps = {
  /** Newest first. */
  readonly events: readonly EventView[];
  readonly flows: readonly Pick<FlowInfo, "id" | "title">[];
};

/** On a phone these columns stand below the others, so that the table needs no sideways scrolling. */
const wideOnly: ReadonlySet<string> = new Set(["Detail", "From"]);
const cell = "px-1.5 py-1.25 align-baseline sm:px-2";

/** One row for each event: when, what, whom, flow, detail, and from where. */
export function EventTable({ events, flows }: EventTableProps) {
  return (
    <ScrollRegion label="Events" className="-mx-2 overflow-x-auto">
      <table className="w-full text-left text-13 sm:min-w-[44rem]">
        <thead className="text-2xs tracking-[0.07em] text-faint uppercase">
          <tr>
            {["When", "What", "Whom", "Flow", "Detail", "From"].map((name) => (
              <th
                key={name}
                scope="col"
                className={`${cell} font-semibold ${wideOnly.has(name) ? "max-sm:hidden" : ""}`}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <EventRow key={event.id} event={event} title={flows.find(({ id }) => id === event.flow)?.title} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function EventRow({ event, title }: { event: EventView; title: string | undefined }) {
  const { at, type, user, flow, variant, detail, device, ip } = event;
  return (
    <tr className="border-t border-line" data-flow={flow ?? undefined}>
      <td className={`${cell} font-mono text-xs whitespace-nowrap text-dim`}>
        <Moment at={at} />
      </td>
      <td className={`${cell} font-mono text-xs sm:whitespace-nowrap ${alarms.has(type) ? "text-refused" : ""}`}>
        {type}
        <span className="block font-sans text-2xs text-dim sm:hidden">
          {[detail, device, ip].filter(Boolean).join(" · ")}
        </span>
      </td>
      <td className={`${cell} font-medium`}>{user ?? ""}</td>
      <td className={`${cell} sm:whitespace-nowrap`}>
        <span className="inline-flex items-baseline gap-2">
          {flow !== null && <FlowIcon flow={flow} className="size-3.5 translate-y-0.5" />}
          <span className="whitespace-nowrap">
            {title ?? ""}
            <span className="text-xs text-faint max-sm:block sm:ml-2">{variant?.split("/")[1]}</span>
          </span>
        </span>
      </td>
      <td className={`${cell} text-dim max-sm:hidden`}>{detail ?? ""}</td>
      <td className={`${cell} whitespace-nowrap text-dim max-sm:hidden`}>
        {device}
        {ip !== null && ip !== "" && <span className="ml-2 font-mono text-xs text-faint">{ip}</span>}
      </td>
    </tr>
  );
}

/** Events that an operator should check. */
const alarms: ReadonlySet<string> = new Set([
  "login-refused",
  "reauthentication-refused",
  "password-change-refused",
  "refresh-refused",
  "cross-site-refused",
  "parallel-login",
  "refresh-reuse-detected",
  "client-changed",
  "client-refused",
]);
