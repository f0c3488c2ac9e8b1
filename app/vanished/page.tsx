import type { Metadata } from "next";
import { application } from "@/lib/server/application.ts";
import { networkAddress } from "@/lib/server/process/network-address.ts";
import { matrixVariants } from "@/lib/server/view/lab-view.ts";
import type { PageProps } from "../linked-choice.ts";
import { lateClaimsOf } from "./_parts/late-claims.tsx";
import { plainHttpPlace } from "./_parts/plain-http-place.ts";
import { returns } from "./_parts/returning.ts";
import { VanishedScreen } from "./_parts/vanished-screen.tsx";

export const metadata: Metadata = {
  title: "Why did my login vanish?",
  description: "Make a login disappear in each of the known ways, and see the cause found from the real exchange.",
};

export default async function VanishedPage({ searchParams }: PageProps) {
  const { quiz } = await searchParams;
  const played = matrixVariants.filter(({ id }) => returns.some(({ variant }) => variant === id));
  const plainHttp = plainHttpPlace((await application()).env, networkAddress());
  return <VanishedScreen plainHttp={plainHttp} isQuiz={quiz === "on"} late={played.map(lateClaimsOf)} />;
}
