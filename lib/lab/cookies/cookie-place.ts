import type { FlowId } from "../../core/ids.ts";
import type { CookieChoice } from "../lab-settings.ts";

/** Where a lab has set the cookies of a flow: under which prefix, Path and Domain, and with which other attributes. */
export type CookiePlace = { readonly flow: FlowId; readonly choice: CookieChoice };

/** So many of a flow are kept, as a deletion names each of them on a line. */
const keptPlaces = 8;

/**
 * The place that these settings choose; `null` for the flow's own. A browser keeps two cookies apart by name, Domain
 * and Path (RFC 6265bis §5.7), and by the embedding site if they are partitioned.
 */
export function placeIn(flow: FlowId, choice: CookieChoice): CookiePlace | null {
  const { prefix, path, domain, partitioned } = choice;
  const isOwn = [prefix, path, domain, partitioned].every((chosen) => chosen === null);
  // The lifetime does not tell cookies apart.
  return isOwn ? null : { flow, choice: { ...choice, maxAge: null } };
}

/** Would a browser replace a cookie at one place by one at the other? */
export function isSamePlace(one: CookiePlace, other: CookiePlace): boolean {
  const told = ({ flow, choice: { prefix, path, domain, partitioned } }: CookiePlace) =>
    JSON.stringify([flow, prefix, path, domain, partitioned]);
  return told(one) === told(other);
}

/** With this place as the flow's last one; the oldest above the number goes. `null`: it is the last one already. */
export function withPlace(places: readonly CookiePlace[], place: CookiePlace): readonly CookiePlace[] | null {
  const own = places.filter(({ flow }) => flow === place.flow);
  if (JSON.stringify(own.at(-1)) === JSON.stringify(place)) return null;
  const others = places.filter(({ flow }) => flow !== place.flow);
  return [...others, ...[...own.filter((each) => !isSamePlace(each, place)), place].slice(-keptPlaces)];
}
