import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { measuresOf, residueDefences } from "@/lib/features/attacks/residue/model.ts";
import { whoIsSeen } from "@/lib/features/attacks/residue/who-is-seen.ts";
import { application } from "@/lib/server/application.ts";
import { RouterPage } from "../_parts/router-page.tsx";

export const metadata: Metadata = { title: "Residue, a page of the play" };

type Props = {
  readonly params: Promise<{ readonly page: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

/**
 * Two pages that the window of a play goes between. One is rendered with alice's balance in it, as no other page of this
 * application is: what the router keeps of it is what the play looks for.
 */
export default async function RouterPages({ params, searchParams }: Props) {
  const [{ page }, { app, env, dispatch, labContexts }, query] = await Promise.all([
    params,
    application(),
    searchParams,
  ]);
  const of = (name: string) => {
    const value = query[name];
    return typeof value === "string" && /^[\w-]{1,100}$/.test(value) ? value : "";
  };
  const defence = residueDefences.find((each) => each === of("defence"));
  const isKnown = (page === "account" || page === "left") && of("run") !== "" && of("walk") !== "" && of("flow") !== "";
  if (!app.labMode || !isKnown || !defence) notFound();
  const asked = { url: env.origin, headers: await headers() };
  const isAccount = page === "account";
  const measures = isAccount ? measuresOf[defence] : measuresOf.none;
  return (
    <RouterPage
      key={`${page} ${of("walk")}`}
      page={`router-${page}`}
      run={of("run")}
      walk={of("walk")}
      text={isAccount ? await whoIsSeen(dispatch, asked, of("flow")) : ""}
      rendering={labContexts.mintLabCookie()}
      address={`/residue/data?${new URLSearchParams({ flow: of("flow"), defence: "no-store" })}`}
      measures={{ asksAgain: measures.asksAgain, isTold: measures.isTold }}
    />
  );
}
