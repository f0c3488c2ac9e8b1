import type { FlowId } from "@/lib/core/ids.ts";
import {
  type NamingId,
  namings,
  type TossedRequest,
  type TossingPlay,
  type WayTold,
} from "@/lib/features/attacks/tossing/model.ts";
import { outcomeOf } from "./outcome-of.ts";

type RowsProps = {
  readonly ways: readonly WayTold[];
  readonly play: TossingPlay;
  readonly flow: FlowId;
  readonly chosen: string;
  readonly onChoose: (way: string) => void;
};

const columns = "@4xl:grid @4xl:grid-cols-[minmax(0,1.5fr)_repeat(4,minmax(0,1fr))] @4xl:gap-x-2";

type Edge = "first" | "own";
const edges: readonly { readonly naming: NamingId; readonly edge: Edge; readonly title: string }[] = [
  { naming: "plain", edge: "first", title: "No prefix, the first one counts" },
  ...namings.map(({ id, title }) => ({ naming: id, edge: "own" as const, title })),
];

/** A row a way, by how the cookie is named. A row's button shows its request above. */
export function WayRows({ ways, play, flow, chosen, onChoose }: RowsProps) {
  return (
    <section aria-label="Every way, every name" className="@container mt-6">
      <p aria-hidden="true" className={`hidden border-b border-strong pb-1.5 text-xs text-faint ${columns}`}>
        <span>How it is planted</span>
        {edges.map(({ title }) => (
          <span key={title} className="px-3">
            {title}
          </span>
        ))}
      </p>
      <ul>
        {ways.map(({ id, title, does }) => (
          <li key={id} className={`border-b border-line py-2 @4xl:items-center @4xl:py-1 ${columns}`}>
            <div className="py-1">
              <button
                type="button"
                onClick={() => onChoose(id)}
                aria-pressed={id === chosen}
                className={`min-h-target text-left hover:underline ${id === chosen ? "font-semibold" : "font-medium"}`}
              >
                {title}
              </button>
              <p className="text-xs text-dim">{does}</p>
            </div>
            {edges.map((each) => (
              <Cell
                key={each.title}
                title={each.title}
                edge={each.edge}
                request={requestIn(play, each.naming, id, flow)}
              />
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** `null`: not played. */
export function requestIn(play: TossingPlay, naming: NamingId, way: string, flow: FlowId): TossedRequest | null {
  const played = play.played.find((each) => each.naming === naming && each.way === way);
  return played?.flows.find((each) => each.flow === flow) ?? null;
}

type CellProps = { readonly title: string; readonly edge: Edge; readonly request: TossedRequest | null };

function Cell({ title, edge, request }: CellProps) {
  if (!request) return <p className="px-3 text-13 text-faint italic">not played yet</p>;
  const { word, isAlarm } = outcomeOf(request[edge]);
  const arrives = request.sent.includes("thief");
  const isHersFirst = edge === "first" && request.sent[0] === "alice";
  return (
    <p
      className={`flex flex-wrap gap-x-2 rounded-control px-3 py-1.5 text-13 @4xl:block ${isAlarm ? "bg-refused-ground" : ""}`}
    >
      <span className="w-full text-xs text-dim @4xl:sr-only">{title}</span>
      <span className={isAlarm ? "font-semibold text-refused" : ""}>{word}</span>
      <span className="text-xs text-dim wrap-anywhere @4xl:block">
        {request[edge].code !== null && <span className="font-mono">{request[edge].code} </span>}
        {arrives ? isHersFirst && "hers is older, and sent first" : "the browser did not take it"}
      </span>
    </p>
  );
}
