import type { Metadata } from "next";
import { oneOfEachKind, racePlugs } from "@/lib/features/race/plugs.ts";
import { application } from "@/lib/server/application.ts";
import { linkedRace, type PageProps } from "../linked-choice.ts";
import { RaceScreen } from "./_parts/race-screen.tsx";

export const metadata: Metadata = {
  title: "Race",
  description:
    "Log in with several variants at once, pull one plug, and watch for how many seconds a copy of each credential still gets in.",
};

export default async function RacePage({ searchParams }: PageProps) {
  const { flows } = await application();
  const manifests = flows.map(({ manifest }) => manifest);
  const plugs = racePlugs.map((plug) => {
    const { id, title, question, group } = plug;
    return { id, title, question, group, kinds: oneOfEachKind(plug, manifests) };
  });
  return <RaceScreen plugs={plugs} linked={await linkedRace(searchParams)} />;
}
