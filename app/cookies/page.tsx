import type { Metadata } from "next";
import { linesInFirefox } from "@/lib/features/cookie-lab/recorded-lines.ts";
import { CookieScreen } from "./_parts/cookie-screen.tsx";

export const metadata: Metadata = {
  title: "Cookie laboratory",
  description: "Send any Set-Cookie line and compare what the rules say with what this browser does.",
};

export default function CookiesPage() {
  return <CookieScreen firefox={linesInFirefox} />;
}
