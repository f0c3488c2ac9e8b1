import type { Metadata } from "next";
import { readEnvironment } from "@/lib/server/env.ts";
import { networkAddress } from "@/lib/server/network-address.ts";
import { VanishedScreen } from "../_screens/vanished-screen.tsx";

export const metadata: Metadata = {
  title: "Why did my login vanish?",
  description: "Each way in which a login goes missing, brought about for real, and named from the real exchange.",
};

export default function VanishedPage() {
  const address = networkAddress();
  const { PORT } = readEnvironment();
  return <VanishedScreen plainHttp={address && `http://${address}:${PORT}/vanished`} />;
}
