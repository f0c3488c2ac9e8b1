import {
  type DefenceTold,
  type PlayedWalk,
  type ResiduePlay,
  type ResidueWay,
  verdictOf,
} from "@/lib/features/attacks/residue/model.ts";
import { sourceHref } from "@/lib/features/source/model.ts";
import { Verdict } from "./verdict.tsx";

type RowsProps = {
  readonly defences: readonly DefenceTold[];
  readonly play: ResiduePlay;
  readonly walks: readonly PlayedWalk[];
  readonly way: ResidueWay;
};

const columns = "@4xl:grid @4xl:grid-cols-[14rem_minmax(0,1fr)_17rem] @4xl:gap-x-6";

/** A row a defence: its line, and what the way that is chosen still shows. */
export function DefenceRows({ defences, play, walks, way }: RowsProps) {
  return (
    <div className="@container mt-4">
      <p aria-hidden="true" className={`hidden border-b border-strong pb-1.5 text-xs text-faint ${columns}`}>
        <span>Defence</span>
        <span>The line that decides</span>
        <span>The same page with it</span>
      </p>
      <ul aria-label="Defences">
        {defences.map((defence) => (
          <Row key={defence.id} {...{ defence, play, way, walk: walks.find((each) => each.defence === defence.id) }} />
        ))}
      </ul>
    </div>
  );
}

type RowProps = Pick<RowsProps, "play" | "way"> & {
  readonly defence: DefenceTold;
  readonly walk: PlayedWalk | undefined;
};

function Row({ defence: { title, words, line, source }, play, way, walk }: RowProps) {
  const verdict = walk ? verdictOf(play, way, walk) : null;
  const isAlarm = verdict?.outcome === "shown";
  return (
    <li className={`border-b border-line py-2 ${columns} ${isAlarm ? "-mx-2 bg-refused-ground px-2" : ""}`}>
      <p className="font-medium">
        {title} <span className="block text-xs font-normal text-dim">{source}</span>
      </p>
      <p className="min-w-0 text-13 @4xl:self-center">
        {words}
        {line && (
          <span className="font-mono text-xs">
            <a href={sourceHref(line.file, line.line)} className="text-dim underline underline-offset-3 hover:text-ink">
              {line.file.split("/").at(-1)}:{line.line}
            </a>{" "}
            <code className="wrap-anywhere">{line.text}</code>
          </span>
        )}
      </p>
      <p className="text-13 @4xl:self-center">
        <Verdict verdict={verdict} seen={walk?.seen[way] ?? null} />
      </p>
    </li>
  );
}
