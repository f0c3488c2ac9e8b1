"use client";

import type { Thief } from "@/lib/core/claim.ts";
import type { MatrixView } from "@/lib/lab/played-cells.ts";
import type { FlowInfo } from "../../_browser/flow-info.ts";
import { ButtonLink } from "../../_ui/controls/button.tsx";
import { Segmented } from "../../_ui/controls/segmented.tsx";
import type { MatrixLink, Scope, Selected } from "./matrix-link.ts";
import { type CellName, thiefTitles } from "./matrix-words.ts";
import type { Go } from "./use-matrix-link.ts";

const thieves = ["silent", "active"] as const satisfies readonly Thief[];

type MatrixControlsProps = {
  readonly link: MatrixLink;
  readonly flows: readonly FlowInfo[];
  readonly hasPlayed: boolean;
  readonly onGo: Go;
};

/** The choice of thief and flow, and the downloads. A class does without them. */
export function MatrixControls({ link, flows, hasPlayed, onGo }: MatrixControlsProps) {
  return (
    <div className="matrix-controls">
      <Segmented
        legend="Thief"
        legendShown
        options={thieves.map((thief) => ({ value: thief, label: thiefTitles[thief] }))}
        chosen={link.thief}
        onChoose={(thief) => onGo({ thief })}
      />
      {link.view === "all" && (
        <Segmented
          legend="Flow"
          legendShown
          options={[{ value: "", label: "all" }, ...flows.map(({ id, title }) => ({ value: id, label: title }))]}
          chosen={link.flow ?? ""}
          onChoose={(flow) => onGo({ flow: flow === "" ? null : flow })}
        />
      )}
      {hasPlayed && (
        <div className="ml-auto flex gap-2">
          <ButtonLink href="/api/lab/matrix?format=json" download="matrix.json">
            JSON
          </ButtonLink>
          <ButtonLink href="/api/lab/matrix?format=csv" download="matrix.csv">
            CSV
          </ButtonLink>
        </div>
      )}
    </div>
  );
}

type FlowTabsProps = {
  readonly flows: readonly FlowInfo[];
  readonly scope: Scope;
  readonly selected: Selected;
  readonly onSelect: (cell: CellName) => void;
};

/** On a phone the view for a class shows one flow at a time: that of the selected cell. */
export function FlowTabs({ flows, scope, selected, onSelect }: FlowTabsProps) {
  return (
    <div className="matrix-tabs">
      <Segmented
        legend="Flow"
        options={flows.map(({ id, title }) => ({ value: id, label: title }))}
        chosen={selected.variant.flow}
        onChoose={(flow) => {
          const variant = scope.variants.find((each) => each.flow === flow);
          if (variant) onSelect({ variant: variant.id, experiment: selected.experiment.id });
        }}
      />
    </div>
  );
}

/** What the marks of the table mean, and which variants cannot be played here. */
export function MatrixLegend({ missing }: Pick<MatrixView, "missing">) {
  return (
    <div className="matrix-legend">
      <p>
        Two answers in a cell: the access token, and under it the credential that renews it. A long code is shortened.
        Italics: claimed, not played yet. A frame: not as claimed.
      </p>
      {missing.map(({ variant, needs }) => (
        <p key={variant}>
          <span className="font-mono">{variant}</span> is shown as claimed only: {needs}
        </p>
      ))}
    </div>
  );
}
