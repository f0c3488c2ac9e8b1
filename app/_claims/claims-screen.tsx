"use client";

import { memo } from "react";
import type { VariantView } from "@/lib/lab/lab-view.ts";
import type { ReasonedSheet } from "@/lib/lab/reason/reasoned-claims.ts";
import { ClaimsCard, type ExperimentInfo } from "./claims-card.tsx";
import { useVerifications, verify } from "./verifications.ts";

/** The experiments, and the claims of each variant of this flow. */
export type Claimed = { readonly experiments: readonly ExperimentInfo[]; readonly claims: readonly ReasonedSheet[] };

type ClaimsScreenProps = { readonly variant: VariantView; readonly claimed: Claimed };

export const ClaimsScreen = memo(function ClaimsScreen({ variant, claimed }: ClaimsScreenProps) {
  const { experiments, claims } = claimed;
  const shown = useVerifications(variant.id);
  const sheet = claims.find(({ id }) => id === variant.id);
  if (!sheet) return null;
  const verifyAll = async () => {
    for (const [experiment, each] of Object.entries(sheet.claims)) {
      if (each.length > 0) await verify(variant.id, experiment);
    }
  };
  return (
    <ClaimsCard
      title={variant.title}
      sheet={sheet}
      experiments={experiments}
      shown={shown}
      onVerify={(experiment) => void verify(variant.id, experiment)}
      onVerifyAll={() => void verifyAll()}
    />
  );
});
