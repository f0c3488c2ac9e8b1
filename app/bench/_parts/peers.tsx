import { Fragment } from "react";
import type { BesidePeer } from "@/lib/features/bench/model.ts";

/** What other libraries add to the same request, beside the variants that keep a login in such a place. */
export function Peers({
  peers,
  timesCheaper,
}: {
  readonly peers: readonly BesidePeer[];
  readonly timesCheaper: number;
}) {
  if (peers.length === 0) return null;
  return (
    <section aria-labelledby="bench-peers" className="min-w-0">
      <h2 id="bench-peers" className="text-15 font-semibold">
        Beside other libraries
      </h2>
      <p className="text-xs text-dim">
        What each adds to a request in the same run, µs of CPU, and how many times less the variants here add that do
        alike. Target: {timesCheaper} times.
      </p>
      <table className="bench-refusing">
        <tbody>
          {peers.map(({ title, version, keeps, added, variants }) => (
            <tr key={title}>
              <th scope="row" className="bench-refused">
                +{inThousands(added.median)}
              </th>
              <td>
                <p>
                  <b className="font-semibold text-ink">
                    {title} {version}
                  </b>
                  : {keeps}
                </p>
                <p>
                  {variants.map((each, at) => (
                    <Fragment key={each.variant}>
                      {at > 0 && " · "}
                      {each.verdict === "missed" ? (
                        <b className="bench-missed">{timesOf(each)} missed</b>
                      ) : (
                        timesOf(each)
                      )}
                    </Fragment>
                  ))}
                </p>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function timesOf({ title, times }: BesidePeer["variants"][number]): string {
  return times === null ? `${title} adds nothing` : `${title} ${times.toFixed(1)}\u00a0×`;
}

function inThousands(value: number): string {
  return Math.round(value).toLocaleString("en");
}
