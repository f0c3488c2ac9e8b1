import type { Metadata } from "next";
import { headers } from "next/headers";
import { experiments } from "@/lib/lab/experiments.ts";
import { matrixVariants, readMatrixView } from "@/lib/server/view/lab-view.ts";
import type { PageProps } from "../linked-choice.ts";
import { readLink } from "./_parts/matrix-link.ts";
import { MatrixScreen } from "./_parts/matrix-screen.tsx";

export const metadata: Metadata = {
  title: "Who still gets in?",
  description:
    "Play every event that should end a login against every variant, and see how long a copied credential still gets in.",
};

export default async function WhoStillGetsInPage({ searchParams }: PageProps) {
  const all = { variants: matrixVariants, experiments };
  const linked = readLink(await searchParams, all);
  const first = await readMatrixView(await headers());
  return <MatrixScreen first={first} {...all} linked={linked} />;
}
