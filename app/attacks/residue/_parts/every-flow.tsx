import { type ResiduePlay, verdictOf, type WayTold } from "@/lib/features/attacks/residue/model.ts";
import { useLab } from "../../../_browser/lab-provider.tsx";
import { FlowIcon } from "../../../_ui/flow-icon.tsx";

type EveryFlowProps = { readonly play: ResiduePlay; readonly ways: readonly WayTold[] };

/** A logout of each flow: what still shows the balance without a defence, and with all. */
export function EveryFlow({ play, ways }: EveryFlowProps) {
  const { flows } = useLab();
  const shownBy = (flow: string, defence: "none" | "all") =>
    play.walks
      .filter((walk) => walk.flow === flow && walk.defence === defence && walk.end !== "revoked")
      .flatMap((walk) =>
        ways.filter(({ id }) => verdictOf(play, id, walk).outcome === "shown").map(({ title }) => title),
      );
  return (
    <section aria-label="A logout of every flow" className="@container">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-3 border-t border-strong pt-3 @2xl:grid-cols-5">
        <div>
          <h2 className="font-semibold">A logout of every flow</h2>
          <p className="text-xs text-dim">with no defence, and with all</p>
        </div>
        {flows.map(({ id, title }) => (
          <div key={id} data-flow={id}>
            <p className="flex items-center gap-1.5 font-semibold">
              <FlowIcon flow={id} /> {title}
            </p>
            <Shown by={shownBy(id, "none")} />
            <Shown by={shownBy(id, "all")} />
          </div>
        ))}
      </div>
    </section>
  );
}

function Shown({ by }: { readonly by: readonly string[] }) {
  if (by.length === 0) return <p className="text-13">Nothing is shown.</p>;
  return (
    <p className="text-13">
      <b className="font-semibold text-refused">SHOWN</b> <span className="text-xs text-dim">{by.join(", ")}</span>
    </p>
  );
}
