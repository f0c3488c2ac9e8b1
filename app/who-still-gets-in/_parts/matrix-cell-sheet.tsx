"use client";

import { type ReactNode, useState } from "react";
import type { Thief } from "@/lib/core/claim.ts";
import { isWrong, outcomeWords } from "@/lib/lab/claim-words.ts";
import type { ClaimOrReading, Experiment } from "@/lib/lab/experiment.ts";
import type { MatrixCell, Performance } from "@/lib/lab/played-cells.ts";
import type { FlowInfo } from "../../_browser/flow-info.ts";
import { cellKey } from "../../_claims/matrix-cells.ts";
import { ExchangeList } from "../../_exchanges/exchange-list.tsx";
import { Button } from "../../_ui/controls/button.tsx";
import { Dialog } from "../../_ui/controls/dialog.tsx";
import { Disclosure } from "../../_ui/controls/disclosure.tsx";
import { SystemMoment } from "../../_ui/lab-time.tsx";
import { SafetyBadge } from "../../_ui/safety-badge.tsx";
import { CellReason } from "./cell-reason.tsx";
import type { Selected } from "./matrix-link.ts";
import { type CellName, differs, endWords, lineOf, meaningsOf, readCell, userWords } from "./matrix-words.ts";
import { stepWords } from "./step-sentences.ts";

/** The exchanges of a cell, or why there are none. */
export type Proof =
  | { readonly state: "asked" }
  | { readonly state: "shown"; readonly cell: MatrixCell; readonly performances: readonly Performance[] }
  | { readonly state: "failed"; readonly detail: string };

type CellSheetProps = {
  readonly selected: Selected;
  /** The event, as the view of the page calls it. */
  readonly title: string;
  readonly thief: Thief;
  readonly cell: MatrixCell | undefined;
  readonly version: string;
  readonly flows: readonly FlowInfo[];
  /** The cells before and after this one; `null`: there is none. */
  readonly previous: CellName | null;
  readonly next: CellName | null;
  readonly onStep: (to: CellName) => void;
  readonly onProve: () => Promise<Proof>;
  readonly onClose: () => void;
};

/** The details of one cell, and the way to the next one. */
export function MatrixCellSheet(props: CellSheetProps) {
  const { selected, title, previous, next, onStep, onClose } = props;
  const { variant, experiment } = selected;
  return (
    <Dialog
      title={
        <>
          {title} <span className="font-normal text-dim">against</span> {variant.id}
        </>
      }
      beside={
        <>
          <SafetyBadge safety={variant.safety} />
          <span className="ml-auto flex gap-1.5">
            <Step label="Previous cell" to={previous} onStep={onStep}>
              <span aria-hidden="true">←</span> Previous
            </Step>
            <Step label="Next cell" to={next} onStep={onStep}>
              Next <span aria-hidden="true">→</span>
            </Step>
          </span>
        </>
      }
      size="proof"
      flow={variant.flow}
      onClose={onClose}
    >
      {(close) => <CellDetails key={cellKey(variant.id, experiment.id)} {...props} onClose={close} />}
    </Dialog>
  );
}

type StepProps = Pick<CellSheetProps, "onStep"> & {
  readonly label: string;
  readonly to: CellName | null;
  readonly children: ReactNode;
};

/** Keeps its place and the focus while the sheet changes its cell. */
function Step({ label, to, onStep, children }: StepProps) {
  return (
    <Button
      label={label}
      unavailable={to ? undefined : "There is no cell beyond this one."}
      onPress={() => to && onStep(to)}
    >
      {children}
    </Button>
  );
}

/** The script, the claims beside the observations, why, and on demand all exchanges. */
function CellDetails({ selected, thief, cell, version, flows, onProve, onClose }: CellSheetProps) {
  const { variant, experiment } = selected;
  const [proof, setProof] = useState<Proof>();
  const prove = async () => {
    setProof({ state: "asked" });
    setProof(await onProve());
  };
  const observed = proof?.state === "shown" ? proof.cell : cell;
  return (
    <>
      <p className="mb-3 max-w-[80ch] text-13 text-dim">{experiment.question}</p>
      <Script experiment={experiment} />
      <Readings variant={variant} experiment={experiment} cell={observed} />
      <p className="mt-2 grid max-w-[80ch] gap-1 text-13">
        <CellReason
          variant={variant}
          experiment={experiment}
          reading={readCell(variant, experiment, thief, observed)}
        />
      </p>
      {meaningsOf(variant, observed?.observed ?? variant.claims[experiment.id] ?? []).map(({ code, meaning }) => (
        <p key={code} className="mt-2 max-w-[80ch] text-13">
          <span className="font-mono text-xs">{code}</span> {meaning}
        </p>
      ))}
      <p className="mt-2 max-w-[80ch] text-xs text-dim">
        {observed ? (
          <>
            Played <SystemMoment at={observed.playedAt} />, version {version}, in{" "}
            {(observed.milliseconds / 1000).toFixed(1)} s, with the standard lifetimes.{" "}
          </>
        ) : (
          "Not played yet. "
        )}
        Seconds are counted on the lab’s clock, in a fresh lab for each check.
      </p>
      <div className="mt-3 flex justify-between gap-2">
        <Button onPress={() => void prove()} kind="primary" busy={proof?.state === "asked"}>
          Play it and show every exchange
        </Button>
        <Button onPress={onClose}>Close</Button>
      </div>
      <Exchanges proof={proof} flows={flows} />
    </>
  );
}

function Exchanges({ proof, flows }: Pick<CellSheetProps, "flows"> & { readonly proof: Proof | undefined }) {
  return (
    <>
      <div role="status">
        {proof?.state === "failed" && <p className="mt-2 text-xs text-refused">{proof.detail}</p>}
        {proof?.state === "shown" && (
          <p className="mt-2 text-xs text-dim">
            Played again just now, {proof.cell.holds ? "as claimed" : "not as claimed"}: {proof.performances.length}{" "}
            runs, each in its own lab, which is gone by now.
          </p>
        )}
      </div>
      {proof?.state === "shown" &&
        proof.performances.map(({ title, exchanges }) => (
          <Disclosure key={title} summary={`${title}: ${exchanges.length} exchanges`} className="mt-2">
            <ExchangeList exchanges={[...exchanges].reverse()} flows={flows} atFirst={8} />
          </Disclosure>
        ))}
    </>
  );
}

function Script({ experiment }: Pick<Selected, "experiment">) {
  return (
    <ol className="mb-3 flex flex-wrap gap-x-1.5 gap-y-1 text-xs">
      {experiment.steps.map((step, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a script is never reordered, and can contain the same step twice.
        <li key={at} className="rounded-md bg-sunk px-1.5 py-0.5">
          <span className="font-medium">{step.actor}</span> {stepWords(step)}
        </li>
      ))}
    </ol>
  );
}

type ReadingsProps = Pick<Selected, "variant" | "experiment"> & Pick<CellSheetProps, "cell">;

function Readings({ variant, experiment, cell }: ReadingsProps) {
  const claims = variant.claims[experiment.id] ?? [];
  const rows = variant.credentials
    .filter((credential) => claims.some((claim) => claim.credential === credential))
    .flatMap((credential) => experiment.replay.thieves.map((thief) => ({ credential, thief })));
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-left text-13">
        <thead>
          <tr className="text-xs text-faint">
            {["credential", "by", "expected", "observed", "measured"].map((name) => (
              <th key={name} scope="col" className="py-1 pr-3 font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ credential, thief }) => {
            const claimed = lineOf(claims, credential, thief);
            const reading = cell && lineOf(cell.observed, credential, thief);
            return (
              <tr key={`${credential} ${thief}`} className="border-t border-line align-top">
                <td className="py-1 pr-3">{credential}</td>
                <td className="py-1 pr-3">{userWords(experiment, thief)}</td>
                <td className="py-1 pr-3">
                  {claimed ? <Said claim={claimed} variant={variant} replay={experiment.replay} /> : "–"}
                </td>
                <td className="py-1 pr-3">
                  {reading ? (
                    <Said claim={reading} variant={variant} replay={experiment.replay} />
                  ) : (
                    <span className="text-dim">not played</span>
                  )}
                  {reading && differs(claimed, reading, thief) && <span className="ml-1 font-semibold">differs</span>}
                </td>
                <td className="py-1 text-dim">{reading && endWords(reading)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

type SaidProps = { readonly claim: ClaimOrReading } & Pick<ReadingsProps, "variant"> & Pick<Experiment, "replay">;

function Said({ claim, variant, replay }: SaidProps) {
  const words = outcomeWords(claim, variant.settings);
  return isWrong(claim, replay) ? (
    <span className="font-medium text-refused">{words}</span>
  ) : (
    <span className="font-mono text-xs">{words}</span>
  );
}
