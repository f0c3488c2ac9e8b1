"use client";

import { useState } from "react";
import type { FlowId, VariantId } from "@/lib/core/ids.ts";
import type { Safety } from "@/lib/core/variant.ts";
import type { CredentialForm, ForgeryGroup } from "@/lib/features/attacks/forgery/model.ts";
import { writeParameters } from "../../../_browser/address.ts";
import { Button } from "../../../_ui/controls/button.tsx";
import { SelectField } from "../../../_ui/controls/select.tsx";
import { FlowIcon } from "../../../_ui/flow-icon.tsx";
import { SafetyBadge } from "../../../_ui/safety-badge.tsx";
import { AttackFrame } from "../../_parts/attack-frame.tsx";
import { AttackTitle } from "../../_parts/attack-title.tsx";
import { NotPlayed } from "../../_parts/not-played.tsx";
import { variantOptions } from "../../_parts/variant-options.ts";
import { headingOf } from "./forgery-heading.ts";
import { ForgeryRows } from "./forgery-rows.tsx";
import { useForgeryPlay } from "./use-forgery-play.ts";

type ForgeryVariant = {
  readonly id: VariantId;
  readonly title: string;
  readonly safety: Safety;
  readonly form: CredentialForm;
  readonly flow: FlowId;
  readonly flowTitle: string;
};

type ForgeryScreenProps = {
  readonly variants: readonly ForgeryVariant[];
  /** The cases by the form of a credential. */
  readonly groups: Partial<Readonly<Record<CredentialForm, readonly ForgeryGroup[]>>>;
  /** The variant in the address. */
  readonly linked: string | null;
};

/** Where the page begins: a token, which most cases are about. */
const usual = "memory-jwt/rotating";

/** Every forged credential of one variant, against a verifier with a known mistake and against the variant. */
export function ForgeryScreen(props: ForgeryScreenProps) {
  return (
    <AttackFrame isWhite>
      <Forgery {...props} />
    </AttackFrame>
  );
}

function Forgery({ variants, groups, linked }: ForgeryScreenProps) {
  const first = variants.find(({ id }) => id === linked) ?? variants.find(({ id }) => id === usual) ?? variants[0];
  const [variant, setVariant] = useState(first);
  const { play, isPlaying, problem, start, forget } = useForgeryPlay();
  if (!variant) return null;
  const choose = (id: string) => {
    setVariant(variants.find((each) => each.id === id) ?? variant);
    forget();
    writeParameters({ variant: [id] });
  };
  const shown = groups[variant.form] ?? [];
  const count = shown.reduce((sum, { cases }) => sum + cases.length, 0);
  const { calm, alarm, below } = headingOf(variant.title, count, play);
  return (
    <section aria-label="Forgery" data-flow={variant.flow}>
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <SelectField
          label="The variant whose credential is forged"
          options={variantOptions(variants)}
          value={variant.id}
          onChoose={choose}
        />
        <p className="flex min-h-control items-center gap-1.5 text-13 font-semibold text-flow">
          <FlowIcon flow={variant.flow} /> {variant.flowTitle} <SafetyBadge safety={variant.safety} />
        </p>
        <div className="ml-auto">
          <Button kind="primary" size="normal" busy={isPlaying} onPress={() => start(variant.id)}>
            {play ? "Play again" : "Forge and send them"}
          </Button>
        </div>
      </div>
      <div className="mt-5" aria-live="polite">
        <AttackTitle calm={calm} alarm={alarm} />
        <p className="mt-1 min-h-5 text-dim">{isPlaying ? "They are being forged and sent." : below}</p>
      </div>
      <NotPlayed problem={problem} />
      <ForgeryRows groups={shown} played={play?.tried ? play.cases : []} />
    </section>
  );
}
