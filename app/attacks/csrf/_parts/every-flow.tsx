import {
  type CsrfAnswer,
  type JudgedPlay,
  type PlayedCsrf,
  verdictOfAnswer,
} from "@/lib/features/attacks/csrf/model.ts";
import { useLab } from "../../../_browser/lab-provider.tsx";
import { FlowIcon } from "../../../_ui/flow-icon.tsx";
import { outcomeWords } from "./csrf-words.ts";

type EveryFlowProps = { readonly play: JudgedPlay; readonly played: PlayedCsrf };

/** The same form at the address of each flow, without a defence and with the flow's own. */
export function EveryFlow({ play, played }: EveryFlowProps) {
  const { flows } = useLab();
  const answers = flows.flatMap(({ id, title }) => {
    const other = played.flows.find(({ flow }) => flow === id);
    const found = id === play.flow ? { weak: played.weak, edge: played.edge } : other;
    return found ? [{ id, title, ...found }] : [];
  });
  return (
    <section aria-label="The same form, every flow" className="@container">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-3 border-t border-strong pt-3 @2xl:grid-cols-5">
        <div>
          <h2 className="font-semibold">The same form, every flow</h2>
          <p className="text-xs text-dim">with no defence, and with its own</p>
        </div>
        {answers.map(({ id, title, weak, edge }) => (
          <div key={id} data-flow={id}>
            <p className="flex items-center gap-1.5 font-semibold">
              <FlowIcon flow={id} /> {title}
            </p>
            <Answer answer={weak} />
            <Answer answer={edge} />
            {weak?.code === "NO_CREDENTIAL" && (
              <p className="text-xs text-dim">No browser adds its header by itself.</p>
            )}
          </div>
        ))}
      </div>
    </section>
  );
}

function Answer({ answer }: { readonly answer: CsrfAnswer | null }) {
  const { outcome } = verdictOfAnswer(answer);
  return (
    <p className="text-13">
      <b className={`font-semibold ${outcome === "succeeds" ? "text-refused" : ""}`}>{outcomeWords[outcome]}</b>{" "}
      <span className="font-mono text-xs text-dim">
        {answer?.status} {answer?.code}
      </span>
    </p>
  );
}
