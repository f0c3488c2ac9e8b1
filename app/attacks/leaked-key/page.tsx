import type { Metadata } from "next";
import {
  forgedAs,
  isUnder,
  keysThatLeak,
  keyUnder,
  whyNothing,
} from "@/lib/features/attacks/leaked-key/leaked-keys.ts";
import { application } from "@/lib/server/application.ts";
import type { PageProps } from "../../linked-choice.ts";
import { LeakedKeyScreen } from "./_parts/leaked-key-screen.tsx";

export const metadata: Metadata = {
  title: "Leaked key",
  description:
    "Forge a perfect credential with a lab's own key, and see which variants believe it and which records refuse it.",
};

export default async function LeakedKeyPage({ searchParams }: PageProps) {
  const { flows } = await application();
  const all = flows.flatMap(({ manifest }) => manifest.variants.map((variant) => ({ manifest, variant })));
  const keys = keysThatLeak(all.map(({ variant }) => variant));
  const variants = all.map(({ manifest, variant }) => ({
    ...{ id: variant.id, title: variant.title, flow: manifest.id, flowTitle: manifest.title },
    keys: keys.filter(({ id }) => isUnder(id, variant)).map(({ id }) => id),
    why: keyUnder(variant) === null ? whyNothing(variant) : null,
    forgedAs: forgedAs(variant),
    revocation: variant.settings.revocation,
  }));
  const { key } = await searchParams;
  return <LeakedKeyScreen keys={keys} variants={variants} linked={typeof key === "string" ? key : null} />;
}
