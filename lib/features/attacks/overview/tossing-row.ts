import type { PlayedTossing, TossingAnswer } from "../tossing/model.ts";
import { recordedTossing } from "../tossing/recorded-play.ts";
import type { AttackCell, AttackRow } from "./model.ts";

/** Cookies that a sibling subdomain planted, as it was recorded in a browser and answered by each flow. */
export function tossingRow(): AttackRow {
  return {
    id: "tossing",
    group: "Takes or plants a credential",
    title: "Tossed cookie",
    words: "A sibling subdomain sets one for alice.",
    href: "/attacks/tossing",
    stops: "__Host- in the name",
    cells: Object.fromEntries(
      (recordedTossing.played[0]?.flows ?? []).map(({ flow }) => [
        flow,
        { without: worstOf("plain", flow, "first"), with: worstOf("host", flow, "own") },
      ]),
    ),
  };
}

/** Of every way: alice in the thief's account; else what she was refused with. */
function worstOf(naming: PlayedTossing["naming"], flow: string, edge: "first" | "own"): AttackCell {
  const cases = recordedTossing.played.filter((each) => each.naming === naming && each.way !== "own");
  const answers = cases.flatMap(({ flows }): readonly TossingAnswer[] => {
    const found = flows.find((each) => each.flow === flow);
    return found ? [found[edge]] : [];
  });
  if (answers.some(({ as }) => as === "bob")) return { outcome: "succeeds", words: "alice is in the thief’s account" };
  const isLoggedOut = answers.some(({ code }) => code === "NO_CREDENTIAL");
  return { outcome: "stopped", words: isLoggedOut ? "by the browser; it logs her out at most" : "by the browser" };
}
