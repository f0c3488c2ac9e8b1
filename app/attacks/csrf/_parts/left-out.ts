import type { CsrfPlace, CsrfTold, JudgedPlay } from "@/lib/features/attacks/csrf/model.ts";
import type { AttackersHost, SenderOrigins } from "@/lib/features/attacks/hosts/model.ts";
import { listed } from "../../../_ui/listed.ts";
import { leadsHere } from "../../_parts/reach.ts";

/** A place from which nothing can be sent here, and the setting that names its host. */
type LeftOut = { readonly place: CsrfPlace; readonly from: string; readonly setting: string };

type PlaceWithHost = LeftOut & { readonly host: AttackersHost };

/** The places with a host of their own. Without that of another site nothing is played at all. */
const places: readonly PlaceWithHost[] = [
  { place: "sibling", from: "a sibling subdomain", setting: "SIBLING_ORIGIN", host: "sibling" },
  { place: "two-hops", from: "a second host that sends on", setting: "SIBLING_ORIGIN", host: "sibling" },
  { place: "other-port", from: "another port", setting: "OTHER_PORT_ORIGIN", host: "otherPort" },
];

/**
 * The places that a play leaves out: those whose host does not lead to this server from `host`, where the page is open,
 * and those that the browser did not reach in a play that is done.
 */
export function leftOutPlaces(
  origins: SenderOrigins,
  host: string,
  live: Pick<JudgedPlay, "cases" | "done"> | null,
  told: readonly Pick<CsrfTold, "id" | "place">[],
): readonly LeftOut[] {
  return places.filter(({ place, host: of }) => {
    if (!leadsHere(origins[of], host)) return true;
    const own = told.filter((each) => each.place === place);
    return live?.done === true && !live.cases.some(({ id }) => own.some((each) => each.id === id));
  });
}

/** The same in a sentence; `null`: nothing is left out. */
export function leftOutLine(leftOut: readonly LeftOut[]): string | null {
  if (leftOut.length === 0) return null;
  const from = listed(leftOut.map((each) => each.from));
  const settings = listed([...new Set(leftOut.map(({ setting }) => setting))]);
  const [hosts, lead] = leftOut.length === 1 ? ["its host", "does"] : ["their hosts", "do"];
  return `Requests from ${from} are left out here: ${hosts} ${lead} not lead to this server from this browser. Set ${settings}.`;
}
