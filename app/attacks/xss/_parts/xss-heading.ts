import type { JudgedXss, XssPlaceTold, XssRow } from "@/lib/features/attacks/xss/model.ts";
import { keepingWords } from "./xss-words.ts";

/** The result: where it stands in ink, what succeeds as an alarm, and a line below. */
export type XssHeading = { readonly calm: string; readonly alarm: string; readonly below: string };

/** What the injected script gets at one place. */
export function headingOf({ id, keeping }: Pick<XssPlaceTold, "id" | "keeping">, { tables }: JudgedXss): XssHeading {
  const calm = `With the login ${keepingWords[keeping]},`;
  const row = tables.verdicts.find(({ place }) => place === id);
  if (!row) return { calm: `${calm} what does an injected script get?`, alarm: "", below: "Not played yet." };
  const { single, "new-tokens": renewed, acting } = row.cells;
  if (single?.outcome === "untried") {
    return { calm: `${calm} alice does not get in herself.`, alarm: "", below: "So the attack could not be tried." };
  }
  const below = belowOf(tables.outlives.find(({ place }) => place === `${id} access`));
  const copied = single?.outcome === "succeeds" ? single : renewed;
  if (copied?.outcome === "succeeds") return { calm, alarm: `an injected script copies the ${copied.words}.`, below };
  const acts = acting?.outcome === "succeeds" ? ", and spends alice’s coins." : ".";
  return { calm, alarm: `an injected script copies nothing${acts}`, below: onlyWhileOpen };
}

const onlyWhileOpen =
  "There is nothing to carry away but the password. While the tab is open the script sends what it likes, and the browser adds the cookie.";

function belowOf(row: XssRow | undefined): string {
  const ends = [
    ["a logout", row?.cells["logout"]],
    ["a revocation of all", row?.cells["revocation"]],
    ["closing the tab", row?.cells["tab"]],
  ] as const;
  const outlived = ends.filter(([, cell]) => cell?.outcome === "succeeds").map(([event]) => event);
  if (outlived.length === 0) return "The copy ends with the login.";
  return `Elsewhere the copy outlives ${listed(outlived)}.`;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** When and where what is shown was played. `isLive`: in this lab, now. */
export function playedLine({ playedAt, browser, runs }: JudgedXss, isLive: boolean): string {
  return isLive
    ? `Played here, in ${browser}: ${runs.length} pages, each in a lab of its own.`
    : `Played at ${playedAt.slice(0, 16).replace("T", " ")} UTC, in ${browser}. A play touches nothing of this lab.`;
}
