import type { Metadata } from "next";
import { application } from "@/lib/server/application.ts";
import { networkAddress } from "@/lib/server/process/network-address.ts";
import { matrixVariants } from "@/lib/server/view/lab-view.ts";
import type { PageProps } from "../linked-choice.ts";
import { lateClaimsOf } from "./_parts/late-claims.tsx";
import { returns } from "./_parts/returning.ts";
import { VanishedScreen } from "./_parts/vanished-screen.tsx";
import type { PlainHttpPlace } from "./_parts/vanishing-cards.tsx";

export const metadata: Metadata = {
  title: "Why did my login vanish?",
  description: "Make a login disappear in each of the known ways, and see the cause found from the real exchange.",
};

export default async function VanishedPage({ searchParams }: PageProps) {
  const { quiz } = await searchParams;
  const played = matrixVariants.filter(({ id }) => returns.some(({ variant }) => variant === id));
  return <VanishedScreen plainHttp={await plainHttp()} isQuiz={quiz === "on"} late={played.map(lateClaimsOf)} />;
}

/** This page at an address that browsers do not trust without https, or why there is none. */
async function plainHttp(): Promise<PlainHttpPlace> {
  const { PORT, origin, labMode } = (await application()).env;
  // An address inside is no place to send a visitor from the network outside.
  if (!labMode) return { why: "This application tells no address of its machine outside lab mode." };
  if (origin.startsWith("https:")) return { why: "This application is served over https, where it does not happen." };
  const address = networkAddress();
  return address === null
    ? { why: "This machine has no network address to play it at." }
    : { href: `http://${address}:${PORT}/vanished` };
}
