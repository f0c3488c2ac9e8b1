"use client";

import ChevronDown from "lucide-react/icons/chevron-down";
import { type MouseEvent, type ToggleEvent, useId } from "react";
import type { VariantId } from "@/lib/core/ids.ts";
import type { VariantView } from "@/lib/lab/lab-view.ts";
import type { FlowInfo } from "../_browser/flow-info.ts";
import { SafetyBadge } from "../_ui/safety-badge.tsx";

type VariantMenuProps = {
  readonly flow: FlowInfo;
  readonly variants: readonly VariantView[];
  readonly chosen: VariantView;
  readonly onChoose: (variant: VariantId) => void;
};

/** Which variant the next login gets. What is logged in already stays as it is. */
export function VariantMenu({ flow, variants, chosen, onChoose }: VariantMenuProps) {
  const id = useId();
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        className="ml-auto inline-flex min-h-6 items-center gap-1 rounded-[0.4375rem] border border-strong py-0 pr-1 pl-2 text-xs font-normal text-dim hover:border-edge hover:text-ink"
        aria-label={`${flow.title} variant: ${chosen.title}`}
      >
        {chosen.title}
        <ChevronDown className="size-3.5" aria-hidden />
      </button>
      <div id={id} popover="auto" className="menu" onToggle={showChosen}>
        <VariantChoice flow={flow} variants={variants} chosen={chosen} onChoose={onChoose} closes={id} />
      </div>
    </>
  );
}

/** A long menu opens where its choice stands. */
function showChosen({ newState, currentTarget }: ToggleEvent<HTMLDivElement>): void {
  if (newState === "open")
    currentTarget.querySelector(":checked")?.closest("label")?.scrollIntoView({ block: "nearest" });
}

type VariantChoiceProps = VariantMenuProps & { readonly closes?: string };

/** In a menu each says what it is; on a page, where it stays, only the chosen one does. */
export function VariantChoice({ flow, variants, chosen, onChoose, closes }: VariantChoiceProps) {
  const name = useId();
  // A click chooses and is done; the arrow keys only move through the list (their click has no detail).
  const close = (event: MouseEvent) => {
    if (closes !== undefined && event.detail > 0) document.getElementById(closes)?.hidePopover();
  };
  return (
    <fieldset>
      <legend className={closes === undefined ? "sr-only" : "px-2 pb-1 text-2xs text-faint"}>
        {flow.title}: variant of the next login
      </legend>
      {variants.map((variant) => (
        <label
          key={variant.id}
          title={closes === undefined ? variant.summary : undefined}
          className="relative grid grid-cols-[1rem_1fr_auto] items-baseline gap-x-1.5 rounded-lg px-2 py-1.5 text-left hover:bg-sunk has-checked:bg-flow-ground has-focus-visible:outline-2 has-focus-visible:outline-focus"
        >
          <input
            type="radio"
            name={name}
            value={variant.id}
            className="size-3.25 translate-y-0.5 accent-flow outline-none"
            checked={variant.id === chosen.id}
            onChange={() => onChoose(variant.id)}
            onClick={close}
          />
          <span className="font-medium text-ink">{variant.title}</span>
          <SafetyBadge safety={variant.safety} />
          {(closes !== undefined || variant.id === chosen.id) && (
            <span className="col-span-2 col-start-2 text-xs text-dim">{variant.summary}</span>
          )}
        </label>
      ))}
    </fieldset>
  );
}
