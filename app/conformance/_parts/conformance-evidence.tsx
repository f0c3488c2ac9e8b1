import type { ConformanceCell, ConformanceRow, ConformanceView, TestSpot } from "@/lib/features/conformance/model.ts";
import { CardFrame } from "../../_ui/card.tsx";
import { FlowIcon } from "../../_ui/flow-icon.tsx";
import { InWords } from "../../_words/in-words.tsx";
import { Reason, SpotLink, StateWord, stateLooks } from "./conformance-cell.tsx";
import { stateWords } from "./conformance-filter.ts";
import { reasonOf, variantName } from "./conformance-rows.ts";

type EvidenceProps = { readonly row: ConformanceRow; readonly flows: ConformanceView["flows"] };

/** One requirement: for each flow the result of every variant, the tests, and the lines of code that name it. */
export function ConformanceEvidence({ row, flows }: EvidenceProps) {
  return row.cells.map((cell) => {
    const flow = flows.find(({ id }) => id === cell.flow);
    return (
      <CardFrame key={cell.flow} id={cell.flow} label={flow?.title} flow={cell.flow}>
        <h2 className="flex items-center gap-2 font-semibold">
          <FlowIcon flow={cell.flow} />
          {flow?.title}
        </h2>
        <p className="mt-1">
          <StateWord state={cell.state} />
          <Reason reason={reasonOf(cell)} />
        </p>
        {cell.why !== null && (
          <p className="text-13 text-dim">
            <InWords>{cell.why}</InWords>
          </p>
        )}
        <Variants cell={cell} />
        {cell.tests.length > 0 && (
          <>
            <h3 className="mt-3 text-xs font-semibold text-faint">Tests</h3>
            <ul className="mt-0.5 grid gap-1 text-13">
              {cell.tests.map((test) => (
                <TestItem key={`${test.file} ${test.line} ${test.says} ${test.status}`} test={test} />
              ))}
            </ul>
          </>
        )}
        {cell.lines.length > 0 && (
          <>
            <h3 className="mt-3 text-xs font-semibold text-faint">Code</h3>
            <ul className="mt-0.5 flex flex-wrap gap-x-4 gap-y-1 text-xs">
              {cell.lines.map((spot) => (
                <li key={`${spot.file} ${spot.line}`}>
                  <SpotLink spot={spot} alone />
                </li>
              ))}
            </ul>
          </>
        )}
      </CardFrame>
    );
  });
}

function Variants({ cell: { variants } }: { cell: ConformanceCell }) {
  return (
    <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-0.5 text-xs text-dim">
      {variants.map(({ id, state, unsafe }) => (
        <li key={id}>
          {variantName(id)} <span className={stateLooks[state].tone}>{stateWords[state].word}</span>
          {unsafe && " (wrong on purpose, does not count)"}
        </li>
      ))}
    </ul>
  );
}

const outcomes = { passed: "passed", failed: "failed", "not-run": "not run" } as const;

function TestItem({ test }: { test: TestSpot }) {
  const { title, status, says, variants } = test;
  return (
    <li>
      <span className={status === "failed" ? "font-semibold text-refused" : "text-faint"}>{outcomes[status]} </span>
      {says === "cannot" && <span className="text-refused">shows that it does not hold: </span>}
      <span className="wrap-anywhere">{title}</span>
      {variants.length > 0 && <span className="text-faint"> ({variants.map(variantName).join(", ")})</span>}{" "}
      <span className="text-xs">
        <SpotLink spot={test} />
      </span>
    </li>
  );
}
