import {
  type DefenceTold,
  type PlayedWalk,
  type ResiduePlay,
  type ResidueWay,
  verdictOf,
  type WayTold,
} from "@/lib/features/attacks/residue/model.ts";
import { ScrollRegion } from "../../../_ui/scroll-region.tsx";
import { Verdict } from "./verdict.tsx";

type MatrixProps = {
  readonly ways: readonly WayTold[];
  readonly defences: readonly DefenceTold[];
  readonly play: ResiduePlay;
  readonly walks: readonly PlayedWalk[];
  readonly end: string;
  readonly chosen: ResidueWay;
  readonly onChoose: (way: ResidueWay) => void;
};

/** Every way by every defence, for one end. A row's button shows that way above. */
export function WayMatrix({ ways, defences, play, walks, end, chosen, onChoose }: MatrixProps) {
  return (
    <div>
      <h2 className="font-semibold">Every way, every defence: {end.toLowerCase()}</h2>
      <p className="mb-2 text-13 text-dim">
        Each column is one defence alone. A page that is told learns of the end while it is open, as this application’s
        pages do by the lab’s stream.
      </p>
      <ScrollRegion label="Every way, every defence" className="overflow-x-auto">
        <table className="w-full border-separate border-spacing-x-0.5 border-spacing-y-0 text-13">
          <thead>
            <tr className="text-left align-bottom text-xs text-dim">
              <th scope="col" className="sticky left-0 min-w-36 bg-panel py-1.5 pr-3 font-normal">
                What still shows it
              </th>
              {defences.map(({ id, title }) => (
                <th key={id} scope="col" className="min-w-28 px-1.5 py-1.5 font-semibold text-ink">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ways.map(({ id, title }) => (
              <tr key={id}>
                <th scope="row" className="sticky left-0 border-b border-line bg-panel py-1 pr-3 text-left font-normal">
                  <button
                    type="button"
                    onClick={() => onChoose(id)}
                    aria-pressed={id === chosen}
                    className={`min-h-target text-left hover:underline ${id === chosen ? "font-semibold" : ""}`}
                  >
                    {title}
                  </button>
                </th>
                {defences.map((defence) => (
                  <Cell
                    key={defence.id}
                    {...{ play, way: id, walk: walks.find((each) => each.defence === defence.id) }}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </div>
  );
}

type CellProps = Pick<MatrixProps, "play"> & { readonly way: ResidueWay; readonly walk: PlayedWalk | undefined };

function Cell({ play, way, walk }: CellProps) {
  const verdict = walk ? verdictOf(play, way, walk) : null;
  return (
    <td className={`border-b border-line px-1.5 py-1 ${verdict?.outcome === "shown" ? "bg-refused-ground" : ""}`}>
      <Verdict verdict={verdict} />
    </td>
  );
}
