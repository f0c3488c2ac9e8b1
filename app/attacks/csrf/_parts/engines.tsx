import type { CsrfTold, DefenceTold, JudgedPlay } from "@/lib/features/attacks/csrf/model.ts";
import { outcomeWords, placeTitles } from "./csrf-words.ts";
import { engineDifferences } from "./engine-differences.ts";

type EnginesProps = {
  readonly recorded: readonly JudgedPlay[];
  readonly cases: readonly CsrfTold[];
  readonly defences: readonly DefenceTold[];
};

/** Where the browsers that the plays were recorded in do not agree, by the place of the request. */
export function Engines({ recorded, cases, defences }: EnginesProps) {
  if (recorded.length < 2) return null;
  return (
    <section aria-label="Where browsers differ" className="border-t border-strong pt-3">
      <h2 className="font-semibold">Where browsers differ</h2>
      <p className="text-13 text-dim">
        The same requests, recorded in {recorded.map(({ browser }) => browser).join(" and ")}.
      </p>
      {Object.entries(placeTitles).map(([place, title]) => {
        const own = cases.filter((each) => each.place === place);
        const differences = engineDifferences(recorded, own, defences);
        return (
          differences.length > 0 && (
            <div key={place} className="mt-2">
              <h3 className="text-xs text-faint">{title}</h3>
              <ul className="text-13">
                {differences.map((each) => (
                  <li key={each.title} className="flex flex-wrap gap-x-4 border-b border-line py-1">
                    <span className="min-w-72">{each.title}</span>
                    {each.by.map(({ browser, outcomes, origin }) => (
                      <span key={browser}>
                        <span className="text-dim">{browser}:</span>{" "}
                        {outcomes.map((outcome) => outcomeWords[outcome]).join(" or ")}
                        {origin !== null && <span className="font-mono text-xs text-dim"> Origin: {origin}</span>}
                      </span>
                    ))}
                    {each.under.length > 0 && (
                      <span className="text-xs text-dim">defence: {each.under.join(", ").toLowerCase()}</span>
                    )}
                  </li>
                ))}
              </ul>
            </div>
          )
        );
      })}
    </section>
  );
}
