import type { CsrfTold, CsrfVerdict, DefenceTold, JudgedPlay, NotPlayed } from "@/lib/features/attacks/csrf/model.ts";
import { ScrollRegion } from "../../../_ui/scroll-region.tsx";
import { outcomeWords, placeTitles } from "./csrf-words.ts";
import { verdictOf } from "./verdict-of.ts";

type MatrixProps = {
  readonly cases: readonly CsrfTold[];
  readonly notPlayed: readonly NotPlayed[];
  readonly defences: readonly DefenceTold[];
  readonly play: JudgedPlay;
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
};

/** Every case by every defence. A row's button shows its request above. */
export function CaseMatrix({ cases, notPlayed, defences, play, chosen, onChoose }: MatrixProps) {
  return (
    <div>
      <h2 className="font-semibold">Every request, every defence</h2>
      <p className="mb-2 text-13 text-dim">
        Each column is one defence alone. Defences let a GET pass, since it has no effect; an application that changes
        something by GET is helped by SameSite=Strict alone.
      </p>
      <ScrollRegion label="Every request, every defence" className="overflow-x-auto">
        <table className="w-full border-separate border-spacing-x-0.5 border-spacing-y-0 text-xs">
          <thead>
            <tr className="text-left align-bottom text-dim">
              <th scope="col" className="sticky left-0 min-w-48 bg-panel py-1.5 pr-3 font-normal">
                Request
              </th>
              {defences.map(({ id, title, isWeak }) => (
                <th
                  key={id}
                  scope="col"
                  className={`px-1.5 py-1.5 ${isWeak ? "font-normal" : "font-semibold text-ink"}`}
                >
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          {Object.entries(placeTitles).map(([place, title]) => (
            <tbody key={place}>
              <tr>
                <th
                  scope="rowgroup"
                  colSpan={defences.length + 1}
                  className="border-b border-strong pt-3 pb-1 text-left font-normal text-faint"
                >
                  {title}
                </th>
              </tr>
              {cases
                .filter((each) => each.place === place)
                .map((each) => (
                  <Row key={each.id} {...{ told: each, defences, play, onChoose, isChosen: each.id === chosen }} />
                ))}
              {notPlayed
                .filter((each) => each.place === place)
                .map(({ reason, senders }) => (
                  <tr key={reason}>
                    <td colSpan={defences.length + 1} className="border-b border-line py-1.5 text-dim">
                      <p className="sticky left-0 w-fit max-w-[min(48rem,calc(100vw-3rem))]">
                        <b className="font-semibold">Not played:</b> {senders.join("; ")}. {reason}
                      </p>
                    </td>
                  </tr>
                ))}
            </tbody>
          ))}
          <tbody>
            <tr>
              <th
                scope="rowgroup"
                colSpan={defences.length + 1}
                className="border-b border-strong pt-3 pb-1 text-left font-normal text-faint"
              >
                From the own origin
              </th>
            </tr>
            <OwnRow defences={defences} play={play} />
          </tbody>
        </table>
      </ScrollRegion>
    </div>
  );
}

type RowProps = Pick<MatrixProps, "defences" | "play" | "onChoose"> & {
  readonly told: CsrfTold;
  readonly isChosen: boolean;
};

function Row({ told: { id, title }, defences, play, isChosen, onChoose }: RowProps) {
  const played = play.cases.find((each) => each.id === id) ?? null;
  const verdicts = play.verdicts[id] ?? {};
  return (
    <tr>
      <th scope="row" className="sticky left-0 border-b border-line bg-panel py-1 pr-3 text-left font-normal">
        <button
          type="button"
          onClick={() => onChoose(id)}
          aria-pressed={isChosen}
          className={`min-h-target text-left text-13 hover:underline ${isChosen ? "font-semibold" : ""}`}
        >
          {title}
        </button>
      </th>
      {defences.map((defence) => (
        <Cell key={defence.id} verdict={verdictOf(defence.id, verdicts, played)} />
      ))}
    </tr>
  );
}

/** The request that every defence has to let pass. */
function OwnRow({ defences, play }: Pick<MatrixProps, "defences" | "play">) {
  const played = play.cases.find((each) => each.id === "own-page") ?? null;
  return (
    <tr>
      <th scope="row" className="sticky left-0 border-b border-line bg-panel py-1 pr-3 text-left text-13 font-normal">
        alice’s own page
        <span className="block text-xs text-dim">and a script that is injected into it</span>
      </th>
      {defences.map((defence) => {
        const verdict = verdictOf(defence.id, play.verdicts["own-page"] ?? {}, played);
        return (
          <td key={defence.id} className="border-b border-line px-1.5 py-1 whitespace-nowrap text-dim">
            {verdict === null ? "–" : verdict.outcome === "succeeds" ? "let pass" : "refused"}
          </td>
        );
      })}
    </tr>
  );
}

function Cell({ verdict }: { readonly verdict: CsrfVerdict | null }) {
  if (!verdict) return <td className="border-b border-line px-1.5 text-faint italic">–</td>;
  const { outcome } = verdict;
  const look = outcome === "succeeds" ? "bg-refused-ground font-semibold text-refused" : "text-dim";
  return <td className={`border-b border-line px-1.5 py-1 whitespace-nowrap ${look}`}>{outcomeWords[outcome]}</td>;
}
