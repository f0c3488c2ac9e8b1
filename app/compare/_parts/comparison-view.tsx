import type { ComparedSide, Comparison, FactPair, FilePair } from "@/lib/features/compare/difference.ts";
import { Card, CardFrame } from "../../_ui/card.tsx";
import { Disclosure } from "../../_ui/controls/disclosure.tsx";
import { FlowIcon } from "../../_ui/flow-icon.tsx";
import { DiffView } from "./diff-view.tsx";

/** Settings, claims and source of two flows or variants. Differences come first, and equal rows are folded. */
export function ComparisonView({ comparison }: { comparison: Comparison }) {
  const { left, right, settings, claims, files } = comparison;
  const different = files.filter((file) => file.left !== file.right);
  const shared = files.filter((file) => file.left === file.right);
  return (
    <>
      <div className="grid gap-4 @3xl:grid-cols-2">
        <SideCard side={left} label="Left" />
        <SideCard side={right} label="Right" />
      </div>
      {settings.length > 0 && <FactsCard title="Settings" pairs={settings} left={left.id} right={right.id} />}
      {claims.length > 0 && <FactsCard title="What they claim" pairs={claims} left={left.id} right={right.id} />}
      {shared.length > 0 && (
        <Card title="Files that both use" label="Files that both use">
          <ul className="flex flex-wrap gap-x-5 gap-y-1 font-mono text-xs text-dim">
            {shared.map((file) => (
              <li key={file.left}>{file.left}</li>
            ))}
          </ul>
        </Card>
      )}
      {different.map((file) => (
        <FileCard key={`${file.left} ${file.right}`} file={file} />
      ))}
    </>
  );
}

function SideCard({ side, label }: { side: ComparedSide; label: string }) {
  return (
    <CardFrame flow={side.flow} label={label}>
      <h2 className="flex items-center gap-2 font-semibold">
        <FlowIcon flow={side.flow} />
        {side.title}
      </h2>
      <p className="mt-1 text-13 text-dim">{side.summary}</p>
      <p className="mt-1 font-mono text-xs text-faint">{side.id}</p>
    </CardFrame>
  );
}

function noteOn(different: number): string {
  if (different === 0) return "the same";
  return different === 1 ? "1 differs" : `${different} differ`;
}

type FactsProps = {
  readonly title: string;
  readonly pairs: readonly FactPair[];
  readonly left: string;
  readonly right: string;
};

function FactsCard({ title, pairs, left, right }: FactsProps) {
  const different = pairs.filter((pair) => pair.left !== pair.right);
  const same = pairs.filter((pair) => pair.left === pair.right);
  return (
    <Card title={title} label={title} note={noteOn(different.length)}>
      {different.length > 0 && <FactTable caption={title} pairs={different} left={left} right={right} />}
      {same.length > 0 && (
        <Disclosure summary={`${same.length} the same`}>
          <FactTable caption={`${title}, the same`} pairs={same} left={left} right={right} />
        </Disclosure>
      )}
    </Card>
  );
}

function FactTable({ caption, pairs, left, right }: Omit<FactsProps, "title"> & { readonly caption: string }) {
  return (
    <table className="w-full table-fixed text-left text-13">
      <caption className="sr-only">{caption}</caption>
      <thead className="text-xs text-faint">
        <tr>
          <th scope="col" className="py-1 pr-3 font-medium">
            <span className="sr-only">Name</span>
          </th>
          <th scope="col" className="py-1 pr-3 font-mono font-medium wrap-anywhere">
            {left}
          </th>
          <th scope="col" className="py-1 font-mono font-medium wrap-anywhere">
            {right}
          </th>
        </tr>
      </thead>
      <tbody>
        {pairs.map((pair) => (
          <tr key={pair.name} className="border-t border-line align-baseline">
            <th scope="row" className="py-1 pr-3 font-normal text-dim wrap-anywhere">
              {pair.name}
            </th>
            <td className="py-1 pr-3 font-mono text-xs wrap-anywhere">{pair.left ?? "none"}</td>
            <td className="py-1 font-mono text-xs wrap-anywhere">{pair.right ?? "none"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function FileCard({ file }: { file: FilePair }) {
  const { left, right, changed } = file;
  const name = [...new Set([left, right].map((path) => path?.split("/").at(-1)))].filter(Boolean).join(" · ");
  return (
    <Card title={name} label={name} note={`${changed.left} lines left, ${changed.right} lines right differ`}>
      <DiffView file={file} />
    </Card>
  );
}
