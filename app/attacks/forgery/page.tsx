import type { Metadata } from "next";
import { declaredForm } from "@/lib/features/attacks/forgery/form-of.ts";
import type { CredentialForm, ForgeryGroup } from "@/lib/features/attacks/forgery/model.ts";
import { groupsOf } from "@/lib/features/attacks/forgery/table.ts";
import { application } from "@/lib/server/application.ts";
import { linkedChoice, type PageProps } from "../../linked-choice.ts";
import { ForgeryScreen } from "./_parts/forgery-screen.tsx";

export const metadata: Metadata = {
  title: "Forgery",
  description:
    "Forge a variant's credential, and see each forgery against a verifier with a known mistake and against the variant.",
};

export default async function ForgeryPage({ searchParams }: PageProps) {
  const { flows } = await application();
  const variants = flows.flatMap(({ manifest }) =>
    manifest.variants.map((variant) => ({
      ...{ id: variant.id, title: variant.title, safety: variant.safety, form: declaredForm(variant) },
      ...{ flow: manifest.id, flowTitle: manifest.title },
    })),
  );
  const forms = [...new Set(variants.map(({ form }) => form))];
  const groups: Partial<Readonly<Record<CredentialForm, readonly ForgeryGroup[]>>> = Object.fromEntries(
    forms.map((form) => [form, groupsOf(form)]),
  );
  const { variants: linked } = await linkedChoice(searchParams);
  return <ForgeryScreen variants={variants} groups={groups} linked={linked[0] ?? null} />;
}
