import type { Metadata } from "next";
import { holdingName } from "@/lib/core/credential.ts";
import { refusalOfStranger } from "@/lib/features/attacks/theft/claimed.ts";
import { home, senders } from "@/lib/features/attacks/theft/senders.ts";
import { application } from "@/lib/server/application.ts";
import { linkedChoice, type PageProps } from "../../linked-choice.ts";
import { TheftScreen } from "./_parts/theft-screen.tsx";

export const metadata: Metadata = {
  title: "Theft",
  description:
    "Use a stolen credential from another device, with binding off, warn and enforce, and see whom that stops and whom it does not.",
};

export default async function TheftPage({ searchParams }: PageProps) {
  const { flows } = await application();
  const variants = flows.flatMap(({ manifest }) =>
    manifest.variants.map((variant) => ({
      ...{ id: variant.id, title: variant.title, flow: manifest.id, flowTitle: manifest.title },
      credentials: variant.holds.map((holding) => ({
        kind: holding.credential,
        name: holdingName(holding),
        isBound: refusalOfStranger(variant, holding.credential) !== null,
      })),
    })),
  );
  const { variants: linked } = await linkedChoice(searchParams);
  return <TheftScreen variants={variants} senders={senders} home={home} linked={linked[0] ?? null} />;
}
