"use client";

import type { GuessingTold } from "@/lib/features/attacks/guessing/model.ts";
import type { Problem } from "../../../_browser/api.ts";
import { Button } from "../../../_ui/controls/button.tsx";
import { AttackFrame } from "../../_parts/attack-frame.tsx";
import { AttackTitle } from "../../_parts/attack-title.tsx";
import { headingOf } from "./guessing-heading.ts";
import { GuessingRows } from "./guessing-rows.tsx";
import { LoginTimes } from "./login-times.tsx";
import { useGuessing } from "./use-guessing.ts";
import { useMeasuring } from "./use-measuring.ts";
import { WaitBars } from "./wait-bars.tsx";

type ScreenProps = { readonly cases: readonly GuessingTold[] };

/** Attacks by guessing, against limits with a mistake and against the right ones; and the time that a login takes. */
export function GuessingScreen({ cases }: ScreenProps) {
  return (
    <AttackFrame isWhite>
      <Guessing cases={cases} />
    </AttackFrame>
  );
}

function Guessing({ cases }: ScreenProps) {
  const { state, problem, isPlaying, start } = useGuessing(cases);
  const { calm, alarm, below } = headingOf(cases.length, state);
  return (
    <section aria-label="Guessing">
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
        <div aria-live="polite" className="min-w-0 flex-1 basis-96">
          <AttackTitle calm={calm} alarm={alarm} />
          <p className="mt-1 min-h-5 text-dim">{isPlaying ? "The passwords are being guessed." : below}</p>
        </div>
        <Button kind="primary" size="normal" busy={isPlaying} onPress={start}>
          {state.played.length > 0 ? "Play again" : "Guess at her password"}
        </Button>
      </div>
      <NotDone problem={problem} what="Not played" />
      <GuessingRows cases={cases} played={state.played} />
      <div className="@container mt-8">
        <div className="grid gap-x-12 gap-y-8 @4xl:grid-cols-2">
          <Waiting waits={state.waits} />
          <Measuring />
        </div>
      </div>
    </section>
  );
}

function Waiting({ waits }: { readonly waits: readonly number[] }) {
  return (
    <section aria-labelledby="waits" className="min-w-0">
      <h2 id="waits" className="text-base font-semibold">
        Whoever goes on guessing waits longer each time
      </h2>
      <p className="mt-1 text-13 text-dim">
        After 100 wrong passwords in a row for one name, from wherever they came, each further one doubles the wait, up
        to an hour (NIST SP 800-63B-4 §3.2.2). This holds for everybody whose browser is not known, alice included: from
        a new device she waits too. From a browser in which she logged in before she does not.
      </p>
      {waits.length > 0 ? <WaitBars waits={waits} /> : <p className="mt-2 text-13 text-faint italic">not played yet</p>}
    </section>
  );
}

function Measuring() {
  const { times, problem, isMeasuring, start } = useMeasuring();
  return (
    <section aria-labelledby="times" className="min-w-0">
      <div className="flex flex-wrap items-start gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <h2 id="times" className="text-base font-semibold">
            Does a login take as long for a name that nobody has?
          </h2>
          <p className="mt-1 text-13 text-dim">
            40 logins with a wrong password, with the real hash, on this server now. The two distributions should lie at
            the same place, as far as whatever else this machine does lets them. A time proves nothing: that both names
            cost one hash is counted, in the last row above.
          </p>
        </div>
        <Button kind="plain" size="normal" busy={isMeasuring} onPress={start}>
          {times ? "Measure again" : "Measure 40 logins"}
        </Button>
      </div>
      <NotDone problem={problem} what="Not measured" />
      <div aria-live="polite">
        {times && times.logins.length > 0 ? (
          <LoginTimes times={times} />
        ) : (
          <p className="mt-2 text-13 text-faint italic">{isMeasuring ? "being measured" : "not measured yet"}</p>
        )}
      </div>
    </section>
  );
}

function NotDone({ problem, what }: { readonly problem: Problem | null; readonly what: string }) {
  if (!problem) return null;
  return (
    <p role="alert" className="mt-2 rounded-lg bg-refused-ground px-2.5 py-1.5 text-13 text-refused">
      {what}: <span className="font-mono font-semibold">{problem.code}</span>
      <span className="block text-ink">{problem.detail}</span>
    </p>
  );
}
