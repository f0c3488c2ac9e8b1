import type { FlowManifest } from "../../../core/variant.ts";
import { addresses } from "../guessing/cases.ts";
import type { AttackRow } from "./model.ts";

/**
 * Guessed passwords. Every flow has the same limits in front of its login, which a test asks at each; what the play comes
 * to is compared with these words.
 */
export function guessingRow(manifests: readonly FlowManifest[]): AttackRow {
  const cell = {
    without: { outcome: "succeeds", words: `from ${addresses} addresses` },
    with: { outcome: "refused", words: "TOO_MANY_REQUESTS" },
  } as const;
  return {
    id: "guessing",
    group: "Makes or guesses one",
    title: "Guessed password",
    words: "Many places, one name; one place, many names.",
    href: "/attacks/guessing",
    stops: "a limit for each name and place",
    cells: Object.fromEntries(manifests.map(({ id }) => [id, cell])),
  };
}
