import Link from "next/link";
import type { VariantId } from "@/lib/core/ids.ts";
import type { RaceState } from "./race-state.ts";
import { sentences } from "./race-words.ts";

type RaceToldProps = {
  readonly race: RaceState;
  /** The variants whose access token is renewed by a session id instead of a refresh token. */
  readonly renewedById: readonly VariantId[];
};

/** The results in sentences, in the order of refusal. */
export function RaceTold({ race, renewedById }: RaceToldProps) {
  return (
    <section aria-label="What happened" className="mt-6">
      <h2 className="mb-1 font-semibold">What happened, the first one to be closed first</h2>
      <ol className="grid list-decimal gap-0.5 pl-5 text-13">
        {sentences(race, renewedById).map(({ lane, words }) => (
          <li key={`${lane.variant} ${lane.thief}`} data-flow={lane.variant.split("/")[0]}>
            <Link
              href={`/${lane.variant.split("/")[0]}?variant=${lane.variant}`}
              prefetch={false}
              className="font-medium text-flow underline decoration-1 underline-offset-2"
            >
              {lane.variant}
            </Link>
            : {words}
          </li>
        ))}
      </ol>
    </section>
  );
}
