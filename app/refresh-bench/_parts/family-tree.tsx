import type { BenchTree } from "@/lib/features/refresh-bench/model.ts";
import { EmptyNote } from "../../_ui/pane.tsx";
import { holdersOf, sinceLogin, stateOf, treeWords } from "./bench-words.ts";
import { layOutFamily, type Placed } from "./family-layout.ts";

/** Sizes in units of a sixteenth of a rem, so that the drawing scales with the reader's font size. */
const chip = { width: 132, height: 48 };
const gap = { x: 18, y: 26 };
const left = ({ column }: Placed) => column * (chip.width + gap.x) + 2;
const top = ({ row }: Placed) => row * (chip.height + gap.y) + 2;

/** The refresh tokens of one login on the server: the parent and the holders of each. */
export function FamilyTree({ tree }: { tree: BenchTree }) {
  const { placed, edges, columns, rows } = layOutFamily(tree.tokens);
  const width = columns * (chip.width + gap.x) - gap.x + 4;
  const height = rows * (chip.height + gap.y) - gap.y + 4;
  return (
    <div>
      <p className="mb-2 text-13">
        {tree.ended ? (
          <>
            The family is <b className="font-semibold text-refused">ended</b>:{" "}
            <code className="font-mono text-xs">{tree.ended.reason}</code>{" "}
            <span className="text-dim">at {sinceLogin(tree.ended.at)}</span>
          </>
        ) : tree.tokens.length === 0 ? (
          "The server knows of no family."
        ) : (
          <>
            The family is <b className="font-semibold text-accepted">alive</b>.
          </>
        )}
      </p>
      {tree.tokens.length === 0 ? (
        <EmptyNote>The store was in the process’s memory and is now empty.</EmptyNote>
      ) : (
        <svg
          role="img"
          aria-label={treeWords(tree)}
          viewBox={`0 0 ${width} ${height}`}
          style={{ width: `${width / 16}rem` }}
          className="h-auto max-w-full"
        >
          {edges.map(({ from, to }) => (
            <path key={to.token.name} d={edgePath(from, to)} className="fill-none stroke-edge" strokeWidth="1.5" />
          ))}
          {placed.map((each) => (
            <TokenChip key={each.token.name} placed={each} tree={tree} />
          ))}
        </svg>
      )}
      <Unknown tree={tree} />
    </div>
  );
}

function edgePath(from: Placed, to: Placed): string {
  const [x1, y1] = [left(from) + chip.width / 2, top(from) + chip.height];
  const [x2, y2] = [left(to) + chip.width / 2, top(to)];
  const middle = (y1 + y2) / 2;
  return `M${x1} ${y1}C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}`;
}

function TokenChip({ placed, tree }: { placed: Placed; tree: BenchTree }) {
  const { token } = placed;
  const state = stateOf(token, tree);
  const holders = holdersOf(token, tree);
  const over = state !== "good";
  return (
    <g transform={`translate(${left(placed)} ${top(placed)})`} data-testid="token">
      <rect
        width={chip.width}
        height={chip.height}
        rx="9"
        strokeWidth={over ? 1 : 1.75}
        strokeDasharray={over ? "4 3" : undefined}
        className={over ? "fill-sunk stroke-edge" : "fill-flow-ground stroke-flow"}
      />
      <text x="11" y="20" fontSize="14" className={`font-mono font-semibold ${over ? "fill-dim" : "fill-flow"}`}>
        {token.name}
      </text>
      <text x={chip.width - 11} y="20" textAnchor="end" fontSize="12" className={over ? "fill-dim" : "fill-ink"}>
        {state}
      </text>
      <text x="11" y="38" fontSize="12">
        {holders.map((holder, index) => (
          <tspan key={holder} className={holder === "thief" ? "fill-refused font-semibold" : "fill-ink font-medium"}>
            {index > 0 ? " · " : ""}
            {holder}
          </tspan>
        ))}
        {holders.length === 0 && <tspan className="fill-faint">no holder</tspan>}
      </text>
    </g>
  );
}

/** After a restart with an empty store, clients can hold tokens that the server does not know. */
function Unknown({ tree: { tokens, holding } }: { tree: BenchTree }) {
  const known = new Set(tokens.map(({ name }) => name));
  const unknown = Object.entries(holding).filter(([, name]) => name !== null && !known.has(name));
  if (unknown.length === 0) return null;
  return (
    <p className="mt-2 text-xs text-dim">
      {unknown.map(([who, name]) => `The ${who} holds ${name}, which the server does not know.`).join(" ")}
    </p>
  );
}
