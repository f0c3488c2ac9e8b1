import type { Metadata } from "next";
import { VanishedScreen } from "../_screens/vanished-screen.tsx";

export const metadata: Metadata = {
  title: "Why did my login vanish?",
  description: "Each way in which a login goes missing, brought about for real, and named from the real exchange.",
};

export default function VanishedPage() {
  return <VanishedScreen />;
}
