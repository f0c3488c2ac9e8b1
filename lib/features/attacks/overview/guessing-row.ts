import type { FlowManifest } from "../../../core/variant.ts";
import type { AttackRow } from "./model.ts";

/** Guessed passwords. Every flow has the same limits in front of its login. A test plays each case against them. */
export function guessingRow(manifests: readonly FlowManifest[]): AttackRow {
  const cell = {
    without: { outcome: "succeeds", words: "from 200 addresses" },
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
