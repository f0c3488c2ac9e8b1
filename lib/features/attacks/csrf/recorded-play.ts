import type { SenderOrigins } from "../hosts/model.ts";
import { csrfPlay } from "./endpoints.ts";
import type { CsrfPlay } from "./model.ts";
import recording from "./recorded.json" with { type: "json" };
import firefoxRecording from "./recorded-firefox.json" with { type: "json" };

/** The play that is kept in the repository. A browser test plays it again, and compares. */
export const recordedPlay: CsrfPlay = csrfPlay.parse(recording);

/** The same play in another engine, for which a browser test does the same. The page says where the two differ. */
export const recordedInFirefox: CsrfPlay = csrfPlay.parse(firefoxRecording);

/** A play as it would have been at other hosts: only their names and ports differ. */
export function atHosts(play: CsrfPlay, origins: SenderOrigins): CsrfPlay {
  // The port first: its origin differs from the victim's in that alone. A text is a host, an origin, or an address of one.
  const names = ["otherPort", "sibling", "attacker", "victim"] as const;
  const text = names.reduce((all, name) => {
    const [from, to] = [play.origins[name], origins[name]];
    if (from === null || to === null) return all;
    return all
      .replaceAll(`"${from}"`, `"${to}"`)
      .replaceAll(`"${from}/`, `"${to}/`)
      .replaceAll(`"${new URL(from).host}"`, `"${new URL(to).host}"`);
  }, JSON.stringify(play));
  return csrfPlay.parse(JSON.parse(text));
}
