import Link from "next/link";
import type { ClaimOrReading, Thief } from "@/lib/core/experiment.ts";
import type { MatrixCell } from "@/lib/core/matrix.ts";
import { groupTitles } from "./claim-words.ts";
import {
  type CellName,
  type CellWord,
  cellWord,
  lineOf,
  type MatrixExperiment,
  type MatrixVariant,
} from "./matrix-words.ts";

type MatrixTableProps = {
  readonly variants: readonly MatrixVariant[];
  readonly experiments: readonly MatrixExperiment[];
  readonly thief: Thief;
  readonly cellOf: (name: CellName) => MatrixCell | undefined;
  readonly onOpen: (name: CellName) => void;
  readonly onPlay: (wanted: { variants?: readonly `${string}/${string}`[]; experiments?: readonly string[] }) => void;
};

/** Events down, variants across. A cell says what is claimed until it was played; from then on, what was observed. */
export function MatrixTable({ variants, experiments, onPlay, ...cells }: MatrixTableProps) {
  const groups = Object.entries(groupTitles).map(([group, title]) => ({ group, title }));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard (WCAG 2.1.1).
    <section className="matrix-scroll" aria-label="Matrix" tabIndex={0}>
      <table className="matrix">
        <thead>
          <tr>
            <th scope="col" className="matrix-corner">
              <span className="text-2xs font-medium text-dim">event · variant</span>
            </th>
            {variants.map(({ id, flow, title, safety }) => (
              <th key={id} scope="col" data-flow={flow} className="matrix-variant">
                <Link href={`/${flow}?variant=${id}`} prefetch={false} title={`${id}, ${safety}`}>
                  {title}
                </Link>
                <button
                  type="button"
                  aria-label={`Play the column of ${id}`}
                  title={`Play the column of ${id}`}
                  onClick={() => onPlay({ variants: [id] })}
                >
                  ▸
                </button>
              </th>
            ))}
          </tr>
        </thead>
        {groups.map(({ group, title }) => {
          const rows = experiments.filter((each) => each.group === group);
          if (rows.length === 0) return null;
          return (
            <tbody key={group}>
              <tr>
                <th scope="rowgroup" colSpan={variants.length + 1} className="matrix-group">
                  <span>{title}</span>
                </th>
              </tr>
              {rows.map((experiment) => (
                <tr key={experiment.id}>
                  <th scope="row" className="matrix-event" title={experiment.question}>
                    <span className="flex items-center gap-1">
                      <span className="min-w-0 flex-1">{experiment.title}</span>
                      <button
                        type="button"
                        aria-label={`Play the row ${experiment.title}`}
                        title={`Play the row ${experiment.title}`}
                        onClick={() => onPlay({ experiments: [experiment.id] })}
                      >
                        ▸
                      </button>
                    </span>
                  </th>
                  {variants.map((variant) => (
                    <Cell key={variant.id} variant={variant} experiment={experiment} {...cells} />
                  ))}
                </tr>
              ))}
            </tbody>
          );
        })}
      </table>
    </section>
  );
}

type CellProps = Pick<MatrixTableProps, "thief" | "cellOf" | "onOpen"> & {
  readonly variant: MatrixVariant;
  readonly experiment: MatrixExperiment;
};

function Cell({ variant, experiment, thief, cellOf, onOpen }: CellProps) {
  const name = { variant: variant.id, experiment: experiment.id };
  const played = cellOf(name);
  const shown = experiment.replay.thieves.includes(thief) ? thief : "silent";
  const words = variant.credentials.flatMap((credential) => {
    const line = lineOf<ClaimOrReading>(played?.observed ?? variant.claims[experiment.id] ?? [], credential, shown);
    return line ? [{ credential, code: line.outcome, word: cellWord(line, variant.settings) }] : [];
  });
  if (words.length === 0)
    return (
      <td className="matrix-cell text-center text-faint">
        <span title="Nothing to try: it has no refresh token.">–</span>
      </td>
    );
  const said = words.map(
    ({ credential, code, word }) =>
      `${credential} ${word.getsIn ? `still in, ${word.text}${word.stale ? " with the old role" : ""}` : code}`,
  );
  const state = played ? (played.holds ? "as claimed" : "not as claimed") : "claimed, not played yet";
  return (
    <td className="matrix-cell" data-state={played ? (played.holds ? "holds" : "differs") : "claimed"}>
      <button type="button" onClick={() => onOpen(name)}>
        <span className="sr-only">{`${experiment.title}, ${variant.id}: ${said.join("; ")}; ${state}`}</span>
        {words.map(({ credential, word }) => (
          <Word key={credential} word={word} />
        ))}
        {played?.holds === false && (
          <span className="matrix-differs" aria-hidden="true">
            differs
          </span>
        )}
      </button>
    </td>
  );
}

function Word({ word }: { word: CellWord }) {
  return (
    <span className="matrix-word" data-in={word.getsIn || undefined} aria-hidden="true">
      {word.text}
      {word.stale && <span className="matrix-stale">old role</span>}
    </span>
  );
}
