import type { Metadata } from "next";
import { headers } from "next/headers";
import { experiments } from "@/lib/lab/experiments.ts";
import { matrixVariants, readMatrixView } from "@/lib/server/view/lab-view.ts";
import type { PageProps } from "../linked-choice.ts";
import { MatrixScreen } from "./_parts/matrix-screen.tsx";

export const metadata: Metadata = {
  title: "Who still gets in?",
  description:
    "Play every event that should end a login against every variant, and see how long a copied credential still gets in.",
};

export default async function WhoStillGetsInPage({ searchParams }: PageProps) {
  const { thief, flow, variant, experiment } = await searchParams;
  const text = (value: unknown) => (typeof value === "string" ? value : null);
  const known = matrixVariants.some((each) => each.flow === flow);
  const linked = {
    thief: thief === "active" ? ("active" as const) : ("silent" as const),
    flow: known ? text(flow) : null,
    variant: text(variant),
    experiment: text(experiment),
  };
  const first = await readMatrixView(await headers());
  return <MatrixScreen first={first} variants={matrixVariants} experiments={experiments} linked={linked} />;
}
