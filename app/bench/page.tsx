import type { Metadata } from "next";
import { barsOf, reachedOf, refusalCosts, trafficOf } from "@/lib/features/bench/bars.ts";
import { besidePeers } from "@/lib/features/bench/beside-peers.ts";
import { conditionsIn } from "@/lib/features/bench/conditions.ts";
import { timesCheaper } from "@/lib/features/bench/peers.ts";
import { recordedBench } from "@/lib/features/bench/recorded.ts";
import { judgeSentences } from "@/lib/features/bench/sentences.ts";
import { edgeTarget } from "@/lib/features/bench/targets.ts";
import { flows } from "@/lib/flows/registry.ts";
import type { PageProps } from "../linked-choice.ts";
import { BarChart } from "./_parts/bar-chart.tsx";
import { benchChoice } from "./_parts/bench-choice.ts";
import { BenchFoot } from "./_parts/bench-foot.tsx";
import { BenchHead } from "./_parts/bench-head.tsx";
import { Peers } from "./_parts/peers.tsx";
import { RefusalCosts } from "./_parts/refusal-costs.tsx";
import { Sentences } from "./_parts/sentences.tsx";
import { Traffic } from "./_parts/traffic.tsx";
import "./_parts/bench-charts.css";

export const metadata: Metadata = {
  title: "Bench",
  description:
    "See what a request of each variant costs beside a bare route of the framework, with the target beside it.",
};

const manifests = flows.map(({ manifest }) => manifest);

/** Draws the last recording of `npm run bench`. The server draws all of it, so the page brings no script. */
export default async function BenchPage({ searchParams }: PageProps) {
  const recording = recordedBench();
  const conditions = conditionsIn(recording);
  const choice = benchChoice(await searchParams, Object.keys(conditions));
  const groups = barsOf(recording, manifests, choice);
  const { bare, edge } = recording;
  return (
    <>
      <BenchHead choice={choice} reached={reachedOf(groups)} conditions={conditions} />
      <div className="@container">
        <div className="bench-columns">
          <div className="grid min-w-0 content-start gap-6">
            <BarChart
              groups={groups}
              choice={choice}
              about={conditions[choice.condition]?.about ?? null}
              bare={bare?.cpu ?? null}
              edge={edge && { figure: edge.took, target: edgeTarget }}
            />
            <Traffic rows={trafficOf(recording, manifests)} />
          </div>
          <div className="grid min-w-0 content-start gap-6">
            <RefusalCosts costs={refusalCosts(recording, manifests)} />
            <Peers peers={besidePeers(recording, manifests)} timesCheaper={timesCheaper} />
            <Sentences sentences={judgeSentences(recording)} />
            <BenchFoot recording={recording} />
          </div>
        </div>
      </div>
    </>
  );
}
