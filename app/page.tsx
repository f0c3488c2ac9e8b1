import { DashboardScreen } from "./_parts/dashboard-screen.tsx";
import { linkedChoice, type PageProps } from "./linked-choice.ts";

export default async function DashboardPage({ searchParams }: PageProps) {
  return <DashboardScreen linked={await linkedChoice(searchParams)} />;
}
