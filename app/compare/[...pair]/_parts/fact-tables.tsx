import type { CSSProperties } from "react";
import type { CellPair, ComparedSide, FactPair } from "@/lib/features/compare/difference.ts";
import type { Cell } from "@/lib/features/compare/model.ts";
import { hrefOfSource } from "../../_parts/cell-source.ts";
import { SideHeaders } from "./side-headers.tsx";

type FactsProps<Pair> = {
  readonly caption: string;
  readonly pairs: readonly Pair[];
  readonly left: ComparedSide;
  readonly right: ComparedSide;
};

/** Settings of both, as the manifests have them. */
export function SettingTable({ caption, pairs, left, right }: FactsProps<FactPair>) {
  if (pairs.length === 0) return null;
  return (
    <table className="pair-table">
      <caption className="sr-only">{caption}</caption>
      <SideHeaders first="Setting" left={left} right={right} />
      <tbody>
        {pairs.map((pair) => (
          <tr key={pair.name}>
            <th scope="row">{pair.name}</th>
            <td>{pair.left ?? <span className="text-faint">none</span>}</td>
            <td>{pair.right ?? <span className="text-faint">none</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What is declared, counted and measured of both. Each cell links to its source; numbers are also bars. */
export function CellTable({ caption, pairs, left, right }: FactsProps<CellPair>) {
  if (pairs.length === 0) return null;
  return (
    <table className="pair-table">
      <caption className="sr-only">{caption}</caption>
      <SideHeaders first="Size, cost, abilities" left={left} right={right} />
      <tbody>
        {pairs.map((pair) => (
          <tr key={pair.id}>
            <th scope="row">{pair.title}</th>
            <Fact cell={pair.left} other={pair.right} flow={left.flow} />
            <Fact cell={pair.right} other={pair.left} flow={right.flow} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type FactProps = { readonly cell: Cell; readonly other: Cell; readonly flow: ComparedSide["flow"] };

function Fact({ cell, other, flow }: FactProps) {
  const part = partOf(cell, other);
  const style: CSSProperties | undefined = part === null ? undefined : { "--part": part };
  return (
    <td data-flow={flow}>
      <a href={hrefOfSource(cell.sources[0])} title={[cell.text, cell.detail].filter(Boolean).join("\n")}>
        {style && (
          <span className="pair-bar" style={style} aria-hidden="true">
            <i />
          </span>
        )}
        {cell.short ?? cell.text}
      </a>
    </td>
  );
}

/** How much of the greater one; `null`: it is no number on both sides. */
function partOf({ order, text }: Cell, { order: other, text: otherText }: Cell): number | null {
  const areNumbers = text === String(order) && otherText === String(other);
  if (!areNumbers || typeof order !== "number" || typeof other !== "number") return null;
  const most = Math.max(order, other);
  return most === 0 ? 0 : order / most;
}
