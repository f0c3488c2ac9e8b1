import type { CredentialKind } from "@/lib/core/credential.ts";
import { holdingName, holdingOf } from "@/lib/core/credential.ts";
import { duration, second } from "@/lib/core/time.ts";
import type { VariantView } from "@/lib/lab/lab-view.ts";
import { believesTokenAlone } from "../../_browser/flow-info.ts";
import { capital, numberWord } from "../../_ui/number-words.ts";
import { isIn, type RaceRow, secondsIn } from "./race-rows.ts";

/** The result as a heading: what happened, and in the alarm colour who still gets in. */
export type Heading = { readonly calm: string; readonly alarm: string; readonly below: string };

type Told = {
  readonly rows: readonly RaceRow[];
  readonly variants: readonly VariantView[];
  readonly plug: string;
  readonly seconds: number;
  readonly isOver: boolean;
};

export function headingBefore(logins: number): Heading {
  const calm = `${capital(numberWord(logins))} ${logins === 1 ? "login" : "logins"}, one plug. Whose copy still gets in?`;
  return { calm, alarm: "", below: "" };
}

export const loggingIn: Heading = { calm: "alice logs in …", alarm: "", below: "" };

export function headingOf(told: Told): Heading {
  const { rows, plug, seconds, isOver } = told;
  if (rows.every(({ unused }) => unused.is === "waiting" || unused.is === "failed")) {
    return isOver ? { calm: "The race was stopped before the plug.", alarm: "", below: "" } : loggingIn;
  }
  const inside = rows.filter((row) =>
    isOver ? isIn(row) || row.unused.is === "left" || row.used?.is === "left" : isIn(row),
  );
  const after = `${duration(seconds * second)} after “${plug}”`;
  const unknown = rows.filter(({ unused }) => unused.is === "waiting").length;
  const below = gotInWords(told);
  if (inside.length === 0) {
    const calm =
      unknown > 0
        ? `${after}, ${unknown} of ${rows.length} copies were not looked at yet.`
        : `${after}, no copy gets in.`;
    return { calm, alarm: "", below };
  }
  return { calm: `${after},`, alarm: `${alarmWords(inside, told)}.`, below };
}

function alarmWords(inside: readonly RaceRow[], { rows, variants }: Told): string {
  const names = [...new Set(inside.map((row) => insideName(row, variants)))];
  if (names.length <= 2) return `${names.join(" and ")} still ${names.length === 1 ? "gets" : "get"} in`;
  return `${inside.length === rows.length ? `all ${rows.length}` : `${inside.length} of ${rows.length}`} copies still get in`;
}

/** A copy that only its use keeps alive is called so. */
function insideName(row: RaceRow, variants: readonly VariantView[]): string {
  const name = nameOf(row, variants);
  return row.unused.is === "refused" ? `${name} that is kept in use` : name;
}

/** `An access token got in for 14 s, a cookie for 29 s.` Of many, the longest. */
function gotInWords({ rows, variants }: Told): string {
  const ended = rows
    .filter(({ unused }) => unused.is === "refused" && unused.gotIn !== null)
    .toSorted((a, b) => (a.unused.gotIn ?? 0) - (b.unused.gotIn ?? 0));
  if (ended.length === 0) return "";
  if (ended.length > 3) {
    const longest = ended.at(-1)?.unused.gotIn ?? 0;
    return `${ended.length} copies got in for a while, the last one for ${secondsIn(longest)}.`;
  }
  const told = ended.map((row, index) => {
    const unused = row.used ? "unused " : "";
    const name = nameOf(row, variants).replace(/^(an?) /, unused === "" ? "$1 " : `an ${unused}`);
    return `${name} ${index === 0 ? "got in " : ""}for ${secondsIn(row.unused.gotIn)}`;
  });
  return `${capital(told.join(", "))}.`;
}

function nameOf({ variant, credential }: RaceRow, variants: readonly VariantView[]): string {
  const found = variants.find(({ id }) => id === variant);
  return found ? nounOf(found, credential) : "a copy";
}

/** What kind of credential this is. */
function nounOf(variant: VariantView, credential: CredentialKind): string {
  if (credential === "refresh") return believesTokenAlone(variant) ? "an id that renews tokens" : "a refresh token";
  if (holdingOf(variant, credential)?.travels !== "cookie") return "an access token";
  if (variant.settings.encoding !== null) return "a cookie";
  const { proof, algorithm } = variant.settings;
  return algorithm === null || proof?.startsWith("id") ? "a session id" : "a token in a cookie";
}

/** How a chip names it. */
export function chipName(variant: Pick<VariantView, "holds">, credential: CredentialKind): string {
  const holding = holdingOf(variant, credential);
  return holding ? holdingName(holding) : credential;
}
