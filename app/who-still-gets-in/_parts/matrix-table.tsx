import Link from "next/link";
import { memo, type ReactNode } from "react";
import type { Thief } from "@/lib/core/claim.ts";
import { groupTitles } from "@/lib/lab/claim-words.ts";
import type { MatrixCell } from "@/lib/lab/played-cells.ts";
import { ScrollRegion } from "../../_ui/scroll-region.tsx";
import { type CellLine, type CellName, type MatrixExperiment, type MatrixVariant, readCell } from "./matrix-words.ts";

type MatrixTableProps = {
  readonly variants: readonly MatrixVariant[];
  readonly experiments: readonly MatrixExperiment[];
  readonly thief: Thief;
  /** Why no cell can be played now. */
  readonly unavailable: string | undefined;
  readonly cellOf: (name: CellName) => MatrixCell | undefined;
  /** Must be a stable function. Otherwise each played cell would render hundreds of cells again. */
  readonly onOpen: (name: CellName) => void;
  readonly onPlay: (wanted: { variants?: readonly `${string}/${string}`[]; experiments?: readonly string[] }) => void;
};

/** Events are rows, variants are columns. A cell shows the claim until it is played, and then the observation. */
export function MatrixTable(props: MatrixTableProps) {
  const { variants, experiments, thief, unavailable, cellOf, onOpen, onPlay } = props;
  const groups = Object.entries(groupTitles).map(([group, title]) => ({ group, title }));
  return (
    <ScrollRegion label="Matrix" className="matrix-scroll">
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
                <PlayButton
                  label={`Play the column of ${id}`}
                  unavailable={unavailable}
                  onPress={() => onPlay({ variants: [id] })}
                />
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
                      <PlayButton
                        label={`Play the row ${experiment.title}`}
                        unavailable={unavailable}
                        onPress={() => onPlay({ experiments: [experiment.id] })}
                      />
                    </span>
                  </th>
                  {variants.map((variant) => (
                    <Cell
                      key={variant.id}
                      variant={variant}
                      experiment={experiment}
                      thief={thief}
                      played={cellOf({ variant: variant.id, experiment: experiment.id })}
                      onOpen={onOpen}
                    />
                  ))}
                </tr>
              ))}
            </tbody>
          );
        })}
      </table>
    </ScrollRegion>
  );
}

type PlayButtonProps = Pick<MatrixTableProps, "unavailable"> & {
  readonly label: string;
  readonly onPress: () => void;
};

/** Stays in the tab order while it cannot be pressed, like the large buttons, and says why. */
function PlayButton({ label, unavailable, onPress }: PlayButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-disabled={unavailable !== undefined || undefined}
      title={unavailable ?? label}
      onClick={() => {
        if (unavailable === undefined) onPress();
      }}
    >
      ▸
    </button>
  );
}

type CellProps = Pick<MatrixTableProps, "thief" | "onOpen"> & {
  readonly variant: MatrixVariant;
  readonly experiment: MatrixExperiment;
  readonly played: MatrixCell | undefined;
};

const Cell = memo(function Cell({ variant, experiment, thief, played, onOpen }: CellProps) {
  const { standing, words, lines } = readCell(variant, experiment, thief, played);
  if (lines.length === 0)
    return (
      <td className="matrix-cell text-center text-faint">
        <span title="This variant has no refresh token to try.">–</span>
      </td>
    );
  const said = lines.map(({ credential, said, claimed }) =>
    claimed === null ? `${credential} ${said}` : `${credential} ${said}, claimed: ${claimed}`,
  );
  return (
    <td className="matrix-cell" data-standing={standing}>
      <button type="button" onClick={() => onOpen({ variant: variant.id, experiment: experiment.id })}>
        <span className="sr-only">{`${experiment.title}, ${variant.id}: ${said.join("; ")}; ${words}`}</span>
        {lines.map((line) => (
          <Line key={line.credential} line={line} />
        ))}
        {standing === "as-claimed" && <AsClaimed />}
        {standing === "differs" && lines.every(({ claimed }) => claimed === null) && <Differs>differs</Differs>}
        {standing === "other-differs" && (
          <Differs title={words}>
            other thief <br />
            differs
          </Differs>
        )}
      </button>
    </td>
  );
});

function Line({ line: { word, claimed } }: { line: CellLine }) {
  return (
    <>
      <span className="matrix-word" data-in={word.wrong || undefined} aria-hidden="true">
        {word.text}
        {word.stale && <span className="matrix-stale">old role</span>}
      </span>
      {claimed !== null && (
        <span className="matrix-claim" aria-hidden="true">
          claimed: <b>{claimed}</b>
        </span>
      )}
    </>
  );
}

/** Covers the whole cell, so that the tooltip appears anywhere in it. */
function AsClaimed() {
  return (
    <span className="matrix-tick" aria-hidden="true" title="observed: as claimed">
      ✓
    </span>
  );
}

function Differs({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <span className="matrix-differs" aria-hidden="true" title={title}>
      {children}
    </span>
  );
}
