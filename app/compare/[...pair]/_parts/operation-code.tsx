import type { ActingFunction, ComparedSide, OperationPair } from "@/lib/features/compare/difference.ts";
import { sourceHref } from "@/lib/features/source/model.ts";
import { FlowIcon } from "../../../_ui/flow-icon.tsx";
import { CodeLines } from "./code-lines.tsx";
import "./operation-code.css";

type OperationCodeProps = {
  readonly pair: OperationPair;
  readonly left: ComparedSide;
  readonly right: ComparedSide;
};

/** One operation of both sides in their own lines. A line that called a port in the measured request is marked. */
export function OperationCode({ pair, left, right }: OperationCodeProps) {
  return (
    <section id={pair.operation} aria-label={pair.operation} className="pair-code">
      <Side operation={pair.operation} side={left} functions={pair.left} />
      <Side operation={pair.operation} side={right} functions={pair.right} />
    </section>
  );
}

type SideProps = {
  readonly operation: string;
  readonly side: ComparedSide;
  readonly functions: readonly ActingFunction[];
};

function Side({ operation, side, functions }: SideProps) {
  const acted = functions.reduce((sum, each) => sum + each.acted.length, 0);
  return (
    <div data-flow={side.flow}>
      <h2>
        <FlowIcon flow={side.flow} />
        <code>{operation}</code>
        <small>
          {side.flowTitle}, {side.variantTitle}
          {acted > 0 && `: ${acted === 1 ? "1 line" : `${acted} lines`} called something`}
        </small>
      </h2>
      {functions.map(({ file, name, lines, acted: marked }) => (
        <figure key={`${file} ${lines[0]?.number}`}>
          <figcaption>
            {name === operation ? "" : <code>{name}</code>}
            <a href={sourceHref(file, lines[0]?.number ?? null)}>
              {file.replace("lib/flows/", "")}:{lines[0]?.number}
            </a>
          </figcaption>
          <CodeLines lines={lines} marked={marked} />
        </figure>
      ))}
    </div>
  );
}
