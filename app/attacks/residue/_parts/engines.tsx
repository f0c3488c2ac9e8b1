import type { ResidueEnd, ResidueShown } from "@/lib/features/attacks/residue/model.ts";
import { engineDifferences } from "./engine-differences.ts";
import { Verdict } from "./verdict.tsx";

type EnginesProps = Pick<ResidueShown, "ways" | "defences" | "recorded"> & { readonly end: ResidueEnd };

/** Where the browsers that the plays were recorded in do not agree. */
export function Engines({ ways, defences, recorded, end }: EnginesProps) {
  const differences = engineDifferences(recorded, end, { ways, defences });
  const browsers = recorded.map(({ browser }) => browser).join(" and ");
  if (recorded.length < 2) return null;
  return (
    <section aria-label="Where browsers differ" className="border-t border-strong pt-3">
      <h2 className="font-semibold">Where browsers differ</h2>
      {differences.length === 0 ? (
        <p className="text-13 text-dim">{browsers} agree on every cell of this end.</p>
      ) : (
        <ul className="mt-1 grid gap-1 text-13">
          {differences.map(({ way, defence, by }) => (
            <li key={`${way} ${defence}`} className="flex flex-wrap gap-x-4">
              <span className="min-w-56">
                {way}, <span className="text-dim">{defence}</span>
              </span>
              {by.map(({ browser, verdict }) => (
                <span key={browser}>
                  <span className="text-dim">{browser}:</span> <Verdict verdict={verdict} />
                </span>
              ))}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
