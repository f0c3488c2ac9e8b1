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
  const names = ["sibling", "attacker", "victim", "otherPort"] as const;
  const renamed = new Map(
    names.flatMap((name) => {
      const [from, to] = [play.origins[name], origins[name]];
      return from === null || to === null ? [] : [[from, to] as const, [new URL(from).host, new URL(to).host] as const];
    }),
  );
  // A text is a host, an origin, or an address of one. Two origins may differ in the port alone.
  const text = JSON.stringify(play).replaceAll(/"((?:https?:\/\/)?[\w.-]+(?::\d+)?)(?=["/])/g, (all, name: string) => {
    const other = renamed.get(name);
    return other === undefined ? all : `"${other}`;
  });
  return csrfPlay.parse(JSON.parse(text));
}
