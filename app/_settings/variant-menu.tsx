"use client";

import { useId } from "react";
import type { VariantId } from "@/lib/core/ids.ts";
import type { VariantView } from "@/lib/lab/lab-view.ts";
import type { FlowInfo } from "../_browser/flow-info.ts";
import { Menu } from "../_ui/controls/menu.tsx";
import { Option } from "../_ui/controls/option.tsx";
import { SafetyBadge } from "../_ui/safety-badge.tsx";

type VariantMenuProps = {
  readonly flow: FlowInfo;
  readonly variants: readonly VariantView[];
  readonly chosen: VariantView;
  readonly onChoose: (variant: VariantId) => void;
};

/** The variant of the next login. The live login keeps its variant. */
export function VariantMenu({ flow, variants, chosen, onChoose }: VariantMenuProps) {
  const id = useId();
  return (
    <span className="ml-auto">
      <Menu
        look="quiet"
        button={chosen.title}
        label={`${flow.title} variant: ${chosen.title}`}
        id={id}
        onOpen={showChosen}
      >
        <VariantChoice flow={flow} variants={variants} chosen={chosen} onChoose={onChoose} closes={id} />
      </Menu>
    </span>
  );
}

/** Scrolls a long menu to the chosen variant when it opens. */
function showChosen(menu: HTMLElement): void {
  menu.querySelector(":checked")?.closest("label")?.scrollIntoView({ block: "nearest" });
}

type VariantChoiceProps = VariantMenuProps & { readonly closes?: string };

/** In a menu each variant has a description. On a page only the chosen variant has one. */
export function VariantChoice({ flow, variants, chosen, onChoose, closes }: VariantChoiceProps) {
  const name = useId();
  // A press closes the menu. The arrow keys choose without closing it.
  const close = closes === undefined ? undefined : () => document.getElementById(closes)?.hidePopover();
  return (
    <fieldset>
      <legend className={closes === undefined ? "sr-only" : "px-2 pb-1 text-2xs text-faint"}>
        {flow.title}: variant of the next login
      </legend>
      {variants.map((variant) => (
        <Option
          key={variant.id}
          type="radio"
          look="row"
          name={name}
          value={variant.id}
          checked={variant.id === chosen.id}
          onChange={() => onChoose(variant.id)}
          onPointerChoice={close}
          title={closes === undefined ? variant.summary : undefined}
        >
          <span className="font-medium text-ink">{variant.title}</span>
          <SafetyBadge safety={variant.safety} />
          {(closes !== undefined || variant.id === chosen.id) && (
            <span className="col-span-2 col-start-2 text-xs text-dim">{variant.summary}</span>
          )}
        </Option>
      ))}
    </fieldset>
  );
}
