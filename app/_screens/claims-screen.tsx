"use client";

import type { VariantView } from "@/lib/core/lab-view.ts";
import { useVerifications, verify } from "../_client/verifications.ts";
import { ClaimsCard, type ExperimentInfo } from "../_components/claims-card.tsx";

type ClaimsScreenProps = { readonly variant: VariantView; readonly experiments: readonly ExperimentInfo[] };

export function ClaimsScreen({ variant, experiments }: ClaimsScreenProps) {
  const shown = useVerifications(variant.id);
  const verifyAll = async () => {
    for (const [experiment, claims] of Object.entries(variant.claims)) {
      if (claims.length > 0) await verify(variant.id, experiment);
    }
  };
  return (
    <ClaimsCard
      variant={variant}
      experiments={experiments}
      shown={shown}
      onVerify={(experiment) => void verify(variant.id, experiment)}
      onVerifyAll={() => void verifyAll()}
    />
  );
}
