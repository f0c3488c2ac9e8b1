import type { Metadata } from "next";
import { application } from "@/lib/server/application.ts";
import { NoLab } from "../_ui/no-lab.tsx";
import { PageTitle } from "../_ui/page-title.tsx";
import { linkedRun, type PageProps } from "../linked-choice.ts";
import { RefreshBenchScreen } from "./_parts/refresh-bench-screen.tsx";

export const metadata: Metadata = {
  title: "Refresh bench",
  description:
    "Play tabs, a thief and a crash against each way to rotate refresh tokens: one run step by step, or many counted.",
};

/** The default run: naive rotation with a theft, and a seed with which the thief survives. */
const usual = { strategy: "naive", schedule: "theft-race", singleFlight: false, seed: 3 };

export default async function RefreshBenchPage({ searchParams }: PageProps) {
  const { app, refreshBench } = await application();
  const { strategies, schedules, run } = refreshBench;
  const { step, ...linked } = await linkedRun(searchParams);
  const order = { ...usual, ...linked };
  const first = app.labMode ? ((await run(order)) ?? (await run(usual))) : null;
  return (
    <>
      <PageTitle
        lead={
          <>
            Play tabs, a thief and a crash against each way to rotate refresh tokens, and see who gets in. Each run is
            the real flow, one store call at a time, in an order picked by the seed.
          </>
        }
      >
        Refresh bench
      </PageTitle>
      {first ? (
        <RefreshBenchScreen
          strategies={strategies}
          schedules={schedules}
          first={first}
          position={positionIn(first.steps.length, step)}
        />
      ) : (
        <NoLab
          title="Lab mode is off"
          detail="The bench has strategies that are wrong on purpose, so it exists in lab mode only: set LAB_MODE=on."
        />
      )}
    </>
  );
}

function positionIn(last: number, step: number | null): number | null {
  return step === null ? null : Math.min(last, step);
}
