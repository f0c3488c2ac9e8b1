import { redirect } from "next/navigation";
import { DashboardScreen } from "./_parts/dashboard-screen.tsx";
import { linkedChoice, linkedFormerRace, type PageProps } from "./linked-choice.ts";

export default async function DashboardPage({ searchParams }: PageProps) {
  const race = await linkedFormerRace(searchParams);
  if (race !== null) redirect(race);
  return <DashboardScreen linked={await linkedChoice(searchParams)} />;
}
