import { shortWords } from "../../../lab/claim-words.ts";
import { type ClaimOrReading, type Experiment, staysFor } from "../../../lab/experiment.ts";
import { experiments } from "../../../lab/experiments.ts";
import type { MatrixCell } from "../../../lab/played-cells.ts";
import type { Cell, CellSource } from "../model.ts";
import { byThief, copiesIn, countWord, getsIn, isMeantToEnd } from "./copies.ts";
import type { ColumnMaker, Subject } from "./subject.ts";

const all: readonly Experiment[] = experiments;
/** The events that are meant to end a login or to lower its rights, and ask of a copy whether they did. */
const endings = all.filter(({ group, replay }) => (group === "owner" || group === "admin") && replay.by === undefined);

/** The claims on a copied credential: one column an experiment, so a new experiment adds a column. */
export function claimColumns(of: (experiment: Experiment) => boolean): readonly ColumnMaker[] {
  return all.filter(of).map((experiment) => {
    const { id, title, question } = experiment;
    return {
      column: { id, title, experiment: id, measured: false, how: `${question} ${howClaims}` },
      cell: (subject) => cellOf(subject, experiment),
    };
  });
}

const howClaims =
  "What the matrix observed, with a tick, where your lab had it played; else what the manifest claims, which a test holds against really playing it. The link leads to the matrix's own result.";

export const stillInColumn: ColumnMaker = {
  column: {
    id: "still-in",
    title: `A copy gets in after, of ${endings.length}`,
    how: `After how many of the ${endings.length} events of an owner or an admin a copy of any credential gets in for a while, by what was observed where your lab had it played, and else by the claims: ${endings.map(({ title }) => title.toLowerCase()).join(", ")}.`,
    measured: false,
  },
  cell(subject) {
    const { variant, declared } = subject;
    const told = endings.filter(({ id }) => saidOf(subject, id).length > 0);
    const count = told.filter(({ id }) => saidOf(subject, id).some(isIn)).length;
    const played = told.flatMap(({ id }) => subject.played(id) ?? []);
    const said = played.length === 0 ? "claimed" : played.length < told.length ? "partly observed" : "observed";
    return {
      text: String(count),
      order: count,
      tone: count > 0 ? "in" : "out",
      copies: byThief((thief) => countWord(told.filter(({ id }) => getsIn(saidOf(subject, id), thief)).length)),
      said,
      ...(said === "partly observed" && { detail: `${played.length} of ${told.length} observed` }),
      ...(said === "observed" && { played: togetherOf(played) }),
      sources: [{ kind: "experiment", variant: variant.id, experiment: null }, declared("claims")],
    };
  },
};

/** Combines several observations: as old as the oldest, and as claimed if each is. */
function togetherOf(played: readonly MatrixCell[]): NonNullable<Cell["played"]> {
  const [at = ""] = played.map(({ playedAt }) => playedAt).sort();
  return { at, holds: played.every(({ holds }) => holds) };
}

type ClaimSources = Pick<Subject, "variant" | "played">;

/** The experiments after which each copy of this variant is refused. */
export function endsAtOnce(subject: ClaimSources): readonly string[] {
  return all
    .filter(({ replay }) => replay.by === undefined)
    .map(({ id }) => id)
    .filter((id) => {
      const said = saidOf(subject, id);
      return said.length > 0 && !said.some(isIn);
    });
}

/** The observation if this lab played it, else the claim. */
function saidOf({ variant: { claims }, played }: ClaimSources, experiment: string): readonly ClaimOrReading[] {
  return played(experiment)?.observed ?? claims[experiment] ?? [];
}

function isIn({ outcome }: Pick<ClaimOrReading, "outcome">): boolean {
  return outcome === "exposed";
}

function cellOf(subject: Subject, experiment: Experiment): Cell {
  const { variant, declared, played } = subject;
  const { id } = experiment;
  const shown = played(id);
  const claims = saidOf(subject, id);
  const sources: readonly [CellSource, ...CellSource[]] = [
    { kind: "experiment", variant: variant.id, experiment: id },
    declared("claims", id),
    ...(claims.some(isIn)
      ? [declared("settings", claims.some(({ until }) => until === "staleFor") ? "staleFor" : "lifetimes")]
      : []),
  ];
  if (claims.length === 0) return { text: "has none", order: null, sources };
  const kinds = [...new Set(claims.map(({ credential }) => credential))];
  const texts = kinds.map((kind) =>
    shortWords(
      claims.filter(({ credential }) => credential === kind),
      variant.settings,
    ),
  );
  return {
    text: texts.map((text, index) => (kinds.length > 1 ? `${kinds[index]} ${text}` : text)).join("; "),
    order: Math.max(...claims.map((claim) => (isIn(claim) ? (staysFor(claim, variant.settings) ?? forEver) : 0))),
    copies: copiesIn({ said: claims, claimed: variant.claims[id] ?? [], settings: variant.settings, experiment }),
    said: shown ? "observed" : "claimed",
    ...(shown && { played: { at: shown.playedAt, holds: shown.holds } }),
    ...(isMeantToEnd(experiment) && { tone: claims.some(isIn) ? "in" : "out" }),
    sources,
  };
}

const forEver = Number.MAX_SAFE_INTEGER;
