import Link from "next/link";
import type { VariantId } from "@/lib/core/ids.ts";
import { claimWords, isWrong } from "@/lib/lab/claim-words.ts";
import type { ClaimSheet } from "@/lib/lab/experiment.ts";
import { lateAnswer } from "@/lib/lab/owner-experiments.ts";

/** What a variant claims of an answer that arrives after the logout's. */
export type LateClaims = { readonly variant: VariantId; readonly lines: readonly LateClaim[] };

/** `wrong`: the browser is in again. */
type LateClaim = { readonly credential: string; readonly words: string; readonly wrong: boolean };

/** For pages: only the words, and not the whole manifest. */
export function lateClaimsOf({ id: variant, claims, settings }: ClaimSheet): LateClaims {
  const lines = (claims[lateAnswer.id] ?? []).map((claim) => ({
    credential: claim.credential,
    words: claimWords(claim, settings),
    wrong: isWrong(claim, lateAnswer.replay),
  }));
  return { variant, lines };
}

/** The claims of one variant, with a link to the cell of the matrix that plays them. */
export function LateClaimLines({ variant, lines }: LateClaims) {
  const several = new Set(lines.map(({ credential }) => credential)).size > 1;
  return (
    <div className="mt-1 flex flex-wrap gap-x-2 text-xs">
      <Link href={cellOf(variant)} prefetch={false} className="font-mono underline hover:text-ink">
        {variant}
      </Link>
      <ul>
        {lines.map(({ credential, words, wrong }) => (
          <li key={`${credential} ${words}`}>
            {several && <span className="text-dim">{credential} </span>}
            <span className={wrong ? "font-medium text-refused" : "font-mono"}>{words}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The experiment that the claims are of. */
export function LateExperiment() {
  return (
    <Link href="/who-still-gets-in" prefetch={false} className="underline hover:text-ink">
      {lateAnswer.title}
    </Link>
  );
}

function cellOf(variant: VariantId): string {
  return `/who-still-gets-in?${new URLSearchParams({ variant, experiment: lateAnswer.id })}`;
}
