import type { RefusalCost } from "@/lib/features/bench/model.ts";
import { scaleOf } from "./bar-scale.ts";

/** A row for each length of time, with a dot for each variant at what it adds. The cheapest is named. */
export function RefusalCosts({ costs }: { readonly costs: readonly RefusalCost[] }) {
  if (costs.length === 0) return null;
  const scale = scaleOf(costs.flatMap(({ variants }) => variants.map(({ added }) => ({ median: added, high: added }))));
  return (
    <section aria-labelledby="bench-refusing" className="min-w-0">
      <h2 id="bench-refusing" className="text-15 font-semibold">
        What refusing costs
      </h2>
      <p className="text-xs text-dim">For so long a copy gets in after a logout, and what a request adds then, µs.</p>
      <table className="bench-refusing">
        <tbody>
          {costs.map(({ until, exposed, variants }) => (
            <tr key={until}>
              <th scope="row" className={exposed ? "bench-exposed" : "bench-refused"}>
                {until}
              </th>
              <td>
                <svg width="100%" height="18" aria-hidden="true">
                  <line x1="0" x2="100%" y1="9" y2="9" className="bench-grid" />
                  {variants.map(({ variant, flow, added }) => (
                    <circle key={variant} data-flow={flow} cx={scale.at(added)} cy="9" r="4" className="bench-dot" />
                  ))}
                </svg>
                <p>{inWords(variants)}</p>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function inWords(variants: RefusalCost["variants"]): string {
  const named = variants.map(
    ({ title, added }) => `${title} ${added >= 0 ? "+" : ""}${Math.round(added).toLocaleString("en")}`,
  );
  return named.join(" · ");
}
