import type { Metadata } from "next";
import { guessingCases, toldOf } from "@/lib/features/attacks/guessing/cases.ts";
import { GuessingScreen } from "./_parts/guessing-screen.tsx";

export const metadata: Metadata = {
  title: "Guessing",
  description:
    "Guess at alice's password from one address and from many, and see which limit stops it, and that alice still gets in.",
};

export default function GuessingPage() {
  return <GuessingScreen cases={guessingCases.map(toldOf)} />;
}
