import type { ComparedSide, EventPair, EventSide } from "@/lib/features/compare/difference.ts";
import { eventTitle } from "../../_parts/column-titles.ts";
import { SideHeaders } from "./side-headers.tsx";

type EventTableProps = {
  readonly caption: string;
  readonly pairs: readonly EventPair[];
  readonly left: ComparedSide;
  readonly right: ComparedSide;
};

/** What becomes of a copy of either side after each event, and why. A reason is not said again in the next row. */
export function EventTable({ caption, pairs, left, right }: EventTableProps) {
  return (
    <table className="pair-table pair-events">
      <caption className="sr-only">{caption}</caption>
      <SideHeaders first="A thief has a copy. Then:" left={left} right={right} />
      <tbody>
        {pairs.map((pair, index) => {
          const above = pairs[index - 1];
          return (
            <tr key={pair.experiment}>
              <th scope="row">
                <a href={`/who-still-gets-in?variant=${left.variant}&experiment=${pair.experiment}`} title={pair.title}>
                  {eventTitle(pair)}
                </a>
              </th>
              <Fate side={pair.left} above={above?.left ?? null} />
              <Fate side={pair.right} above={above?.right ?? null} />
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Fate({ side, above }: { side: EventSide; above: EventSide }) {
  if (!side) return <td className="text-faint">not concerned</td>;
  const { word, said, why } = side;
  return (
    <td>
      <span
        className="pair-fate"
        data-depth={word.depth}
        data-copy={word.standing}
        data-claimed={said === "claimed" || undefined}
      >
        <b>{word.text}</b> {word.note && <small>{word.note}</small>} {word.code && <code>{word.code}</code>}
        {word.claimed !== undefined && <small>claimed: {word.claimed}</small>}
      </span>
      {why !== above?.why && <small className="pair-why">{why}</small>}
    </td>
  );
}
