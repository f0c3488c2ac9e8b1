"use client";

import { useState } from "react";
import { isWrong, outcomeWords } from "@/lib/lab/claim-words.ts";
import type { ClaimOrReading, Experiment } from "@/lib/lab/experiment.ts";
import type { MatrixCell, Performance } from "@/lib/lab/played-cells.ts";
import type { FlowInfo } from "../../_browser/flow-info.ts";
import { ExchangeList } from "../../_exchanges/exchange-list.tsx";
import { Button } from "../../_ui/controls/button.tsx";
import { Dialog } from "../../_ui/controls/dialog.tsx";
import { Disclosure } from "../../_ui/controls/disclosure.tsx";
import { SystemMoment } from "../../_ui/lab-time.tsx";
import { SafetyBadge } from "../../_ui/safety-badge.tsx";
import {
  differs,
  endWords,
  lineOf,
  type MatrixExperiment,
  type MatrixVariant,
  meaningsOf,
  thiefTitles,
} from "./matrix-words.ts";

/** The exchanges of a cell, or why there are none. */
export type Proof =
  | { readonly state: "asked" }
  | { readonly state: "shown"; readonly cell: MatrixCell; readonly performances: readonly Performance[] }
  | { readonly state: "failed"; readonly detail: string };

type CellSheetProps = {
  readonly variant: MatrixVariant;
  readonly experiment: MatrixExperiment;
  readonly cell: MatrixCell | undefined;
  readonly version: string;
  readonly flows: readonly FlowInfo[];
  readonly onProve: () => Promise<Proof>;
  readonly onClose: () => void;
};

/** The details of one cell: the script, the claims beside the observations, and on demand all exchanges. */
export function MatrixCellSheet({ variant, experiment, cell, version, flows, onProve, onClose }: CellSheetProps) {
  const [proof, setProof] = useState<Proof>();
  const prove = async () => {
    setProof({ state: "asked" });
    setProof(await onProve());
  };
  const observed = proof?.state === "shown" ? proof.cell : cell;
  return (
    <Dialog
      title={
        <>
          {experiment.title} <span className="font-normal text-dim">against</span> {variant.id}
        </>
      }
      beside={<SafetyBadge safety={variant.safety} />}
      size="wide"
      flow={variant.flow}
      onClose={onClose}
    >
      {(close) => (
        <>
          <p className="mb-3 max-w-[80ch] text-13 text-dim">{experiment.question}</p>
          <Script experiment={experiment} />
          <Readings variant={variant} experiment={experiment} cell={observed} />
          {meaningsOf(variant, observed?.observed ?? variant.claims[experiment.id] ?? []).map(({ code, meaning }) => (
            <p key={code} className="mt-2 max-w-[80ch] text-13">
              <span className="font-mono text-xs">{code}</span> {meaning}
            </p>
          ))}
          <p className="mt-2 text-xs text-dim">
            {observed ? (
              <>
                Played <SystemMoment at={observed.playedAt} />, version {version}, in {observed.milliseconds} ms, with
                the standard lifetimes.{" "}
              </>
            ) : (
              "Not played yet. "
            )}
            Seconds are counted on the lab’s clock, in a fresh lab for each check.
          </p>
          <div className="mt-3 flex justify-between">
            <Button onPress={() => void prove()} kind="primary" busy={proof?.state === "asked"}>
              Play it and show every exchange
            </Button>
            <Button onPress={close}>Close</Button>
          </div>
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
      )}
    </Dialog>
  );
}

function Script({ experiment }: Pick<CellSheetProps, "experiment">) {
  return (
    <ol className="mb-3 flex flex-wrap gap-x-1.5 gap-y-1 text-xs">
      {experiment.steps.map(({ actor, does, ...rest }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a script is never reordered, and can contain the same step twice.
        <li key={at} className="rounded-md bg-sunk px-1.5 py-0.5">
          <span className="font-medium">{actor}</span> {does.replaceAll("-", " ")}{" "}
          {Object.entries(rest)
            .map(([name, value]) => (typeof value === "boolean" ? `${value ? "with" : "without"} ${name}` : value))
            .join(" ")}
        </li>
      ))}
    </ol>
  );
}

type ReadingsProps = Pick<CellSheetProps, "variant" | "experiment" | "cell">;

function Readings({ variant, experiment, cell }: ReadingsProps) {
  const claims = variant.claims[experiment.id] ?? [];
  const rows = variant.credentials
    .filter((credential) => claims.some((claim) => claim.credential === credential))
    .flatMap((credential) => experiment.replay.thieves.map((thief) => ({ credential, thief })));
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-left text-13">
        <thead>
          <tr className="text-2xs text-faint">
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
                <td className="py-1 pr-3">
                  {experiment.replay.by === "owner" ? "the owner goes on" : thiefTitles[thief]}
                </td>
                <td className="py-1 pr-3">
                  {claimed ? <Said claim={claimed} variant={variant} replay={experiment.replay} /> : "–"}
                </td>
                <td className="py-1 pr-3">
                  {reading ? (
                    <Said claim={reading} variant={variant} replay={experiment.replay} />
                  ) : (
                    <span className="text-dim">not played</span>
                  )}
                  {reading && differs(claimed, reading, thief) && (
                    <span className="ml-1 font-semibold text-refused">differs</span>
                  )}
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
