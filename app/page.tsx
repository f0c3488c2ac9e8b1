import { oneOfEachKind, racePlugs } from "@/lib/features/race/plugs.ts";
import { application } from "@/lib/server/application.ts";
import { DashboardScreen } from "./_parts/dashboard-screen.tsx";
import { RaceScreen } from "./race/_parts/race-screen.tsx";
import { linkedChoice, linkedRace, type PageProps } from "./linked-choice.ts";

export default async function DashboardPage({ searchParams }: PageProps) {
  const { flows } = await application();
  const manifests = flows.map(({ manifest }) => manifest);
  const plugs = racePlugs.map((plug) => {
    const { id, title, question, group } = plug;
    return { id, title, question, group, kinds: oneOfEachKind(plug, manifests) };
  });
  const race = <RaceScreen plugs={plugs} linked={await linkedRace(searchParams)} />;
  return <DashboardScreen linked={await linkedChoice(searchParams)} race={race} />;
}
