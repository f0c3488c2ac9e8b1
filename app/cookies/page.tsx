import type { Metadata } from "next";
import { CookieScreen } from "./_parts/cookie-screen.tsx";

export const metadata: Metadata = {
  title: "Cookie laboratory",
  description: "Any Set-Cookie line, really sent, with what the rules say of it beside what this browser does.",
};

export default function CookiesPage() {
  return <CookieScreen />;
}
