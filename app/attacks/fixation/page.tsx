import type { Metadata } from "next";
import { sessionIdOf } from "@/lib/features/attacks/fixation/scene.ts";
import { application } from "@/lib/server/application.ts";
import { linkedChoice, type PageProps } from "../../linked-choice.ts";
import { FixationScreen } from "./_parts/fixation-screen.tsx";

export const metadata: Metadata = {
  title: "Fixation",
  description:
    "Plant a session id in alice's browser before her login, and see in two windows what each holds, with a login that gives a new id and with one that keeps what came in.",
};

export default async function FixationPage({ searchParams }: PageProps) {
  const { flows } = await application();
  const all = flows.flatMap(({ manifest }) =>
    manifest.variants.map((variant) => ({
      ...{ id: variant.id, title: variant.title, flow: manifest.id, flowTitle: manifest.title },
      cookie: sessionIdOf(variant)?.cookie ?? null,
    })),
  );
  const { variants: linked } = await linkedChoice(searchParams);
  return <FixationScreen variants={all} linked={linked[0] ?? null} />;
}
